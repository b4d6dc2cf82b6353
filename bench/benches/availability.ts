import type { Database } from '../../store/connect';
import { connect } from '../../store/connect';
import { readSellable } from '../../store/stock/read-sellable';
import { connectToApi } from '../load/api-connection';
import { createRandom } from '../load/random';
import { median, medianLatency, medianRate, medianRatio, runSideBySide, takeTurns } from '../load/measure';
import type { BenchContext, BenchResult, Figure } from '../report/result';
import type { BenchSystem } from '../system/start-system';

export interface AvailabilitySizes {
  skus: number;
  locations: number;
  rounds: number;
  reads: number;
  clients: number;
}
const locations = 20;
const clients = 16;
const sizes = {
  quick: { skus: 3_000, locations, clients, rounds: 3, reads: 1_000 },
  full: { skus: 100_000, locations, clients, rounds: 5, reads: 8_000 },
};

export async function benchAvailability(
  system: BenchSystem,
  { isQuick, say }: BenchContext,
): Promise<BenchResult> {
  const size = isQuick ? sizes.quick : sizes.full;
  const db = connect(system.databaseUrl, size.clients);
  try {
    say(`${size.skus} SKUs × ${size.locations} locations`);
    const result = await measureAvailability(db, size);
    return { ...result, figures: [...result.figures, ...(await measureOverHttp(system, size))] };
  } finally {
    await db.destroy();
  }
}

/** What a SKU has at all its locations: the store's read with the domain's sum ÷ the indexed SELECT alone. */
export async function measureAvailability(db: Database, size: AvailabilitySizes): Promise<BenchResult> {
  await fillStock(db, size);
  const anySku = skuPicker(size);
  const select = () => db.raw(bareSelect, [[anySku()]]);
  const read = () => readSellable(db, [anySku()]);
  const seen = (await read()).levels.length;
  if (seen !== size.locations) throw new Error(`A SKU shows at ${seen} of ${size.locations} locations`);
  const run = (work: () => Promise<unknown>) => () => runSideBySide(size.reads, size.clients, work);
  for (const work of [read, select]) await run(work)();
  const turns = await takeTurns(size.rounds, { read: run(read), select: run(select) });
  return {
    name: 'availability',
    title: `Availability of a SKU at ${size.locations} locations, ${size.skus} SKUs, ${size.clients} clients`,
    figures: [
      { what: 'read ÷ SELECT alone', value: medianRatio(turns.read, turns.select), goal: { atLeast: 0.5 } },
      { what: 'reads', value: medianRate(turns.read), unit: '/s' },
      { what: 'SELECT alone', value: medianRate(turns.select), unit: '/s' },
      { what: 'read, p95', value: medianLatency(turns.read, 0.95), unit: 'ms' },
    ],
    details: { ...size },
  };
}

async function measureOverHttp(system: BenchSystem, size: AvailabilitySizes): Promise<Figure[]> {
  const api = connectToApi(system.apiUrl, system.keys.channel, size.clients);
  const anySku = skuPicker(size);
  const ask = () => api.get(`/v1/availability?sku=${anySku()}&country=IT`);
  const run = () => runSideBySide(size.reads, size.clients, ask);
  try {
    await run();
    const { http } = await takeTurns(size.rounds, { http: run });
    return [
      { what: 'GET /v1/availability', value: median(http.map((timing) => timing.rate)), unit: '/s' },
      { what: 'GET /v1/availability, p95', value: medianLatency(http, 0.95), unit: 'ms' },
    ];
  } finally {
    await api.close();
  }
}

/** The same columns over the same index, as the driver gives them. */
const bareSelect = `
  SELECT sku, location_id, on_hand, unsellable, reserved, allocated, incoming, safety_stock
  FROM stock WHERE sku = ANY (?) ORDER BY sku, location_id`;

function skuPicker({ skus }: AvailabilitySizes): () => string {
  const random = createRandom(7);
  return () => skuOf(Math.floor(random() * skus) + 1);
}

const skuOf = (index: number): string => `BULK-${String(index).padStart(6, '0')}`;

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
    `INSERT INTO products (sku, title) SELECT 'BULK-' || lpad(n::text, 6, '0'), 'Bulk product'
     FROM generate_series(1, ?::int) AS n`,
    [size.skus],
  );
  await db.raw(
    `INSERT INTO stock (sku, location_id, on_hand, allocated, safety_stock)
     SELECT 'BULK-' || lpad(s::text, 6, '0'), 'bulk-' || lpad(l::text, 3, '0'), 10 + (s * l) % 50, s % 5, l % 3
     FROM generate_series(1, ?::int) AS s, generate_series(1, ?::int) AS l`,
    [size.skus, size.locations],
  );
  await db.raw('VACUUM ANALYZE stock');
}
