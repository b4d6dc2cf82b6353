import { createReadStream, createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApiClient } from '../../api/client';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { median } from '../load/measure';
import type { BenchContext, BenchResult } from '../report/result';
import type { BenchSystem } from '../system/start-system';
import { pidOf, readResident } from '../system/usage';

const sizes = { quick: { rows: 50_000, rounds: 1 }, full: { rows: 1_000_000, rounds: 3 } };
/** Of a night: most of what lies on the shelves lies there still. */
const changedShare = 0.05;
const mebibyte = 1024 * 1024;

interface Run {
  seconds: number;
  /** Largest resident memory seen, in bytes. */
  api: number;
  worker: number;
}

/**
 * A full feed of a location through the API until its last row is applied ÷ COPY of the same file into a plain table
 * by the server itself: when a twentieth of the rows changed, when all did, and into an empty location.
 */
export async function benchFeed(system: BenchSystem, { isQuick, say }: BenchContext): Promise<BenchResult> {
  const { rows, rounds } = isQuick ? sizes.quick : sizes.full;
  await prepare(system, rows);
  const idle = memoryOf(system);
  const run = async (name: string, quantityOf: (row: number) => number) => {
    const file = await writeFile(system, rows, quantityOf);
    const plain = await copy(system, file);
    const fed = await feed(system, file);
    say(`${name}: ${Math.round(rows / fed.seconds)} rows/s, COPY ${Math.round(rows / plain)} rows/s`);
    return { ...fed, plain };
  };
  const first = await run('into nothing', (row) => row % 90);
  const nights: Awaited<ReturnType<typeof run>>[] = [];
  for (let round = 1; round <= rounds; round += 1)
    nights.push(await run('a night', (row) => (row % 20 === round ? 90 + round : row % 90)));
  const all = await run('all changed', (row) => 100 + (row % 90));
  const differences = await findStockDifferences(system.db);
  const ratio = (each: { plain: number; seconds: number }) => each.plain / each.seconds;
  const runs = [first, ...nights, all];
  const grown = (of: 'api' | 'worker') => (Math.max(...runs.map((each) => each[of])) - idle[of]) / mebibyte;
  return {
    name: 'feed',
    title: `A full stock feed of ${rows} rows, from the request to the last row applied`,
    figures: [
      { what: 'a night (5 % changed) ÷ COPY', value: median(nights.map(ratio)), goal: { atLeast: 0.3 } },
      { what: 'all rows changed ÷ COPY', value: ratio(all) },
      { what: 'into an empty location ÷ COPY', value: ratio(first) },
      { what: 'a night', value: rows / median(nights.map((each) => each.seconds)), unit: 'rows/s' },
      { what: 'all rows changed', value: rows / all.seconds, unit: 'rows/s' },
      { what: 'into an empty location', value: rows / first.seconds, unit: 'rows/s' },
      { what: 'COPY', value: rows / median(runs.map((each) => each.plain)), unit: 'rows/s' },
      { what: 'API, memory above idle at most', value: grown('api'), unit: 'MiB', goal: { atMost: 256 } },
      {
        what: 'worker, memory above idle at most',
        value: grown('worker'),
        unit: 'MiB',
        goal: { atMost: 256 },
      },
      { what: 'counters that differ from the ledger', value: differences.length, goal: { atMost: 0 } },
    ],
    details: { rows, rounds, changedShare, idle, runs },
  };
}

const skuOf = (row: number): string => `FEED-${String(row).padStart(8, '0')}`;

async function prepare({ db }: BenchSystem, rows: number): Promise<void> {
  const address = JSON.stringify({ line1: 'Via Uno 1', postalCode: '40121', city: 'Bologna', country: 'IT' });
  await db('locations').insert({
    id: 'fed',
    type: 'warehouse',
    name: 'Fed',
    address,
    capabilities: ['ship'],
  });
  await db.raw(
    `INSERT INTO products (sku, title) SELECT 'FEED-' || lpad(n::text, 8, '0'), 'Fed' FROM generate_series(0, ?::int - 1) AS n`,
    [rows],
  );
  await db.raw('CREATE TABLE plain (sku text, quantity integer)');
  await db.raw('VACUUM ANALYZE products');
}

async function writeFile({ home }: BenchSystem, rows: number, quantityOf: (row: number) => number) {
  const file = path.join(home, 'feed.csv');
  function* lines() {
    yield 'sku,quantity\n';
    for (let row = 0; row < rows; row += 1) yield `${skuOf(row)},${quantityOf(row)}\n`;
  }
  await pipeline(Readable.from(lines()), createWriteStream(file, { mode: 0o644 }));
  return file;
}

/** Seconds. */
async function copy({ db }: BenchSystem, file: string): Promise<number> {
  await db.raw('TRUNCATE plain');
  const began = performance.now();
  await db.raw(`COPY plain FROM '${file}' (FORMAT csv, HEADER)`);
  return (performance.now() - began) / 1000;
}

async function feed(system: BenchSystem, file: string): Promise<Run> {
  const memory = { api: 0, worker: 0 };
  const watch = setInterval(() => {
    const now = memoryOf(system);
    memory.api = Math.max(memory.api, now.api);
    memory.worker = Math.max(memory.worker, now.worker);
  }, 100);
  const takenAt = new Date().toISOString();
  const query = new URLSearchParams({ locationId: 'fed', mode: 'full', takenAt }).toString();
  const began = performance.now();
  try {
    const answer = await fetch(`${system.apiUrl}/v1/stock/feeds?${query}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${system.keys.warehouse}`, 'Content-Type': 'text/csv' },
      body: Readable.toWeb(createReadStream(file)) as ReadableStream,
      duplex: 'half',
    } as RequestInit);
    if (answer.status !== 202)
      throw new Error(`The feed was answered ${answer.status}: ${await answer.text()}`);
    const { feed: accepted } = (await answer.json()) as { feed: { id: string } };
    await untilApplied(system, accepted.id);
    return { seconds: (performance.now() - began) / 1000, ...memory };
  } finally {
    clearInterval(watch);
  }
}

async function untilApplied({ apiUrl, keys }: BenchSystem, id: string): Promise<void> {
  const client = createApiClient({ baseUrl: apiUrl, key: keys.warehouse });
  for (;;) {
    const { state } = await client.get<{ state: string }>(`/v1/stock/feeds/${id}`);
    if (state === 'applied') return;
    await sleep(100);
  }
}

const memoryOf = ({ home }: BenchSystem) => ({
  api: readResident(pidOf(home, 'api')),
  worker: readResident(pidOf(home, 'worker')),
});
