import type { Knex } from 'knex';
import type { Database } from './connect';

/** deadlock_detected, serialization_failure: the database undid everything and asks to try again. */
const tryAgain = new Set(['40P01', '40001']);
const attempts = 6;

/**
 * Runs short work in one transaction. Lock order, so that nobody waits in a circle: the document acted on
 * (fulfillments of the order, a purchase order, a stock transfer, a reservation), the version of the channel buffers, SKU locks
 * (sorted), backorders, stock rows (sorted), the orders' own rows last. What the database undoes for a deadlock all
 * the same is tried again; work must therefore not touch anything but the transaction.
 */
export const inTransaction = <T>(db: Database, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> =>
  repeatWhileUndone(() => db.transaction(work));

/** Does again what the database undid as a whole and asks to try again; after six tries it throws. */
export async function repeatWhileUndone<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || !tryAgain.has((error as { code?: string }).code ?? '')) throw error;
    }
  }
}
