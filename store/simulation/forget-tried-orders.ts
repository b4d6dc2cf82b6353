import type { Database } from '../connect';

/** So many simulations at once: each may have some ten thousand orders. */
const atOnce = 10;

/**
 * Deletes the orders of simulations that ended so long ago, some at a time. What was tried and its report stay: their
 * figures were summed up as the orders were tried.
 */
export async function forgetTriedOrders(
  db: Database,
  { olderThanMs }: { olderThanMs: number },
): Promise<void> {
  await db.raw(
    `WITH old AS (
       SELECT id FROM rule_simulations
       WHERE ended_at IS NOT NULL AND orders_forgotten_at IS NULL
         AND ended_at < now() - :olderThanMs * interval '1 millisecond'
       ORDER BY ended_at LIMIT :atOnce FOR UPDATE SKIP LOCKED
     ), forgotten AS (
       DELETE FROM rule_simulation_orders WHERE simulation_id IN (SELECT id FROM old)
     )
     UPDATE rule_simulations SET orders_forgotten_at = now() WHERE id IN (SELECT id FROM old)`,
    { olderThanMs, atOnce },
  );
}
