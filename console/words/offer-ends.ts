import type { OfferEnd } from '../../domain/catalogue/offer-end';

/** Why an offer ended that nobody answered, for staff. */
export const offerEndWords: Record<OfferEnd, string> = {
  edited: 'it ended: the order was changed',
  linesCancelled: 'it ended: pieces were cancelled',
  orderCancelled: 'it ended with the order',
  sourcedAgain: 'it ended: the pieces are looked for anew',
  givenUp: 'it ended: the pieces were given up',
  supplied: 'it ended: the pieces came after all',
  packed: 'it ended: the pieces are packed',
};
