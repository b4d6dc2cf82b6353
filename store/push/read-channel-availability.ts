import { canSupply, type LocationCapability } from '../../domain/catalogue/location';
import type { AvailabilityItem } from '../../domain/stock/availability-event';
import { availableNow } from '../../domain/stock/availability';
import type { Database } from '../connect';
import { readSellable } from '../stock/read-sellable';

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

/** Of these, what the channel was not told so before, or may not have heard. */
export async function whatIsNews(
  db: Database,
  channel: string,
  items: readonly AvailabilityItem[],
): Promise<AvailabilityItem[]> {
  if (items.length === 0) return [];
  const told: { sku: string; available: number | null }[] = await db('channel_availability')
    .where({ channel })
    .whereRaw('sku = ANY (?)', [items.map((item) => item.sku)])
    .select('sku', 'available');
  const known = new Map(told.map((row) => [row.sku, row.available]));
  return items.filter((item) => known.get(item.sku) !== item.available);
}

/** SKUs of all products in their order, some at a time. */
export async function readSkusAfter(db: Database, after: string, limit: number): Promise<string[]> {
  const rows: { sku: string }[] = await db('products')
    .where('sku', '>', after)
    .orderBy('sku')
    .limit(limit)
    .select('sku');
  return rows.map((row) => row.sku);
}
