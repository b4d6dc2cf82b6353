import type { ConsoleDependencies } from '../../dependencies';

type Offers = Awaited<ReturnType<ConsoleDependencies['services']['offers']['list']>>;

/** What can still be chosen. */
export const offersOf = (offers: Offers) =>
  offers
    .filter(({ status }) => status === 'open')
    .map((offer) => ({
      ...offer,
      isOfWork: offer.fulfillmentId !== null,
      isCancelled: offer.otherwise === 'cancel',
      options: offer.options.map((option, index) => ({
        ...option,
        isFirst: index === 0,
        saving: option.difference.amount < 0 && {
          ...option.difference,
          amount: -option.difference.amount,
        },
        extra: option.difference.amount > 0 && option.difference,
      })),
    }));

/** Offers that ended unanswered, of pieces for which nothing else was offered or answered since; each with the word that says why. */
export const endedOffersOf = (offers: Offers) =>
  offers
    .filter(
      ({ status, lineId, offeredAt }) =>
        status === 'withdrawn' &&
        !offers.some((other) => other.lineId === lineId && other.offeredAt > offeredAt),
    )
    .map(({ title, quantity, endedBecause }) => ({ title, quantity, word: `offerEnded.${endedBecause}` }));
