import type { ApiKey } from '../../domain/access';
import type { Database } from '../connect';

/** The key with this hash, unless it was revoked. */
export async function findKey(db: Database, keyHash: string): Promise<ApiKey | null> {
  const row = await db('api_keys')
    .select<ApiKey>({ id: 'id', role: 'role', name: 'name', keyHash: 'key_hash', boundTo: 'bound_to' })
    .where({ key_hash: keyHash })
    .whereNull('revoked_at')
    .first();
  return row ?? null;
}
