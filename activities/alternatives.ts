import { confirmationOf } from '../domain/order/confirmation';
import { aboutOrder, mailTo } from '../domain/order/mail-parts';
import { replacePieces } from '../domain/order/replace-pieces';
import type { PlacedOrder } from '../domain/order/types';
import { documentIdOf, lineIdOf } from '../domain/ids';
import { money } from '../domain/money';
import type { Offer, OfferOption } from '../store/alternative/offer';
import type { OrderFacts } from '../store/order/read-order-facts';
import type { CommittedFulfillment } from '../store/sourcing/sourcing-outcome';
import type { ActivityDependencies } from './dependencies';
import { createRulesOf } from './rules-of';
import { sourcingRequestOf, type Asked } from './sourcing-request';
import { decideStandIn, look, standInsFor, type ShortPieces } from './stand-ins';

export interface OfferRequest {
  orderId: string;
  /** Of sourcing, in which the pieces were short. */
  round: number;
  lines: ShortPieces[];
  /** What becomes of them when an offer is refused or not answered. */
  otherwise: 'backorder' | 'cancel';
  until: string;
  at: string;
}

export interface OfferAnswerRequest {
  orderId: string;
  offerId: string;
  /** Names the request. */
  key: string;
  /** What is chosen; nothing: it is refused. */
  sku?: string;
  /** What staff say who answer for the customer. */
  reason?: string;
  actor: string;
  /** Of the sourcing that an acceptance brings. */
  round: number;
  at: string;
}

export type OfferDecision =
  | {
      outcome: 'accepted';
      lineId: string;
      quantity: number;
      /** The customer pays less. */
      isCheaper: boolean;
      fulfillments: (CommittedFulfillment & { isDropship?: true })[];
    }
  /** `cancel`: pieces that are to be cancelled now; `isLast`: no other offer of its round is open; `waiting`: what still
   * waits of the round. */
  | { outcome: 'refused'; round: number; cancel: ShortPieces[]; waiting: ShortPieces[]; isLast: boolean }
  | { outcome: 'notAllowed'; because: string }
  | { outcome: 'invalid'; problems: { pointer: string; detail: string }[] };

/** Stock moves between looking and taking; after so many looks something else is wrong. */
const looks = 25;

const over = (because: string): OfferDecision => ({ outcome: 'notAllowed', because });

