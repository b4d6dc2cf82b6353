import type { ConsoleDependencies } from '../../dependencies';

type Offers = Awaited<ReturnType<ConsoleDependencies['services']['offers']['list']>>;

/** What can still be chosen. */
export const offersOf = (offers: Offers) =>
  offers
    .filter(({ status }) => status === 'open')
    .map((offer) => ({
      ...offer,
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
