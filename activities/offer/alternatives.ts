import { offerIdOf, workOfferIdOf } from '../../domain/ids';
import { aboutOrder, mailTo } from '../../domain/order/mail-parts';
import type { PlacedOrder } from '../../domain/order/types';
import { money } from '../../domain/money';
import type { OfferOption } from '../../store/alternative/offer';
import { createOfferAcceptance } from './accept-offer';
import { createAskForOrder } from '../sourcing/ask-for-order';
import type { ActivityDependencies } from '../dependencies';
import { over, whyOver, type OfferAnswerRequest, type OfferDecision } from './offer-decision';
import { standInsFor, type ShortPieces } from './stand-ins';

export interface OfferRequest {
  orderId: string;
  /** Of sourcing, in which the pieces were short. */
  round: number;
  lines: ShortPieces[];
  /** Who waits has asked: for all pieces of the round, or of these lines, that still do. */
  askedBy?: { key: string; actor: string; lineIds?: string[] };
  /** What becomes of them when an offer is refused or not answered. */
  otherwise: 'backorder' | 'cancel';
  until: string;
  at: string;
}

export interface LateOfferRequest {
  orderId: string;
  askedBy: { key: string; actor: string };
  /** Where no deadline runs for the work that holds the pieces. */
  until: string;
  at: string;
}

/** Stock moves between looking and taking; after so many looks something else is wrong. */
const looks = 25;

export function createAlternativeActivities({ store, links, payments }: ActivityDependencies) {
  const ask = createAskForOrder(store);
  const acceptOnce = createOfferAcceptance({ store, links, payments }, ask);

  const waitingOf = ({ orderId, round, askedBy }: OfferRequest): Promise<ShortPieces[]> =>
    store.readWaiting(orderId, { rounds: [round], lineIds: askedBy?.lineIds });

  return {
    /** Offers the customer what can be had instead, where anything can; for which lines. */
    async offerAlternatives(request: OfferRequest): Promise<{ offered: string[] }> {
      const asked = await ask(request.orderId, request.at);
      const { order } = asked.facts;
      const { askedBy, ...about } = request;
      const lines = askedBy ? await waitingOf(request) : request.lines;
      const found = await standInsFor(store, asked, lines);
      const offers = found
        .filter(({ options }) => options.length > 0)
        .map(({ line, quantity, options }) => ({
          id: offerIdOf(order.id, request.round, order.lines.indexOf(line) + 1, askedBy?.key),
          ...{ lineId: line.id, sku: line.sku, title: line.title, quantity, options },
        }));
      return {
        offered: await store.makeOffers({
          ...about,
          ...(askedBy ? { askedBy } : { mail: offeredMail(order, request, offers, links) }),
          offers,
        }),
      };
    },

    /** Offers what comes sooner than pieces at work that are late, and can still be let go; for which lines. */
    async offerForLate({ askedBy, ...about }: LateOfferRequest): Promise<{ offered: string[] }> {
      const { orderId, until, at } = about;
      const asked = await ask(orderId, at);
      const { order } = asked.facts;
      const late = await store.readLatePieces(orderId);
      if (late.length === 0) return { offered: [] };
      const found = await standInsFor(store, asked, late);
      const offers = found.flatMap(({ line, quantity, options }, index) => {
        const { fulfillmentId, actBefore } = late[index]!;
        const position = order.lines.indexOf(line) + 1;
        const isTimely = actBefore !== null && actBefore > at;
        if (options.length === 0) return [];
        return [
          {
            id: workOfferIdOf(orderId, fulfillmentId, position, askedBy.key),
            ...{ lineId: line.id, fulfillmentId, sku: line.sku, title: line.title, quantity, options },
            until: isTimely ? actBefore : until,
          },
        ];
      });
      return {
        offered: await store.makeOffers({ ...about, askedBy, round: null, otherwise: 'stay', offers }),
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
}

function offeredMail(
  order: PlacedOrder,
  { until, otherwise }: OfferRequest,
  offers: readonly { title: string; quantity: number; options: OfferOption[] }[],
  links: ActivityDependencies['links'],
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
        extra: money(option.difference.amount, order.currency),
      })),
    })),
  });
}

type Refusal = Awaited<ReturnType<ActivityDependencies['store']['refuseOffer']>>;

const refusal = (result: Refusal): OfferDecision =>
  result.outcome === 'refused'
    ? result
    : over(
        result.status === 'unknown'
          ? 'The order has no such offer'
          : whyOver({ ...result, status: result.status }),
      );
