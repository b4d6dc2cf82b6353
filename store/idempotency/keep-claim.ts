import type { Database } from '../connect';

/** Says that a claimed request is still being executed. */
export async function keepClaim(db: Database, claim: { principal: string; key: string }): Promise<void> {
  const { principal, key } = claim;
  await db('idempotency_keys').where({ principal, key }).update({ alive_at: db.fn.now() });
}