export function createAlternativeActivities({ store, links }: ActivityDependencies) {
  const rulesOf = createRulesOf(store);

  async function ask(orderId: string, at: string): Promise<Omit<Asked, 'lines'>> {
    const facts = await store.readOrderFacts(orderId);
    if (!facts) throw new Error(`Order ${orderId} is not recorded`);
    const { ruleVersion } = facts;
    const strategy = facts.settings.strategy ?? 'fewestSplitsThenNearest';
    return { facts, ruleVersion, strategy, rules: await rulesOf(ruleVersion, strategy), at };
  }

  /** One look and one try; null when the stock or the queue is not as it was seen. */
  async function acceptOnce(request: OfferAnswerRequest & { sku: string }): Promise<OfferDecision | null> {
    const known = await store.findOfferAnswer(request);
    if (known) return known;
    const offer = await store.findOffer(request.offerId);
    if (offer?.orderId !== request.orderId) return over('The order has no such offer');
    if (offer.status !== 'open') return over(whyOver[offer.status]);
    const option = offer.options.find(({ sku }) => sku === request.sku);
    if (!option)
      return {
        outcome: 'invalid',
        problems: [{ pointer: '/sku', detail: `"${request.sku}" is not among what is offered` }],
      };
    const asked = await ask(request.orderId, request.at);
    const { order } = asked.facts;
    const newLineId = lineIdOf(order.id, offer.orderLines + 1);
    const demand = { lineId: newLineId, sku: option.sku, quantity: offer.quantity };
    const seen = await look(store, asked, [option.sku]);
    const line = order.lines.find(({ id }) => id === offer.lineId)!;
    const destination = line.destination ?? null;
    const decision = decideStandIn(asked, seen, line, demand);
    if (!decision) return gone(asked, offer, option);
    const changed = replacePieces(order, {
      ...{ lineId: offer.lineId, quantity: offer.quantity, newLineId },
      by: {
        sku: option.sku,
        title: option.title,
        unitPrice: option.unitPrice,
        taxRateBps: option.taxRateBps,
      },
    });
    if (!changed)
      return over('The pieces that still wait cannot be replaced to the cent: keep waiting, or cancel them');
    const sourcing = sourcingRequestOf({ ...asked, lines: [demand], destination }, seen);
    const accepted = await store.acceptOffer({
      offer,
      option,
      newLineId,
      changed,
      key: request.key,
      actor: request.actor,
      reason: request.reason ?? null,
      commit: {
        orderId: order.id,
        round: request.round,
        excluded: seen.excluded,
        actWithinMs: seen.actWithinMs,
        keepBack: seen.keepBack,
        decision,
        parts: [
          {
            ...{ destination, mode: sourcing.mode, pickupLocationId: sourcing.pickupLocationId },
            ...{ decision, terms: null },
          },
        ],
        at: request.at,
      },
      isCheaper: changed.order.total.amount < order.total.amount,
      tell: confirmed(asked.facts, changed.order, offer, option),
      at: request.at,
    });
    if (accepted.outcome === 'stale') return null;
    if (accepted.outcome === 'over') return over(whyOver.withdrawn);
    const suppliers = new Set(
      seen.candidates.filter(({ type }) => type === 'supplier').map(({ locationId }) => locationId),
    );
    const fulfillments = accepted.fulfillments.map((each) =>
      suppliers.has(each.locationId) ? { ...each, isDropship: true as const } : each,
    );
    return { outcome: 'accepted', fulfillments, ...whatItWas(offer, order, changed.order) };
  }

  /** Somebody else was first: what there is now is offered instead. */
  async function gone(
    asked: Omit<Asked, 'lines'>,
    offer: Offer,
    option: OfferOption,
  ): Promise<OfferDecision> {
    const [fresh] = await standInsFor(store, asked, [{ lineId: offer.lineId, quantity: offer.quantity }]);
    // What was told already is sold as it was told.
    const options = fresh!.options.map((each) => {
      const { isGone: _, ...told } = offer.options.find(({ sku }) => sku === each.sku) ?? each;
      return told;
    });
    const lost = offer.options.filter(({ sku }) => !options.some((each) => each.sku === sku));
    await store.renewOffer({
      ...{ offer, gone: option.sku, at: asked.at },
      options: [...options, ...lost.map((each) => ({ ...each, isGone: true as const }))],
    });
    const others =
      options.length > 0 ? 'choose something else, or wait' : 'nothing else can be had now either';
    return over(`"${option.title}" is gone meanwhile: ${others}`);
  }

  function confirmed(facts: OrderFacts, order: PlacedOrder, offer: Offer, option: OfferOption) {
    const documentId = documentIdOf(order.id, `confirmation_${offer.id}`);
    const line = { sku: option.sku, title: option.title, quantity: offer.quantity };
    const mail = mailTo(order, 'alternativeAccepted', {
      ...aboutOrder(order, links.orderPage(order.id)),
      lines: [line],
      instead: offer.title,
      total: order.total,
      saving: money(-option.difference.amount, order.currency),
      promise: option.promise,
      confirmationUrl: links.document(documentId),
    });
    return {
      mails: [{ key: `alternativeAccepted:${offer.id}`, mail }],
      documents: [
        {
          id: documentId,
          title: `Order confirmation ${order.number}, changed`,
          content: confirmationOf(order, facts.channelName, facts.stores),
        },
      ],
    };
  }

  return {
    /** Offers the customer what can be had instead, where anything can; for which lines. */
    async offerAlternatives(request: OfferRequest): Promise<{ offered: string[] }> {
      const asked = await ask(request.orderId, request.at);
      const { order } = asked.facts;
      const found = await standInsFor(store, asked, request.lines);
      const offers = found
        .filter(({ options }) => options.length > 0)
        .map(({ line, quantity, options }) => ({
          id: offerIdOf(order.id, request.round, order.lines.indexOf(line) + 1),
          ...{ lineId: line.id, sku: line.sku, title: line.title, quantity, options },
        }));
      return {
        offered: await store.makeOffers({ ...request, offers, mail: offeredMail(order, request, offers) }),
      };
    },

    /**
     * The customer's answer. Accepted: the pieces are replaced in the order and the stock of what stands in is taken,
     * all or nothing. Refused: what was said would follow, follows.
     */
    async answerOffer(request: OfferAnswerRequest): Promise<OfferDecision> {
      const { sku } = request;
      if (sku === undefined) return refusal(await store.refuseOffer(request));
      for (let nth = 1; nth <= looks; nth += 1) {
        const answer = await acceptOnce({ ...request, sku });
        if (answer) return answer;
      }
      throw new Error(`Stock kept moving while an offer of ${request.orderId} was accepted`);
    },

    expireOffers: store.expireOffers,
  };

  function offeredMail(
    order: PlacedOrder,
    { until, otherwise }: OfferRequest,
    offers: readonly { title: string; quantity: number; options: OfferOption[] }[],
  ) {
    return mailTo(order, 'alternativeOffered', {
      ...aboutOrder(order, links.orderPage(order.id)),
      answerBefore: until,
      isCancelled: otherwise === 'cancel',
      offers: offers.map(({ title, quantity, options }) => ({
        ...{ title, quantity },
        options: options.map((option) => ({
          ...{ title: option.title, unitPrice: option.unitPrice, promise: option.promise },
          saving: money(-option.difference.amount, order.currency),
        })),
      })),
    });
  }
}

const whyOver = {
  accepted: 'The offer was accepted already',
  refused: 'The offer was refused already',
  expired: 'The time to answer the offer is over',
  withdrawn: 'Nothing waits for an alternative any more: it came after all, or was cancelled',
} satisfies Record<Exclude<Offer['status'], 'open'>, string>;

const whatItWas = ({ lineId, quantity }: Offer, before: PlacedOrder, after: PlacedOrder) => ({
  ...{ lineId, quantity, isCheaper: after.total.amount < before.total.amount },
});

type Refusal = Awaited<ReturnType<ActivityDependencies['store']['refuseOffer']>>;

const refusal = (result: Refusal): OfferDecision =>
  result.outcome === 'refused'
    ? result
    : over(result.status === 'unknown' ? 'The order has no such offer' : whyOver[result.status]);

const offerIdOf = (orderId: string, round: number, position: number): string =>
  `off_${orderId.replace(/^ord_/, '')}_${round}_${position}`;
