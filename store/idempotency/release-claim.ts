import type { Database } from '../connect';

/** A request that was refused or failed has had no effect: its key is free again. */
export async function releaseClaim(db: Database, claim: { principal: string; key: string }): Promise<void> {
  const { principal, key } = claim;
  await db('idempotency_keys').where({ principal, key }).whereNull('status').delete();
}
