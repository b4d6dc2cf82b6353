import type { Database } from '../connect';

/** Takes a key out of use. Programs that remember keys for a few seconds notice a little later. */
export async function revokeKey(db: Database, id: string): Promise<{ outcome: 'revoked' | 'unknown' }> {
  const changed = await db('api_keys')
    .where({ id })
    .update({ revoked_at: db.raw('coalesce(revoked_at, now())') });
  return { outcome: changed > 0 ? 'revoked' : 'unknown' };
}
