import { alternativeReasonText } from '../../domain/catalogue/alternative-words';
import type { Language } from '../../domain/language';
import type { Offer } from '../../store/alternative/offer';
import { actorOf, type Principal } from '../authenticate';
import type { ApiDependencies } from '../dependencies';
import { invalidInput, notAllowed, notFound } from '../problem';
import type { OrderReader } from './order-reader';

export interface OfferAnswerInput {
  /** What is chosen; nothing: it is refused. */
  sku?: string;
  reason?: string;
}

/** What customers are offered for pieces of their order that nobody has, or that come late. */
export function createOffers(
  { store, orders }: Pick<ApiDependencies, 'store' | 'orders'>,
  reader: OrderReader,
) {
  async function list(principal: Principal, orderId: string, language: Language = 'en') {
    await reader.readKey(principal, orderId);
    return (await store.listOffers(orderId)).map((offer) => viewOf(offer, language));
  }

  return {
    list,

    /** Asks what there is instead of what waits for stock or comes late; the order itself answers. */
    async ask(principal: Principal, orderId: string, key: string) {
      const { workflowId } = await reader.readKey(principal, orderId);
      const answer = await orders.askForOffers(workflowId, {
        ...{ key, isForLate: true, actor: actorOf(principal) },
      });
      if (answer.outcome === 'notAllowed') throw notAllowed(answer.because, answer.allowed);
      return list(principal, orderId);
    },

    /** The order itself answers; nobody but the customer answers without saying what they were told. */
    async answer(
      principal: Principal,
      orderId: string,
      offerId: string,
      input: OfferAnswerInput,
      key: string,
    ) {
      const { workflowId } = await reader.readKey(principal, orderId);
      if (principal.role === 'support' && input.reason === undefined)
        throw invalidInput([{ pointer: '/reason', detail: 'Say what the customer told you' }]);
      const offers = await store.listOffers(orderId);
      const offer = offers.find(({ id }) => id === offerId);
      if (!offer) throw notFound(`The order has no offer with the id "${offerId}"`);
      const isOfWork = offer.fulfillmentId !== null;
      const request = {
        ...{ key, offerId, actor: actorOf(principal), ...input },
        ...(isOfWork && { isOfWork: true as const }),
      };
      const answer = await orders.answerOffer(workflowId, request);
      if (answer.outcome === 'invalid') throw invalidInput(answer.problems);
      if (answer.outcome === 'notAllowed') throw notAllowed(answer.because, answer.allowed);
      return (await list(principal, orderId)).find(({ id }) => id === offerId)!;
    },
  };
}

const viewOf = (
  { orderId: _, round: __, orderLines: ___, options, ...offer }: Offer,
  language: Language,
) => ({
  ...offer,
  options: options.flatMap(({ because, isGone, ...option }) => {
    if (isGone) return [];
    return [{ ...option, because: because.map((reason) => alternativeReasonText(reason, language)) }];
  }),
});
