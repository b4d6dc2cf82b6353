import type { Database } from './connect';

/** Throws when the database does not answer. */
export async function checkDatabase(db: Database): Promise<void> {
  await db.raw('SELECT 1').timeout(3_000);
}
