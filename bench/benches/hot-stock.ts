import { connect, type Database } from '../../store/connect';
import { createAsking } from '../hot-stock/ask';
import { runRace } from '../hot-stock/race';
import { recordOrders, setStage } from '../hot-stock/stage';
import {
  medianLatency,
  medianRate,
  medianRatio,
  runSideBySide,
  takeTurns,
  type Timing,
} from '../load/measure';
import type { BenchContext, BenchResult, Figure } from '../report/result';
import type { BenchSystem } from '../system/start-system';

export interface HotStockSizes {
  /** Those who share statements; half of them ask one by one. */
  clients: number;
  rounds: number;
  /** Of a turn in which statements are shared. */
  units: number;
  /** Of a turn in which each has a statement of its own: they queue for the row, so there are fewer. */
  unitsAlone: number;
}
const sizes = {
  quick: { clients: 64, rounds: 3, units: 1_200, unitsAlone: 400 },
  full: { clients: 64, rounds: 7, units: 4_000, unitsAlone: 1_000 },
};

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
 * Many who want one SKU at one place at the same time, measured by the plain conditional UPDATE of such a row,
 * through the same pool.
 */
export async function measureHotStock(db: Database, size: HotStockSizes): Promise<BenchResult> {
  const pieces = Math.floor(size.units / 4);
  const plenty = 1_000_000;
  await setStage(db, {
    ...{ plain: plenty, alone: plenty, together: plenty, order: plenty, lines: plenty, lone: plenty },
    race: pieces,
  });
  const turns = await takeTurns(size.rounds, await warmUp(await createContenders(db, size)));
  const race = await runRace(db, [createAsking(db), createAsking(db)], { pieces, clients: size.clients });
  return {
    name: 'hot-stock',
    title: 'One SKU at one location that many orders want at once',
    figures: [
      ...figuresOf(turns, size),
      { what: 'oversold pieces', value: race.oversold, goal: { atMost: 0 } },
      { what: 'lost pieces', value: race.lost, goal: { atMost: 0 } },
    ],
    notes: [
      'Together: requests that come at the same time share a statement; each is sent twice at once and counted once.',
      'Alone: a statement for each. Sourcing commit: decision, fulfillment, hold, ledger, event.',
    ],
    details: {
      ...size,
      rates: Object.fromEntries(Object.entries(turns).map(([n, t]) => [n, t.map((x) => x.rate)])),
    },
  };
}

type Contenders = Awaited<ReturnType<typeof createContenders>>;

async function createContenders(db: Database, size: HotStockSizes) {
  const asking = createAsking(db);
  const half = Math.ceil(size.clients / 2);
  let turn = 0;
  const sure = async (given: Promise<boolean>, key: string): Promise<void> => {
    if (!(await given)) throw new Error(`${key} met no stock`);
  };
  const orders = (sku: string, lines: 1 | 3, count: number) =>
    recordOrders(db, { name: `${sku}${(turn += 1)}`, sku, count, lines });
  /** Recording the orders is not part of what is measured. */
  const commits =
    (sku: string, lines: 1 | 3, count: number, clients: number) => async (): Promise<Timing> => {
      const inputs = await orders(sku, lines, count);
      return runSideBySide(count, clients, (index) => sure(asking.commit(inputs[index]!), sku));
    };
  return {
    plain: () => runSideBySide(size.unitsAlone, size.clients, asking.plain),
    together: (round: number) =>
      runSideBySide(size.units, size.clients, (index) =>
        sure(asking.allocate('together', `t${round}-${index}`), 'together'),
      ),
    order: commits('order', 1, size.units, size.clients),
    lines: commits('lines', 3, size.units, size.clients),
    lone: commits('lone', 1, Math.ceil(size.unitsAlone / 4), 1),
    plainOfHalf: () => runSideBySide(size.unitsAlone, half, asking.plain),
    alone: (round: number) =>
      runSideBySide(size.unitsAlone, half, (index) => asking.allocateAlone(`a${round}-${index}`)),
  };
}

async function warmUp(contenders: Contenders): Promise<Contenders> {
  for (const contender of Object.values(contenders)) await contender(-1);
  return contenders;
}

function figuresOf(turns: Record<keyof Contenders, Timing[]>, { clients }: HotStockSizes): Figure[] {
  const { plain, together, order, lines, lone, plainOfHalf, alone } = turns;
  const by = (what: string, count = clients) => `${what}, ${count} clients`;
  const quick = { unit: 'ms', goal: { atMost: 25 } };
  const half = Math.ceil(clients / 2);
  return [
    {
      what: by('together: allocation ÷ plain UPDATE'),
      value: medianRatio(together, plain),
      goal: { atLeast: 7 },
    },
    { what: 'together: allocation, p95', value: medianLatency(together, 0.95), ...quick },
    { what: by('together: sourcing commit ÷ plain UPDATE'), value: medianRatio(order, plain) },
    { what: 'together: sourcing commit, p95', value: medianLatency(order, 0.95), ...quick },
    {
      what: by('together: sourcing commit of 3 lines, 1 hot ÷ plain UPDATE'),
      value: medianRatio(lines, plain),
    },
    { what: 'together: sourcing commit of 3 lines, p95', value: medianLatency(lines, 0.95), unit: 'ms' },
    {
      what: by('alone: allocation ÷ plain UPDATE', half),
      value: medianRatio(alone, plainOfHalf),
      goal: { atLeast: 0.9 },
    },
    { what: by('alone: sourcing commit, p50', 1), value: medianLatency(lone, 0.5), unit: 'ms' },
    { what: by('plain UPDATE'), value: medianRate(plain), unit: '/s' },
    { what: 'plain UPDATE, p95', value: medianLatency(plain, 0.95), unit: 'ms' },
    { what: by('together: allocations'), value: medianRate(together), unit: '/s' },
    { what: by('together: sourcing commits'), value: medianRate(order), unit: '/s' },
  ];
}
