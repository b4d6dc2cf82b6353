import { canSupply, type LocationCapability } from '../../domain/catalogue/location';
import type { AvailabilityItem } from '../../domain/stock/availability-event';
import { availableNow } from '../../domain/stock/availability';
import type { Database } from '../connect';
import { hasFree } from '../stock/has-free';
import { readSellable } from '../stock/read-sellable';
import type { WalkScope } from './subscription';

/** What a channel can sell of some SKUs, over the locations that can supply it; 0 of what nobody has. */
export async function readChannelAvailability(
  db: Database,
  { channel, locations, skus }: { channel: string; locations: string[] | null; skus: string[] },
): Promise<AvailabilityItem[]> {
  const [{ levels, keepBack }, places] = await Promise.all([
    readSellable(db, skus),
    db('locations').select<{ id: string; capabilities: LocationCapability[] }[]>('id', 'capabilities'),
  ]);
  const able = new Set(
    places
      .filter((place) => canSupply(place, undefined) && (locations?.includes(place.id) ?? true))
      .map((place) => place.id),
  );
  const sums = new Map(skus.map((sku) => [sku, 0]));
  for (const level of levels)
    if (able.has(level.locationId))
      sums.set(level.sku, sums.get(level.sku)! + availableNow(level, keepBack({ ...level, channel })));
  return [...sums].map(([sku, available]) => ({ sku, available }));
}

/**
 * Figures that differ from what the channel was told. `snapshotFrom`: a snapshot goes on behind this SKU; what it is
 * still to come to, and the channel was never told of, needs no message before.
 */
export async function whatIsNews(
  db: Database,
  { channel, snapshotFrom }: { channel: string; snapshotFrom: string | null },
  items: readonly AvailabilityItem[],
): Promise<AvailabilityItem[]> {
  if (items.length === 0) return [];
  const answer = await db.raw<{ rows: { sku: string }[] }>(news, {
    ...{ channel, snapshotFrom },
    skus: items.map((item) => item.sku),
    available: items.map((item) => item.available),
  });
  const skus = new Set(answer.rows.map((row) => row.sku));
  return items.filter((item) => skus.has(item.sku));
}

const news = `
  SELECT i.sku
  FROM unnest(CAST(:skus AS text[]), CAST(:available AS int[])) AS i (sku, available)
       LEFT JOIN channel_availability AS told ON told.channel = :channel AND told.sku = i.sku
  WHERE CASE WHEN told.sku IS NULL THEN CAST(:snapshotFrom AS text) IS NULL OR i.sku <= :snapshotFrom
             ELSE told.available IS DISTINCT FROM i.available END`;

/**
 * SKUs of products in their order, some at a time: of all, or of those that the scopes name. Of a category or a
 * location that is what can be sold there before buffers: what changes without a row in the ledger changes nothing of
 * the rest.
 */
export async function readSkusAfter(
  db: Database,
  { after, scopes, limit }: { after: string; scopes: readonly WalkScope[] | null; limit: number },
): Promise<string[]> {
  const answer = await db.raw<{ rows: { sku: string }[] }>(scopes === null ? ofAll : ofScopes, {
    ...{ after, limit },
    ...(scopes !== null && { scopes: JSON.stringify(scopes) }),
  });
  return answer.rows.map((row) => row.sku);
}

const ofAll = `SELECT sku FROM products WHERE sku > :after ORDER BY sku LIMIT :limit`;

// Asked of one product after another, until there are enough: as a join all stock would be read for each piece.
const ofScopes = `
  SELECT DISTINCT p.sku
  FROM jsonb_to_recordset(:scopes) AS c (sku text, category text, "locationId" text)
  CROSS JOIN LATERAL (
    SELECT sku FROM products WHERE sku = c.sku AND sku > :after
    UNION ALL
    (SELECT o.sku FROM products AS o WHERE o.category = c.category AND o.sku > :after
       AND (SELECT true FROM stock AS s WHERE s.sku = o.sku
            AND (c."locationId" IS NULL OR s.location_id = c."locationId") AND ${hasFree} LIMIT 1)
     ORDER BY o.sku LIMIT :limit)
    UNION ALL
    (SELECT s.sku FROM stock AS s
     WHERE c.sku IS NULL AND c.category IS NULL AND s.location_id = c."locationId" AND s.sku > :after AND ${hasFree}
     ORDER BY s.sku LIMIT :limit)
    UNION ALL
    (SELECT DISTINCT s.sku FROM stock AS s
     WHERE c.sku IS NULL AND c.category IS NULL AND c."locationId" IS NULL AND s.sku > :after AND ${hasFree}
     ORDER BY s.sku LIMIT :limit)
  ) AS p
  ORDER BY p.sku LIMIT :limit`;
