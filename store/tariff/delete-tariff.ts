import type { Database } from '../connect';

/** What was reckoned with it stays as it is. One that is not there is gone already. */
export async function deleteTariff(db: Database, id: string): Promise<void> {
  await db('tariffs').where({ id }).delete();
}
