import { Client, Connection } from '@temporalio/client';
import {
  medianLatency,
  medianRate,
  medianRatio,
  runSideBySide,
  takeTurns,
  type Timing,
} from '../load/measure';
import { createBoard } from '../orders/board';
import { measureCost, type OrderCost } from '../orders/cost';
import { countTasks } from '../orders/histories';
import { watchMilestones } from '../orders/milestones';
import { walkThrough, type People } from '../orders/walk';
import type { BenchContext, BenchResult, Figure } from '../report/result';
import { openShop } from '../shop/open-shop';
import type { BenchSystem } from '../system/start-system';
import { cpuBetween, readCpu, type CpuUsage } from '../system/usage';
import { playFloor, playNaive } from '../yardsticks/play';

const clients = 50;
const sizes = {
  quick: { rounds: 1, warmUp: 20, units: 60, costOrders: 4, pauseMs: 1_500 },
  full: { rounds: 5, warmUp: 150, units: 240, costOrders: 40, pauseMs: 3_000 },
};

/** Orders from placed to delivered ÷ the yardsticks, and what one costs when people take their time. */
export async function benchOrders(system: BenchSystem, { isQuick, say }: BenchContext): Promise<BenchResult> {
  const size = isQuick ? sizes.quick : sizes.full;
  const shop = await openShop(system, clients);
  const people: People = { shop, board: createBoard(shop.warehouse), milestones: watchMilestones(system.db) };
  const connection = await Connection.connect({ address: system.temporalAddress });
  const client = new Client({ connection });
  const cpu: CpuUsage[] = [];
  const contenders = {
    orders: async (round: number, count = size.units) => {
      const before = readCpu(system.home);
      const driver = process.cpuUsage();
      const timing = await runSideBySide(count, clients, (index) =>
        walkThrough(people, `walk-${round}-${index}`),
      );
      const { user, system: kernel } = process.cpuUsage(driver);
      cpu.push({ ...cpuBetween(before, readCpu(system.home)), driver: (user + kernel) / 1000 });
      return timing;
    },
    naive: (round: number, count = size.units) =>
      runSideBySide(count, clients, (index) => playNaive(client, `naive-${round}-${index}`)),
    floor: (round: number, count = size.units) =>
      runSideBySide(count, clients, (index) => playFloor(client, `floor-${round}-${index}`)),
  };
  try {
    for (const [name, run] of Object.entries(contenders)) {
      say(`${name}: warming up`);
      await run(-1, size.warmUp);
    }
    cpu.length = 0;
    const turns = await takeTurns(size.rounds, contenders, (name, round, { rate }) =>
      say(`${name}, round ${round + 1} of ${size.rounds}: ${rate.toFixed(1)}/s`),
    );
    const walked = Array.from({ length: size.units }, (_, index) => `walk-${size.rounds - 1}-${index}`);
    const tasks = await countTasks(client, walked);
    say('cost of an order with human pauses');
    const { costOrders: orders, pauseMs } = size;
    const cost = await measureCost({ people, client, home: system.home, orders, pauseMs, prefix: 'slow' });
    return resultOf(turns, cost, { cpuMs: averageCpu(cpu, size.units), tasks });
  } finally {
    await connection.close();
    await shop.close();
  }
}

function averageCpu(rounds: readonly CpuUsage[], units: number): CpuUsage {
  const names = Object.keys(rounds[0] ?? {});
  const sum = (name: string): number => rounds.reduce((total, usage) => total + (usage[name] ?? 0), 0);
  return Object.fromEntries(names.map((name) => [name, sum(name) / rounds.length / units]));
}

/** Of an order. */
interface AtFullLoad {
  cpuMs: CpuUsage;
  tasks: Awaited<ReturnType<typeof countTasks>>;
}

function resultOf(
  turns: Record<'orders' | 'naive' | 'floor', Timing[]>,
  cost: OrderCost,
  atFullLoad: AtFullLoad,
): BenchResult {
  const { orders, naive, floor } = turns;
  const { tasks } = atFullLoad;
  const programs = ['worker', 'api', 'sandbox', 'mail', 'postgres', 'temporal'];
  const cpuFigures = programs.map((name): Figure => ({
    what: `CPU of ${name} an order, with pauses`,
    value: cost.cpuMs[name] ?? NaN,
    unit: 'ms',
  }));
  return {
    name: 'orders',
    title: `Orders from placed to delivered, ${clients} at a time`,
    figures: [
      { what: 'orders ÷ naive', value: medianRatio(orders, naive), goal: { atLeast: 0.7 } },
      { what: 'orders ÷ floor', value: medianRatio(orders, floor) },
      { what: 'orders', value: medianRate(orders), unit: '/s' },
      { what: 'naive (8 no-op activities in a row, 1 signal)', value: medianRate(naive), unit: '/s' },
      { what: 'floor (3 signals, no activity)', value: medianRate(floor), unit: '/s' },
      { what: 'placed to delivered at full load, p50', value: medianLatency(orders, 0.5), unit: 'ms' },
      { what: 'history events of a delivered order, with pauses', value: cost.events, goal: { atMost: 60 } },
      {
        what: 'billable actions of a delivered order, with pauses',
        value: cost.actions,
        goal: { atMost: 18 },
      },
      ...cpuFigures,
    ],
    notes: [
      `Events: ${listOf(cost.eventsByType)}.`,
      `Billable actions: ${listOf(cost.actionsByKind)}.`,
      `CPU an order at full load, ms: ${listOf(atFullLoad.cpuMs)}.`,
      `Workflow tasks of an order at full load: ${listOf({ done: tasks.done, 'timed out': tasks.timedOut }, 3)}.`,
      `CPU when nothing happens, ms a second: ${listOf(cost.idleMsPerSecond)}.`,
    ],
    details: { cost, cpuMsAtFullLoad: atFullLoad.cpuMs, tasksAtFullLoad: tasks, turns: summaries(turns) },
  };
}

const summaries = (turns: Record<string, Timing[]>) =>
  Object.fromEntries(
    Object.entries(turns).map(([name, timings]) => [
      name,
      timings.map(({ rate, seconds }) => ({ rate, seconds })),
    ]),
  );

const listOf = (counts: Record<string, number>, digits = 1): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${Number(count.toFixed(digits))}`)
    .join(', ');
