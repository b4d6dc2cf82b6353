import { source } from '../../domain/sourcing/source';
import type { SourcingDecision } from '../../domain/sourcing/types';
import { connect, type Database } from '../../store/connect';
import { commitSourcing } from '../../store/sourcing/commit-sourcing';
import { allocateStock } from '../../store/stock/allocate';
import { medianLatency, medianRate, medianRatio, runSideBySide, takeTurns } from '../load/measure';
import type { BenchContext, BenchResult } from '../report/result';
import type { BenchSystem } from '../system/start-system';

export interface HotStockSizes {
  clients: number;
  rounds: number;
  units: number;
}
const clients = 32;
const sizes = {
  quick: { clients, rounds: 3, units: 600 },
  full: { clients, rounds: 5, units: 4_000 },
};
const channel = 'hot';
const at = '2026-01-01T00:00:00.000Z';

export async function benchHotStock(system: BenchSystem, { isQuick }: BenchContext): Promise<BenchResult> {
  const size = isQuick ? sizes.quick : sizes.full;
  const db = connect(system.databaseUrl, size.clients);
  try {
    return await measureHotStock(db, size);
  } finally {
    await db.destroy();
  }
}

/**
 * Allocations of one SKU at one place by many at once ÷ the plain conditional UPDATE of such a row, through the
 * same pool: the store's allocation by itself, and as part of what sourcing an order of one line commits.
 */
export async function measureHotStock(db: Database, size: HotStockSizes): Promise<BenchResult> {
  const plenty = size.units * (size.rounds + 2);
  await prepare(db, { plain: plenty, allocate: plenty, commit: plenty, race: Math.floor(size.units / 2) });
  for (let round = -1; round < size.rounds; round += 1) await recordOrders(db, round, size.units);
  const run = (work: (key: string) => Promise<unknown>) => (round: number) =>
    runSideBySide(size.units, size.clients, (index) => work(keyOf(round, index)));
  const contenders = {
    allocate: run((key) => allocate(db, 'allocate', `a-${key}`)),
    plain: run(() => db.raw(plainUpdate, ['plain'])),
    commit: run((key) => commit(db, key)),
  };
  for (const contender of Object.values(contenders)) await contender(-1);
  const turns = await takeTurns(size.rounds, contenders);
  return {
    name: 'hot-stock',
    title: `Allocations of one SKU at one location, ${size.clients} clients`,
    figures: [
      {
        what: 'allocation ÷ plain UPDATE',
        value: medianRatio(turns.allocate, turns.plain),
        goal: { atLeast: 0.9 },
      },
      { what: 'sourcing commit ÷ plain UPDATE', value: medianRatio(turns.commit, turns.plain) },
      { what: 'allocations', value: medianRate(turns.allocate), unit: '/s' },
      { what: 'sourcing commits of an order', value: medianRate(turns.commit), unit: '/s' },
      { what: 'plain UPDATE', value: medianRate(turns.plain), unit: '/s' },
      { what: 'allocation, p95', value: medianLatency(turns.allocate, 0.95), unit: 'ms' },
      { what: 'oversold pieces', value: await countOversold(db, size), goal: { atMost: 0 } },
    ],
    details: {
      ...size,
      rates: Object.fromEntries(Object.entries(turns).map(([n, t]) => [n, t.map((x) => x.rate)])),
    },
  };
}

const keyOf = (round: number, index: number): string => `${round}-${index}`;
const orderIdOf = (key: string): string => `ord_hot${key}`;

const plainUpdate = `
  UPDATE stock SET allocated = allocated + 1
  WHERE sku = ? AND location_id = 'hot'
    AND on_hand - unsellable - reserved - allocated - safety_stock >= 1`;

const allocate = (db: Database, sku: string, key: string) =>
  allocateStock(db, {
    orderId: `ord_${key}`,
    at,
    allocations: [{ key, lineId: `lin_${key}`, sku, locationId: 'hot', quantity: 1 }],
  });

