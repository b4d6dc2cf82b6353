/** Why an offer ended that nobody answered: what it was about is not there any more as it was. */
export const offerEnds = [
  'edited',
  'linesCancelled',
  'orderCancelled',
  'sourcedAgain',
  'givenUp',
  'supplied',
  'packed',
] as const;
export type OfferEnd = (typeof offerEnds)[number];

/** For who answers such an offer. */
export const whyOfferEnded: Record<OfferEnd, string> = {
  edited: 'The order was changed, and the offer ended with that: ask what there is now',
  linesCancelled: 'The pieces, or some of them, were cancelled, and the offer ended with that',
  orderCancelled: 'The order is cancelled',
  sourcedAgain: 'The pieces are looked for anew, and the offer ended with that: ask what there is now',
  givenUp: 'The pieces were given up: nothing waits for an alternative any more',
  supplied: 'Nothing waits for an alternative any more: it came after all',
  packed: 'The pieces are packed by now, and come as they were ordered',
};
