import type { Knex } from 'knex';
import { gtin14Of } from '../../domain/shipping/gs1';
import { anyPart } from '../any-part';
import type { Database } from '../connect';
import { instant } from '../instant';
import { pageOf, type Page } from '../page';
import { levelOf, type StockLevel, type StockRow } from '../stock/stock-level';

export interface SearchStockInput {
  /** Any part of SKU, title or location; all words count. */
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
  const rows = await matching(db, input, await readWords(db, input.q));
  return pageOf(rows.map(foundOf), input.limit, ({ sku, locationId }) => ({ sku, locationId }));
}

/**
 * Places of which all words are said. Where each word may mean a location, those of the locations meant are found by
 * themselves: whoever looks for products by their index would miss them.
 */
function matching(db: Database, input: SearchStockInput, words: readonly Word[]): Promise<FoundRow[]> {
  const query = stockOf(db, input);
  for (const word of words)
    void query.where((either) => {
      void isNamed(either, word);
      if (word.places.length > 0) void either.orWhereRaw('s.location_id = ANY (?)', [word.places]);
    });
  if (words.length === 0 || words.some(({ places }) => places.length === 0)) return query;
  const meant = words[0]!.places.filter((id) => words.every(({ places }) => places.includes(id)));
  const there = stockOf(db, input).whereRaw('s.location_id = ANY (?)', [meant]);
  const elsewhere = query
    .whereRaw('s.location_id <> ALL (?)', [meant])
    .where((some) => words.forEach((word) => void isNamed(some, word)));
  return ordered(db.select<FoundRow[]>('*').from(db.unionAll([there, elsewhere], true).as('s')), input);
}

/** A whole GTIN is found however many zeros stand before it. */
function isNamed(query: Knex.QueryBuilder, { pattern, gtin }: Word): void {
  void query.orWhereRaw('p.sku ILIKE :pattern OR p.title ILIKE :pattern OR p.gtin LIKE :pattern', {
    pattern,
  });
  if (gtin !== null) void query.orWhereRaw(`lpad(p.gtin, 14, '0') = ?`, [gtin]);
}

/** The page of it that is asked for, without what words are said of. */
function stockOf(db: Database, input: SearchStockInput): Query {
  const query = db('stock as s')
    .join('products as p', 'p.sku', 's.sku')
    .join('locations as l', 'l.id', 's.location_id')
    .select<FoundRow[]>('s.*', 'p.title', 'l.name as location_name', db.raw(`${supplies} AS supplies`));
  if (input.locationId !== undefined) void query.where('s.location_id', input.locationId);
  if (input.atMost !== undefined) void query.whereRaw(`${available} <= ?`, [input.atMost]);
  if (input.isKeptBack) void query.where('s.safety_stock', '>', 0);
  if (input.after)
    void query.whereRaw('(s.sku, s.location_id) > (?, ?)', [input.after.sku, input.after.locationId]);
  return ordered(query, input);
}

const ordered = (query: Query, { limit }: SearchStockInput): Query =>
  query.orderBy(['s.sku', 's.location_id']).limit(limit + 1);

/** What is looked for, as a pattern and as a GTIN if it is one, and the locations that it may mean. */
interface Word {
  pattern: string;
  gtin: string | null;
  places: string[];
}

/** Locations are few and found first, so that a word that means none of them is looked for among products alone. */
async function readWords(db: Database, q: string | undefined): Promise<Word[]> {
  const words = wordsOf(q).map((word) => ({ pattern: anyPart(word), gtin: gtin14Of(word) }));
  if (words.length === 0) return [];
  const { rows } = await db.raw<{ rows: { at: number; places: string[] }[] }>(
    `SELECT w.at::int, array_remove(array_agg(l.id), NULL) AS places
     FROM unnest(?::text[]) WITH ORDINALITY AS w (pattern, at)
     LEFT JOIN locations AS l ON l.name ILIKE w.pattern OR l.id ILIKE w.pattern
     GROUP BY w.at`,
    [words.map(({ pattern }) => pattern)],
  );
  return rows.map(({ at, places }) => ({ ...words[at - 1]!, places }));
}

const supplies = `
  (SELECT coalesce(json_agg(json_build_object('quantity', i.quantity - i.received, 'expectedAt', i.expected_at)
                            ORDER BY i.expected_at), '[]')
   FROM incoming_supply AS i
   WHERE i.sku = s.sku AND i.location_id = s.location_id AND i.received < i.quantity)`;

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Query = Knex.QueryBuilder<any, FoundRow[]>;

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
