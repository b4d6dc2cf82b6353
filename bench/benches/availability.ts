import type { Database } from '../../store/connect';
import { connect } from '../../store/connect';
import { readSellable } from '../../store/stock/read-sellable';
import { connectToApi } from '../load/api-connection';
import { createRandom } from '../load/random';
import { medianLatency, medianRate, medianRatio, runSideBySide, takeTurns } from '../load/measure';
import type { BenchContext, BenchResult } from '../report/result';
import type { BenchSystem } from '../system/start-system';

export interface AvailabilitySizes {
  skus: number;
  locations: number;
  rounds: number;
  reads: number;
  clients: number;
}
const clients = 16;
const quick = { skus: 3_000, locations: 20, clients, rounds: 3, reads: 1_000 };

export const benchAvailability = benchOf('availability', quick, {
  ...{ skus: 100_000, locations: 20, clients, rounds: 5, reads: 8_000 },
});
/**
 * A hundred rows a SKU, and so many of them that the index is as deep as that of a million SKUs (four levels from some
 * ten million rows on); all of it fits into memory.
 */
export const benchAvailabilityLarge = benchOf(
  'availability-large',
  { ...quick, locations: 100 },
  { skus: 200_000, locations: 100, clients, rounds: 5, reads: 4_000 },
);
/** A hundred million rows: some minutes to load, and twenty gigabytes of disk. */
export const benchAvailabilityMillion = benchOf(
  'availability-million',
  { ...quick, locations: 100 },
  { skus: 1_000_000, locations: 100, clients, rounds: 5, reads: 4_000 },
);

function benchOf(name: string, small: AvailabilitySizes, full: AvailabilitySizes) {
  return async (system: BenchSystem, { isQuick, say }: BenchContext): Promise<BenchResult> => {
    const size = isQuick ? small : full;
    const db = connect(system.databaseUrl, size.clients);
    const api = connectToApi(system.apiUrl, system.keys.channel, size.clients);
    try {
      say(`${size.skus} SKUs × ${size.locations} locations`);
      const get = (sku: string) => api.get(`/v1/availability?sku=${sku}&country=IT`);
      return { ...(await measureAvailability(db, size, get)), name };
    } finally {
      await Promise.all([api.close(), db.destroy()]);
    }
  };
}

/**
 * What a SKU has at all its locations: the store's read with the domain's sum ÷ the indexed SELECT alone, and what the
 * API makes of it, by turns.
 */
export async function measureAvailability(
  db: Database,
  size: AvailabilitySizes,
  get: (sku: string) => Promise<unknown>,
): Promise<BenchResult> {
  await fillStock(db, size);
  const anySku = skuPicker(size);
  const select = () => db.raw(bareSelect, [[anySku()]]);
  const read = () => readSellable(db, [anySku()]);
  const seen = (await read()).levels.length;
  if (seen !== size.locations) throw new Error(`A SKU shows at ${seen} of ${size.locations} locations`);
  const run = (work: () => Promise<unknown>) => () => runSideBySide(size.reads, size.clients, work);
  const contenders = { read: run(read), select: run(select), http: run(() => get(anySku())) };
  for (const warmUp of Object.values(contenders)) await warmUp();
  const turns = await takeTurns(size.rounds, contenders);
  const p95 = (of: keyof typeof turns): number => medianLatency(turns[of], 0.95);
  return {
    name: 'availability',
    title: `Availability of a SKU at ${size.locations} locations, ${size.skus} SKUs, ${size.clients} clients`,
    figures: [
      { what: 'read ÷ SELECT alone', value: medianRatio(turns.read, turns.select), goal: { atLeast: 0.5 } },
      { what: 'reads', value: medianRate(turns.read), unit: '/s' },
      { what: 'SELECT alone', value: medianRate(turns.select), unit: '/s' },
      { what: 'read ÷ SELECT alone, p95', value: p95('read') / p95('select'), goal: { atMost: 2 } },
      { what: 'read, p95', value: p95('read'), unit: 'ms' },
      { what: 'SELECT alone, p95', value: p95('select'), unit: 'ms' },
      { what: 'GET /v1/availability', value: medianRate(turns.http), unit: '/s' },
      { what: 'GET /v1/availability, p95', value: p95('http'), unit: 'ms' },
      { what: 'GET /v1/availability ÷ SELECT alone, p95', value: p95('http') / p95('select') },
    ],
    details: { ...size },
  };
}

/** The same columns over the same index, as the driver gives them. */
const bareSelect = `
  SELECT sku, location_id, on_hand, unsellable, reserved, allocated, incoming, safety_stock
  FROM stock WHERE sku = ANY (?) ORDER BY sku, location_id`;

function skuPicker({ skus }: AvailabilitySizes): () => string {
  const random = createRandom(7);
  return () => skuOf(Math.floor(random() * skus) + 1);
}

const skuOf = (index: number): string => `BULK-${String(index).padStart(7, '0')}`;

async function fillStock(db: Database, size: AvailabilitySizes): Promise<void> {
  await db.raw(
    `INSERT INTO locations (id, type, name, address, capabilities)
     SELECT 'bulk-' || lpad(n::text, 3, '0'), 'warehouse', 'Bulk location ' || n,
            '{"name":"Bulk","line1":"Via Uno 1","postalCode":"40121","city":"Bologna","country":"IT"}',
            '{ship,returns}'
     FROM generate_series(1, ?::int) AS n`,
    [size.locations],
  );
  await db.raw(
    `INSERT INTO products (sku, title) SELECT 'BULK-' || lpad(n::text, 7, '0'), 'Bulk product'
     FROM generate_series(1, ?::int) AS n`,
    [size.skus],
  );
  await fillAtOnce(db, size);
  await db.raw('VACUUM ANALYZE stock');
  await db.raw('VACUUM ANALYZE products');
}

/**
 * Location by location, as feeds of whole locations leave them: the rows of a SKU lie far apart. The key is made
 * afterwards and nothing is checked row by row, or a hundred million would take an hour.
 */
async function fillAtOnce(db: Database, { skus, locations }: AvailabilitySizes): Promise<void> {
  await db.transaction(async (trx) => {
    await trx.raw(`SET LOCAL maintenance_work_mem = '1GB'`);
    await trx.raw('ALTER TABLE stock DISABLE TRIGGER ALL');
    // With it goes what points here; nobody does in this database.
    await trx.raw('ALTER TABLE stock DROP CONSTRAINT stock_pkey CASCADE');
    await trx.raw(
      `INSERT INTO stock (sku, location_id, on_hand, allocated, safety_stock)
       SELECT 'BULK-' || lpad(s::text, 7, '0'), 'bulk-' || lpad(l::text, 3, '0'), 10 + (s::bigint * l) % 50, s % 5, l % 3
       FROM generate_series(1, ?::int) AS l, generate_series(1, ?::int) AS s`,
      [locations, skus],
    );
    await trx.raw('ALTER TABLE stock ADD CONSTRAINT stock_pkey PRIMARY KEY (sku, location_id)');
    await trx.raw('ALTER TABLE stock ENABLE TRIGGER ALL');
  });
}
