export const stockAlertStates = ['unconfirmed', 'waiting', 'told', 'cancelled', 'expired'] as const;
export type StockAlertState = (typeof stockAlertStates)[number];

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** So long an alert may be confirmed; then it and the address are forgotten. */
export const confirmWithinMs = 2 * dayMs;
/** So long somebody who confirmed waits at most. */
export const alertWithinMs = 180 * dayMs;
/** Who asks for the same again gets another mail at most once in so long. */
export const askAgainAfterMs = hourMs;
/** So many alerts may wait for one address: nobody's mailbox is to be filled by others. */
export const mostAlertsOfAddress = 50;

export const isAlertOver = (status: StockAlertState): boolean =>
  status !== 'unconfirmed' && status !== 'waiting';
