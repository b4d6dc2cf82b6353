import { documentIdOf, editPaymentIdOf, lineIdOf } from '../../domain/ids';
import { money } from '../../domain/money';
import { confirmationOf } from '../../domain/order/confirmation';
import { aboutOrder, mailTo } from '../../domain/order/mail-parts';
import { replacePieces } from '../../domain/order/replace-pieces';
import type { PlacedOrder } from '../../domain/order/types';
import { combine } from '../../domain/sourcing/combine';
import type { MoneyOfEdit } from '../../domain/payment/edited-money';
import type { Offer, OfferOption } from '../../store/alternative/offer';
import type { LatePieces } from '../../store/promise/late-pieces';
import type { OrderFacts } from '../../store/order/read-order-facts';
import type { ActivityDependencies } from '../dependencies';
import type { AskForOrder } from '../sourcing/ask-for-order';
import { moneyOfReplacement } from '../edit/money-of-edit';
import { over, whyOver, type OfferAnswerRequest, type OfferDecision } from './offer-decision';
import { takerOf } from '../money/payment-providers';
import type { Asked } from '../sourcing/sourcing-request';
import { decideStandIn, look, standInsFor } from './stand-ins';

/** Takes an alternative for the pieces that wait, as it is chosen. */
export function createOfferAcceptance(
  { store, links, payments }: Pick<ActivityDependencies, 'store' | 'links' | 'payments'>,
  ask: AskForOrder,
) {
  /** Somebody else was first: what there is now is offered instead. */
  async function gone(
    asked: Omit<Asked, 'lines'>,
    offer: Offer,
    option: OfferOption,
  ): Promise<OfferDecision> {
    const { lineId, fulfillmentId, quantity, orderId } = offer;
    const isSame = (late: LatePieces) => late.fulfillmentId === fulfillmentId && late.lineId === lineId;
    const late = fulfillmentId === null ? undefined : (await store.readLatePieces(orderId)).find(isSame);
    const pieces = { lineId, quantity, ...(late && { latest: late.latest }) };
    const [fresh] = await standInsFor(store, asked, [pieces]);
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
      extra: money(option.difference.amount, order.currency),
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

  /** Its money with the pieces replaced: granted already, not needed, or to be asked for first. */
  async function fundsOf(
    { orderId, offerId, isPaid }: OfferAnswerRequest,
    order: PlacedOrder,
  ): Promise<({ outcome: 'planned' } & Pick<MoneyOfEdit, 'tenders' | 'amounts'>) | OfferDecision> {
    const key = `offer:${offerId}`;
    const newPaymentId = editPaymentIdOf(orderId, key);
    const facts = await store.readEditFacts(orderId);
    const planned = moneyOfReplacement(facts!, order, { newPaymentId, isPaid: isPaid === true });
    if (planned.outcome === 'refused') return over(planned.because);
    if (planned.outcome === 'invalid') return planned;
    const { authorize } = planned;
    if (authorize === null) return planned;
    if (isPaid || authorize.method === 'bankTransfer')
      return over('It cannot be paid at once: choose another');
    const { paidBy: _, ...asked } = authorize;
    const payment = { id: newPaymentId, ...asked, provider: takerOf(payments, authorize.method) };
    return (await store.preparePayment({ orderId, payment }))
      ? { outcome: 'toPay', paymentId: newPaymentId, key }
      : over('What it costs more was declined before');
  }

  async function decide(request: OfferAnswerRequest & { sku: string }): Promise<OfferDecision | null> {
    const offer = await store.findOffer(request.offerId);
    if (offer?.orderId !== request.orderId) return over('The order has no such offer');
    if (offer.status !== 'open') return over(whyOver({ ...offer, status: offer.status }));
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
    const decided = decideStandIn(asked, seen, line, demand);
    if (!decided) return gone(asked, offer, option);
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
    const funds = await fundsOf(request, changed.order);
    if (funds.outcome !== 'planned') return funds;
    const { amounts, tenders } = funds;
    const replaced = { ...changed.order, tenders };
    const accepted = await store.acceptOffer({
      ...{ offer, option, newLineId, changed: { ...changed, order: replaced }, amounts },
      version: asked.facts.version,
      key: request.key,
      actor: request.actor,
      reason: request.reason ?? null,
      commit: {
        orderId: order.id,
        round: request.round,
        excluded: seen.excluded,
        actWithinMs: seen.actWithinMs,
        keepBack: seen.keepBack,
        decision: combine(decided),
        parts: decided.map(({ request: _, ...part }) => ({ ...part, terms: null })),
        at: request.at,
      },
      isCheaper: changed.order.total.amount < order.total.amount,
      tell: confirmed(asked.facts, replaced, offer, option),
      at: request.at,
    });
    if (accepted.outcome === 'stale') return null;
    const { workLeft } = accepted;
    const suppliers = new Set(
      seen.candidates.filter(({ type }) => type === 'supplier').map(({ locationId }) => locationId),
    );
    const fulfillments = accepted.fulfillments.map((each) =>
      suppliers.has(each.locationId) ? { ...each, isDropship: true as const } : each,
    );
    return {
      ...{ outcome: 'accepted', fulfillments, ...whatItWas(offer, order, changed.order) },
      ...(workLeft && { workLeft }),
    };
  }

  /**
   * One look and one try; null when the stock or the queue is not as it was seen. What was tried before may take effect
   * between two looks of this one: so it is asked for once more before anything else is said.
   */
  return async function acceptOnce(
    request: OfferAnswerRequest & { sku: string },
  ): Promise<OfferDecision | null> {
    const known = await store.findOfferAnswer(request);
    if (known) return known;
    const decided = await decide(request);
    return decided?.outcome === 'accepted' ? decided : ((await store.findOfferAnswer(request)) ?? decided);
  };
}

const whatItWas = ({ lineId, quantity, round }: Offer, before: PlacedOrder, after: PlacedOrder) => ({
  ...(round !== null && { shortIn: round }),
  ...{ lineId, quantity, isCheaper: after.total.amount < before.total.amount },
});
