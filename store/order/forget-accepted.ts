import type { Database } from '../connect';

/** Sweeps away what was only of use until the orders were recorded. */
export async function forgetAccepted(db: Database): Promise<void> {
  await db.raw('DELETE FROM accepted_orders AS a USING orders AS o WHERE o.id = a.id');
}
