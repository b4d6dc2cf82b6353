import { setTimeout as sleep } from 'node:timers/promises';
import { runSideBySide } from '../load/measure';
import { createBoard } from '../orders/board';
import { watchMilestones } from '../orders/milestones';
import { walkThrough, type People } from '../orders/walk';
import type { BenchContext, BenchResult } from '../report/result';
import { openShop } from '../shop/open-shop';
import { readMemory, type MemoryReading } from '../system/memory';
import type { BenchSystem } from '../system/start-system';

const clients = 50;
const sizes = { quick: [20, 40, 80], full: [500, 1_000, 2_000, 4_000] };
/** Longer than the return window. */
const fastForward = 'P20D';
/** An order that is completed has a mail under way and activities that tell of it: the least of some readings counts. */
const looks = 5;
const settleMs = 3_000;
const mega = 1024 * 1024;

/** The worker's memory after more and more orders that came to their end. */
export async function benchMemory(system: BenchSystem, { isQuick, say }: BenchContext): Promise<BenchResult> {
  const marks = isQuick ? sizes.quick : sizes.full;
  const shop = await openShop(system, clients);
  const people: People = { shop, board: createBoard(shop.warehouse), milestones: watchMilestones(system.db) };
  const readings: (MemoryReading & { orders: number })[] = [];
  let done = 0;
  try {
    await liveOut(people, system, 0, marks[0]! / 5, 'warm');
    for (const mark of marks) {
      await liveOut(people, system, done, mark, 'memory');
      done = mark;
      const reading = await readSettled(system.home);
      readings.push({ orders: mark, ...reading });
      say(
        `${mark} orders: heap ${toMega(reading.heapBytes)} MB, resident ${toMega(reading.residentBytes)} MB`,
      );
    }
  } finally {
    await shop.close();
  }
  return resultOf(readings);
}

async function readSettled(home: string): Promise<MemoryReading> {
  const readings: MemoryReading[] = [];
  while (readings.length < looks) {
    await sleep(settleMs);
    readings.push(await readMemory(home, 'worker'));
  }
  return readings.reduce((least, each) => (each.heapBytes < least.heapBytes ? each : least));
}

/** Orders from placed to completed, those numbered `from` up to `to`. */
async function liveOut(
  people: People,
  system: BenchSystem,
  from: number,
  to: number,
  prefix: string,
): Promise<void> {
  await runSideBySide(to - from, clients, async (index) => {
    const { orderId } = await walkThrough(people, `${prefix}-${from + index}`);
    await people.shop.admin.post(`/v1/dev/orders/${orderId}/fast-forward`, { duration: fastForward });
    await people.milestones.reached(orderId, 'orderCompleted');
  });
}

function resultOf(readings: (MemoryReading & { orders: number })[]): BenchResult {
  const [before, last] = readings.slice(-2) as [(typeof readings)[number], (typeof readings)[number]];
  const perOrder = (key: 'heapBytes' | 'residentBytes'): number =>
    (last[key] - before[key]) / (last.orders - before.orders) / 1024;
  return {
    name: 'memory',
    title: 'Memory of the worker after finished orders',
    figures: [
      ...readings.flatMap(({ orders, heapBytes, residentBytes }) => [
        { what: `heap after ${orders} orders`, value: heapBytes / mega, unit: 'MB' },
        { what: `resident after ${orders} orders`, value: residentBytes / mega, unit: 'MB' },
      ]),
      {
        what: 'heap that each further order leaves',
        value: perOrder('heapBytes'),
        unit: 'kB',
        goal: { atMost: 1 },
      },
      { what: 'resident that each further order leaves', value: perOrder('residentBytes'), unit: 'kB' },
    ],
    details: { readings },
  };
}

const toMega = (bytes: number): string => (bytes / mega).toFixed(1);
