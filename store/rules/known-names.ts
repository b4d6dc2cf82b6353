import type { AskedNames, KnownNames } from '../../domain/rules/warnings';
import type { LocationRow } from '../catalogue/location-row';
import type { Database } from '../connect';

/** So many of the newest orders say which groups customers are in: orders alone name them. */
const ordersLookedAt = 10_000;

/** What there is now of what rules name. */
export async function readKnownNames(db: Database, asked: AskedNames): Promise<KnownNames> {
  const [locations, channelTypes, categories, tags, customerGroups] = await Promise.all([
    db<LocationRow>('locations').select('id', 'type', 'priority', 'tags', 'address'),
    db('channels').distinct().pluck<string[]>('type'),
    db('products').distinct().whereIn('category', asked.categories).pluck<string[]>('category'),
    readTags(db, asked.tags),
    readGroups(db, asked.customerGroups),
  ]);
  return {
    locations: locations.map(({ address, ...rest }) => ({ ...rest, country: address.country })),
    ...{ channelTypes, categories, tags, customerGroups },
  };
}

async function readTags(db: Database, tags: readonly string[]): Promise<string[]> {
  if (tags.length === 0) return [];
  const answer = await db.raw<{ rows: { tag: string }[] }>(
    `SELECT DISTINCT tag FROM products, unnest(tags) AS tag WHERE tags && :tags AND tag = ANY (:tags)`,
    { tags: [...tags] },
  );
  return answer.rows.map(({ tag }) => tag);
}

async function readGroups(db: Database, groups: readonly string[]): Promise<string[] | null> {
  if (groups.length === 0) return [];
  const answer = await db.raw<{ rows: { name: string | null }[] }>(
    `SELECT DISTINCT recent.content #>> '{customer,group}' AS name
     FROM (SELECT content FROM orders ORDER BY placed_at DESC, id DESC LIMIT ${ordersLookedAt}) AS recent`,
  );
  return answer.rows.length === 0 ? null : answer.rows.flatMap(({ name }) => name ?? []);
}
