import type { Database } from '../connect';

/** Drops keys older than the given number of hours; a request is not repeated after so long. */
export async function forgetOldClaims(db: Database, input: { olderThanHours: number }): Promise<void> {
  await db('idempotency_keys')
    .where('created_at', '<', db.raw(`now() - make_interval(hours => ?)`, [input.olderThanHours]))
    .delete();
}
