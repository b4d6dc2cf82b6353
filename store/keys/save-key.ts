import type { ApiKey } from '../../domain/access';
import type { Database } from '../connect';

/** Stores a key by its hash. The same id again gets the new hash: the old key no longer opens anything. */
export async function saveKey(db: Database, key: ApiKey): Promise<void> {
  await db('api_keys')
    .insert({
      id: key.id,
      role: key.role,
      name: key.name,
      key_hash: key.keyHash,
      bound_to: key.boundTo,
      revoked_at: null,
    })
    .onConflict('id')
    .merge();
}
