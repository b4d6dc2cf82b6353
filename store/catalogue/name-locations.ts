import type { Database } from '../connect';

/** By id, what locations are called. */
export async function nameLocations(db: Database, ids: readonly string[]): Promise<Record<string, string>> {
  const rows: { id: string; name: string }[] = await db('locations')
    .whereIn('id', [...ids])
    .select('id', 'name');
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}
