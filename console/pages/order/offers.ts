import type { ConsoleDependencies } from '../../dependencies';
import type { Visit } from '../../desk';
import { nameOfActor } from '../../words/actors';
import { offerEndWords } from '../../words/offer-ends';

const thens = {
  cancel: 'the pieces are cancelled',
  backorder: 'they wait for stock',
  stay: 'they come as ordered',
};

/** What the customer was offered instead; staff answer for them with what they were told. */
export const offerOf = (
  offer: Awaited<ReturnType<ConsoleDependencies['services']['offers']['list']>>[number],
  visit: Visit,
) => ({
  ...offer,
  chosen: offer.options.find(({ sku }) => sku === offer.chosenSku)?.title ?? offer.chosenSku,
  answeredBy: offer.answeredBy && nameOfActor(offer.answeredBy),
  canAnswer: offer.status === 'open' && visit.may('acceptOffer'),
  canAccept: offer.options.length > 0,
  then: thens[offer.otherwise],
  ended: offer.endedBecause && offerEndWords[offer.endedBecause],
});
