/** `notNeeded`: nothing waits any more, for stock came, or the pieces were cancelled or given up. */
export const purchaseRequestStates = ['open', 'ordered', 'refused', 'notNeeded'] as const;
export type PurchaseRequestState = (typeof purchaseRequestStates)[number];

const actions = ['order', 'refuse'] as const;
export type PurchaseRequestAction = (typeof actions)[number];

/** Which answers a request still takes. Serves API, console and tests. */
export const allowedPurchaseRequestActions = (status: PurchaseRequestState): PurchaseRequestAction[] =>
  status === 'open' ? [...actions] : [];

/** Who looks after a request of which the rules name nobody, and how long they have to answer. */
export const usualOwner = 'purchasing';
export const usualAnswerMs = 2 * 86_400_000;
