import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { saveSubscription } from '../../store/push/save-subscription';
import { connect, type Database } from '../../store/connect';
import { recordMovement } from '../../store/stock/record-movement';
import { percentile } from '../load/measure';
import { createRandom } from '../load/random';
import type { BenchContext, BenchResult } from '../report/result';
import type { BenchSystem } from '../system/start-system';

const sizes = {
  quick: { skus: 1_000, perSecond: 200, seconds: 5 },
  full: { skus: 10_000, perSecond: 200, seconds: 30 },
};
type Sizes = (typeof sizes)['full'];
const channel = 'told';

/**
 * From the moment a movement of stock is recorded until the channel was told of it: movements of any of many SKUs at a
 * steady rate, a channel that answers at once.
 */
export async function benchPush(system: BenchSystem, { isQuick, say }: BenchContext): Promise<BenchResult> {
  const size = isQuick ? sizes.quick : sizes.full;
  const db = connect(system.databaseUrl, 8);
  const ear = await listen();
  try {
    await prepare(db, size);
    await saveSubscription(db, { channel, url: ear.url, secret, isNewSecret: true, locations: null });
    await until(() => ear.snapshots > 0);
    say(`${size.skus} SKUs told, ${size.perSecond} movements a second for ${size.seconds} s`);
    const { recorded, seconds } = await move(db, size, ear);
    await until(() => ear.waiting.size === 0);
    const heard = ear.latencies.sort((a, b) => a - b);
    return {
      name: 'push',
      title: `Telling a channel what it can sell: ${size.perSecond} movements/s over ${size.skus} SKUs`,
      figures: [
        {
          what: 'from the movement to the channel, p95',
          value: percentile(heard, 0.95),
          unit: 'ms',
          goal: { atMost: 2000 },
        },
        { what: 'median', value: percentile(heard, 0.5), unit: 'ms' },
        { what: 'longest', value: heard.at(-1)!, unit: 'ms' },
        { what: 'movements', value: recorded / seconds, unit: '/s' },
        { what: 'messages', value: ear.messages / seconds, unit: '/s' },
        { what: 'movements never told', value: recorded - heard.length, goal: { atMost: 0 } },
      ],
      details: { ...size, recorded },
    };
  } finally {
    await ear.close();
    await db.destroy();
  }
}

const secret = 'whsec_dGhlIHNlY3JldCBvZiB0aGUgYmVuY2htYXJr';
const skuOf = (index: number): string => `TOLD-${index}`;

async function prepare(db: Database, { skus }: Sizes): Promise<void> {
  const address = JSON.stringify({ line1: 'Via Uno 1', postalCode: '40121', city: 'Bologna', country: 'IT' });
  await db('channels').insert({ code: channel, type: 'webshop', name: 'Told' });
  await db('locations').insert({
    id: 'told',
    type: 'warehouse',
    name: 'Told',
    address,
    capabilities: ['ship'],
  });
  await db.raw(
    `INSERT INTO products (sku, title) SELECT 'TOLD-' || n, 'Told' FROM generate_series(0, ?::int - 1) AS n`,
    [skus],
  );
  await db.raw(`INSERT INTO stock (sku, location_id) SELECT sku, 'told' FROM products`);
}

/** One piece comes in at a time; those that come too quickly for the database wait for their turn. */
async function move(db: Database, { skus, perSecond, seconds }: Sizes, ear: Ear) {
  const random = createRandom(7);
  const pieces = new Map<string, number>();
  const began = performance.now();
  const under: Promise<unknown>[] = [];
  for (let count = 0; count < perSecond * seconds; count += 1) {
    const dueMs = (count * 1000) / perSecond;
    const earlyMs = dueMs - (performance.now() - began);
    if (earlyMs > 0) await sleep(earlyMs);
    const sku = skuOf(Math.floor(random() * skus));
    const onHand = (pieces.get(sku) ?? 0) + 1;
    pieces.set(sku, onHand);
    const at = new Date().toISOString();
    const movement = { sku, locationId: 'told', type: 'receipt' as const, quantity: 1 };
    const work = recordMovement(db, { key: `push-${count}`, movement, actor: 'bench', at });
    under.push(work.then(() => ear.expect(sku, onHand, performance.now())));
  }
  await Promise.all(under);
  return { recorded: under.length, seconds: (performance.now() - began) / 1000 };
}

interface Ear {
  url: string;
  snapshots: number;
  messages: number;
  latencies: number[];
  /** Movements that were not told yet, by SKU. */
  waiting: Map<string, { available: number; since: number }[]>;
  expect(sku: string, available: number, since: number): void;
  close(): Promise<void>;
}

async function listen(): Promise<Ear> {
  const known = new Map<string, number>();
  const server = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => {
      res.writeHead(204).end();
      hear(JSON.parse(Buffer.concat(parts).toString()) as Message);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  function hear({ type, data }: Message): void {
    if (type.endsWith('snapshot')) ear.snapshots += data.isLast ? 1 : 0;
    else ear.messages += 1;
    const now = performance.now();
    for (const { sku, available } of data.items) {
      known.set(sku, available);
      const waiting = ear.waiting.get(sku) ?? [];
      for (const each of waiting) if (each.available <= available) ear.latencies.push(now - each.since);
      const left = waiting.filter((each) => each.available > available);
      if (left.length > 0) ear.waiting.set(sku, left);
      else ear.waiting.delete(sku);
    }
  }

  const ear: Ear = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    snapshots: 0,
    messages: 0,
    latencies: [],
    waiting: new Map(),
    expect(sku, available, since) {
      // Told before the one who recorded it heard of it.
      if ((known.get(sku) ?? 0) >= available) ear.latencies.push(0);
      else ear.waiting.set(sku, [...(ear.waiting.get(sku) ?? []), { available, since }]);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return ear;
}

interface Message {
  type: string;
  data: { isLast: boolean; items: { sku: string; available: number }[] };
}

async function until(is: () => boolean): Promise<void> {
  while (!is()) await sleep(50);
}
