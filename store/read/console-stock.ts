import { gtin14Of } from '../../domain/shipping/gs1';
import type { Database } from '../connect';
import { instant } from '../instant';
import { pageOf, type Page } from '../page';
import { levelOf, type StockLevel, type StockRow } from '../stock/stock-level';

export interface SearchStockInput {
  /** Any part of SKU, title, GTIN or location; all words count. */
  q?: string;
  locationId?: string;
  /** Only what has so many pieces available or fewer. */
  atMost?: number;
  /** Only where some pieces are never sold. */
  isKeptBack?: boolean;
  after?: StockPosition;
  limit: number;
}
export interface StockPosition {
  sku: string;
  locationId: string;
}

export interface FoundStock extends StockLevel {
  title: string;
  locationName: string;
  /** What is on its way, earliest first. */
  supplies: { quantity: number; expectedAt: string }[];
}

const available = 's.on_hand - s.unsellable - s.reserved - s.allocated - s.safety_stock';

/** Stock by SKU and location with names and what is on its way, a page at a time. */
export async function searchStock(
  db: Database,
  input: SearchStockInput,
): Promise<Page<FoundStock, StockPosition>> {
  const query = db('stock as s')
    .join('products as p', 'p.sku', 's.sku')
    .join('locations as l', 'l.id', 's.location_id')
    .orderBy(['s.sku', 's.location_id'])
    .limit(input.limit + 1)
    .select<FoundRow[]>('s.*', 'p.title', 'l.name as location_name', db.raw(`${supplies} AS supplies`));
  for (const word of wordsOf(input.q))
    void query.whereRaw(isNamed, { part: partOf(word), gtin: gtin14Of(word) });
  if (input.locationId !== undefined) void query.where('s.location_id', input.locationId);
  if (input.atMost !== undefined) void query.whereRaw(`${available} <= ?`, [input.atMost]);
  if (input.isKeptBack) void query.where('s.safety_stock', '>', 0);
  if (input.after)
    void query.whereRaw('(s.sku, s.location_id) > (?, ?)', [input.after.sku, input.after.locationId]);
  const rows = await query;
  return pageOf(rows.map(foundOf), input.limit, ({ sku, locationId }) => ({ sku, locationId }));
}

const isNamed = `(
  s.sku ILIKE :part OR p.title ILIKE :part OR p.gtin LIKE :part OR lpad(p.gtin, 14, '0') = :gtin
  OR l.name ILIKE :part OR l.id ILIKE :part)`;

const supplies = `
  (SELECT coalesce(json_agg(json_build_object('quantity', i.quantity - i.received, 'expectedAt', i.expected_at)
                            ORDER BY i.expected_at), '[]')
   FROM incoming_supply AS i
   WHERE i.sku = s.sku AND i.location_id = s.location_id AND i.received < i.quantity)`;

interface FoundRow extends StockRow {
  title: string;
  location_name: string;
  supplies: FoundStock['supplies'];
}

const foundOf = (row: FoundRow): FoundStock => ({
  ...levelOf(row),
  title: row.title,
  locationName: row.location_name,
  supplies: row.supplies.map((supply) => ({ ...supply, expectedAt: instant(supply.expectedAt) })),
});

const wordsOf = (q: string | undefined): string[] =>
  (q ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 10);
const partOf = (word: string): string => `%${word.replace(/[\\%_]/g, '\\$&')}%`;
