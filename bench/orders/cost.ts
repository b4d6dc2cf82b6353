import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { median, runSideBySide } from '../load/measure';
import { cpuBetween, readCpu, type CpuUsage } from '../system/usage';
import { countActions, countEvents, sumOf } from './count-actions';
import { readHistories } from './histories';
import { pack, pick, place, reportDelivered, ship, type People, type Walk } from './walk';

export interface OrderCost {
  orders: number;
  events: number;
  actions: number;
  /** Of one order: all take the same way. */
  eventsByType: Record<string, number>;
  actionsByKind: Record<string, number>;
  /** Milliseconds an order by program, less what the programs use when nothing happens. */
  cpuMs: CpuUsage;
  /** Milliseconds a second by program when nothing happens. */
  idleMsPerSecond: CpuUsage;
}

export interface CostOptions {
  people: People;
  client: Client;
  home: string;
  orders: number;
  /** How long people pause between two steps. */
  pauseMs: number;
  prefix: string;
}

/** At most so many people act at the same moment. */
const handsAtOnce = 4;

/**
 * What one delivered order costs when people pause before each step, so that every wait is a real one: all
 * orders take a step, then everybody waits until their workflows have long come to rest.
 */
export async function measureCost(options: CostOptions): Promise<OrderCost> {
  const { home, orders, pauseMs } = options;
  await sleep(pauseMs);
  const idleMsPerSecond = await measureIdle(home, Math.max(5_000, pauseMs));
  const before = readCpu(home);
  const began = performance.now();
  const walks = await walkWithPauses(options);
  const idleSeconds = (performance.now() - began) / 1000;
  const used = cpuBetween(before, readCpu(home));
  const cpuMs = Object.fromEntries(
    Object.entries(used).map(([name, ms]) => [
      name,
      (ms - idleSeconds * (idleMsPerSecond[name] ?? 0)) / orders,
    ]),
  );
  return { orders, cpuMs, idleMsPerSecond, ...(await readCost(options.client, walks)) };
}

async function measureIdle(home: string, forMs: number): Promise<CpuUsage> {
  const before = readCpu(home);
  await sleep(forMs);
  const used = cpuBetween(before, readCpu(home));
  return Object.fromEntries(Object.entries(used).map(([name, ms]) => [name, (ms * 1000) / forMs]));
}

async function walkWithPauses({ people, orders, pauseMs, prefix }: CostOptions): Promise<Walk[]> {
  const walks: Walk[] = [];
  const all = async (step: (walk: Walk) => Promise<void>): Promise<void> => {
    await runSideBySide(orders, handsAtOnce, (index) => step(walks[index]!));
    await sleep(pauseMs);
  };
  await runSideBySide(orders, handsAtOnce, async (index) => {
    walks[index] = await place(people, `${prefix}-${index}`);
  });
  await sleep(pauseMs);
  await all((walk) => pick(people, walk));
  await all((walk) => pack(people, walk));
  await all(async (walk) => {
    await ship(people, walk);
    await people.milestones.reached(walk.orderId, 'paymentCaptured');
  });
  await all(async (walk) => {
    await reportDelivered(people, walk);
    await people.milestones.reached(walk.orderId, 'delivered');
  });
  return walks;
}

async function readCost(client: Client, walks: readonly Walk[]) {
  const histories = await readHistories(
    client,
    walks.map(({ reference }) => reference),
  );
  const byLength = histories.sort((a, b) => a.length - b.length);
  const middle = byLength[Math.floor(byLength.length / 2)]!;
  return {
    events: median(histories.map((events) => events.length)),
    actions: median(histories.map((events) => sumOf(countActions(events)))),
    eventsByType: countEvents(middle),
    actionsByKind: countActions(middle),
  };
}