/** As `sourceOrder` does it, with the decision made beforehand. */
async function commit(db: Database, key: string): Promise<void> {
  const orderId = orderIdOf(key);
  const result = await commitSourcing(db, {
    orderId,
    round: 1,
    mode: 'ship',
    pickupLocationId: null,
    excluded: [],
    decision: decisionOf(orderId),
    actWithinMs: { hot: 1 },
    at,
  });
  if (result.outcome !== 'committed') throw new Error(`${orderId} met no stock`);
}

const decisionOf = (orderId: string): SourcingDecision =>
  source({
    strategy: 'fewestSplitsThenNearest',
    mode: 'ship',
    pickupLocationId: null,
    destination: { country: 'IT', point: null },
    excluded: [],
    lines: [{ lineId: `lin_${orderId}`, sku: 'commit', quantity: 1 }],
    candidates: [
      {
        locationId: 'hot',
        name: 'Hot location',
        country: 'IT',
        point: null,
        capabilities: ['ship'],
        priority: 1,
        available: { commit: 1 },
      },
    ],
  });

/** Twice as many ask as there are pieces, each of them twice: exactly the pieces are given. */
async function countOversold(db: Database, size: HotStockSizes): Promise<number> {
  let given = 0;
  await runSideBySide(size.units * 2, size.clients, async (index) => {
    const result = await allocate(db, 'race', `r-${Math.floor(index / 2)}`).catch(expectTakenBefore);
    if (result?.outcome === 'allocated') given += 1;
  });
  const row = await db('stock').where({ sku: 'race' }).first('on_hand', 'allocated');
  const ledger = await db('stock_ledger').where({ sku: 'race' }).sum('allocated as sum').first();
  const told = [given, row.allocated as number, Number(ledger?.sum)];
  if (told.some((count) => count !== told[0]))
    throw new Error(`Counters, ledger and answers differ: ${told}`);
  if (given < row.on_hand) throw new Error(`Only ${given} of ${row.on_hand} pieces were given`);
  return Math.max(0, given - row.on_hand);
}

/** unique_violation: the same intent took its stock before. */
function expectTakenBefore(error: unknown): undefined {
  if ((error as { code?: string }).code !== '23505') throw error;
}

async function prepare(db: Database, onHand: Record<string, number>): Promise<void> {
  const address = JSON.stringify({
    name: 'Hot',
    line1: 'Via Uno 1',
    postalCode: '40121',
    city: 'Bologna',
    country: 'IT',
  });
  await db('channels').insert({ code: channel, type: 'webshop', name: 'Hot' });
  await db('locations').insert({
    id: 'hot',
    type: 'warehouse',
    name: 'Hot location',
    address,
    capabilities: ['ship'],
  });
  for (const [sku, on_hand] of Object.entries(onHand)) {
    await db('products').insert({ sku, title: sku });
    await db('stock').insert({ sku, location_id: 'hot', on_hand });
  }
}

/** Orders of one line each, waiting to be sourced. */
async function recordOrders(db: Database, round: number, count: number): Promise<void> {
  const parameters = { round, count, channel };
  await db.raw(
    `INSERT INTO orders (id, number, channel, external_reference, currency, total, content, search_text, placed_at)
     SELECT 'ord_hot' || :round || '-' || n, 'H' || :round || '-' || n, :channel, :round || '-' || n, 'EUR', 0, '{}', '', now()
     FROM generate_series(0, CAST(:count AS int) - 1) AS n`,
    parameters,
  );
  await db.raw(
    `INSERT INTO order_lines (id, order_id, position, sku, title, quantity, gross)
     SELECT 'lin_' || id, id, 1, 'commit', 'commit', 1, 0 FROM orders
     WHERE channel = :channel AND external_reference LIKE :round || '-%'`,
    parameters,
  );
}
