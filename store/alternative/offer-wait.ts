import type { Database } from '../connect';
import type { StepPart } from '../story/record-step';

/**
 * What waits for the customer's answer, among the waits of an order; or, where its offer ended and pieces are left that
 * wait, for what was to follow without an answer. Over as soon as no such pieces are left.
 */
export const offerWait = 'offer';

/** Of a row called `o`: an offer to be answered, or pieces that one was about and that wait without it. */
const leavesSomething = `
  o.status IN ('open', 'withdrawn') AND EXISTS (
    SELECT FROM backorders AS b WHERE b.line_id = o.line_id AND b.round = o.round AND b.open > 0)`;

const nothingIsLeft = `NOT EXISTS (
  SELECT FROM alternative_offers AS o WHERE o.order_id = :offersOrder AND ${leavesSomething})`;

/** Whether nothing that was offered something else for waits any more, with its offer or without. */
export async function isNothingLeft(trx: Database, orderId: string): Promise<boolean> {
  const answer = await trx.raw<{ rows: { over: boolean }[] }>(`SELECT ${nothingIsLeft} AS over`, {
    offersOrder: orderId,
  });
  return answer.rows[0]!.over;
}

/** Part of a step after which pieces of the order wait no more. */
export const offerWaitOver = (orderId: string): StepPart => ({
  sql: `offer_wait_over AS (DELETE FROM order_waits WHERE order_id = :offersOrder AND key = '${offerWait}' AND ${nothingIsLeft})`,
  bindings: { offersOrder: orderId },
});

/** The offer has ended, and what was to follow without an answer still follows for the pieces that are left. */
export async function waitWithoutOffer(trx: Database, orderId: string, at: string): Promise<void> {
  await trx('order_waits').where({ order_id: orderId, key: offerWait }).update({
    what: 'stock for pieces that nobody has: what was offered for them has ended, something else may be asked for',
    since: at,
  });
}
