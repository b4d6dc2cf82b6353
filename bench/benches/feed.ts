import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApiClient } from '../../api/client';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { copyIn } from '../load/copy-in';
import { median } from '../load/measure';
import type { BenchContext, BenchResult, Figure } from '../report/result';
import type { BenchSystem } from '../system/start-system';
import { pidOf, readResident } from '../system/usage';

const sizes = { quick: { rows: 50_000, rounds: 1 }, full: { rows: 1_000_000, rounds: 3 } };
/** Of nights: most of what lies on the shelves lies there still. */
const changedShares = [0.05, 0.02, 0.01];
/** Smaller feeds before, as a part of the rows: memory must not grow with them. */
const smallerBy = [0.1, 0.3];
const mebibyte = 1024 * 1024;

interface Run {
  seconds: number;
  /** Largest resident memory seen, in bytes. */
  api: number;
  worker: number;
}

/**
 * A full feed of a location through the API until its last row is applied ÷ COPY of the same file, sent through the driver
 * as the rows of a feed are sent through HTTP: when some per cent of the rows changed, when all did, and into an empty
 * location. COPY fills a table with the key that stock cannot be without, and a plain one; what the server does when it
 * reads the file itself is told beside it.
 */
export async function benchFeed(system: BenchSystem, { isQuick, say }: BenchContext): Promise<BenchResult> {
  const { rows, rounds } = isQuick ? sizes.quick : sizes.full;
  await prepare(system, rows);
  const idle = memoryOf(system);
  const small: { rows: number; run: Run }[] = [];
  for (const count of smallerBy.map((share) => rows * share)) {
    const file = await writeFile(system, count, (row) => row % 90);
    small.push({ rows: count, run: await feed(system, file, `fed-${count}`) });
  }
  const shelves = Int32Array.from({ length: rows }, (_, row) => row % 90);
  const run = async (name: string) => {
    const file = await writeFile(system, rows, (row) => shelves[row]!);
    const copies = await measureCopies(system, file);
    await untilSettled(system);
    const fed = await feed(system, file, 'fed');
    say(`${name}: ${Math.round(rows / fed.seconds)} rows/s, COPY ${Math.round(rows / copies.sent)} rows/s`);
    return { ...fed, ...copies };
  };
  const night = async (share: number, from: number): Promise<Night> => {
    for (let row = from; row < rows; row += 1 / share) shelves[row]! += 1;
    return { share, ...(await run(`a night, ${percent(share)} changed`)) };
  };
  const first = await run('into nothing');
  // Nobody has two nights to compare yet: what filled the location is all that moved there.
  await night(changedShares[0]!, 0);
  const nights: Night[] = [];
  for (const share of changedShares)
    for (let round = 1; round <= rounds; round += 1) nights.push(await night(share, round));
  for (let row = 0; row < rows; row += 1) shelves[row]! += 1;
  const all = await run('all changed');
  const differences = await findStockDifferences(system.db);
  const runs = [first, ...nights, all];
  const largest = { rows, run: most(runs) };
  return {
    name: 'feed',
    title: `A full stock feed of ${rows} rows, from the request to the last row applied`,
    figures: [
      ...rateFigures(rows, { first, nights, all }),
      ...[...small, largest].flatMap((each) => memoryFigures(each, idle)),
      { what: 'counters that differ from the ledger', value: differences.length, goal: { atMost: 0 } },
    ],
    details: { rows, rounds, changedShares, idle, small, nights, runs },
  };
}

const percent = (share: number): string => `${share * 100} %`;

/** Seconds that COPY takes: sent through the driver, into a table with a key, and read by the server itself. */
interface Copies {
  sent: number;
  sentToKey: number;
  read: number;
}

type Night = Run & Copies & { share: number };

interface Runs {
  first: Run & Copies;
  nights: Night[];
  all: Run & Copies;
}

function rateFigures(rows: number, { first, nights, all }: Runs): Figure[] {
  const ratio = (to: keyof Copies) => (each: Run & Copies) => each[to] / each.seconds;
  const rate = (of: (each: Run & Copies) => number) =>
    rows / median([first, ...nights, all].map((each) => of(each)));
  const nightly = changedShares.flatMap((share): Figure[] => {
    const same = nights.filter((each) => each.share === share);
    const what = `a night, ${percent(share)} changed`;
    return [
      {
        what: `${what} ÷ COPY into a key`,
        value: median(same.map(ratio('sentToKey'))),
        goal: { atLeast: 0.3 },
      },
      { what: `${what} ÷ COPY`, value: median(same.map(ratio('sent'))) },
      { what, value: rows / median(same.map((each) => each.seconds)), unit: 'rows/s' },
    ];
  });
  return [
    ...nightly,
    { what: 'all changed ÷ COPY into a key', value: ratio('sentToKey')(all) },
    { what: 'all changed', value: rows / all.seconds, unit: 'rows/s' },
    { what: 'into an empty location ÷ COPY into a key', value: ratio('sentToKey')(first) },
    { what: 'into an empty location', value: rows / first.seconds, unit: 'rows/s' },
    { what: 'COPY into a table with a key', value: rate((each) => each.sentToKey), unit: 'rows/s' },
    { what: 'COPY', value: rate((each) => each.sent), unit: 'rows/s' },
    { what: 'COPY by the server', value: rate((each) => each.read), unit: 'rows/s' },
  ];
}

const most = (runs: readonly Run[]): Run => ({
  seconds: 0,
  api: Math.max(...runs.map((each) => each.api)),
  worker: Math.max(...runs.map((each) => each.worker)),
});

const memoryFigures = ({ rows, run }: { rows: number; run: Run }, idle: Omit<Run, 'seconds'>): Figure[] =>
  (['api', 'worker'] as const).map((of) => ({
    what: `${of}, memory above idle at most, ${rows} rows`,
    value: (run[of] - idle[of]) / mebibyte,
    unit: 'MiB',
    goal: { atMost: 256 },
  }));

const skuOf = (row: number): string => `FEED-${String(row).padStart(8, '0')}`;

async function prepare({ db }: BenchSystem, rows: number): Promise<void> {
  const address = JSON.stringify({ line1: 'Via Uno 1', postalCode: '40121', city: 'Bologna', country: 'IT' });
  for (const id of ['fed', ...smallerBy.map((share) => `fed-${rows * share}`)])
    await db('locations').insert({ id, type: 'warehouse', name: 'Fed', address, capabilities: ['ship'] });
  await db.raw(
    `INSERT INTO products (sku, title) SELECT 'FEED-' || lpad(n::text, 8, '0'), 'Fed' FROM generate_series(0, ?::int - 1) AS n`,
    [rows],
  );
  await db.raw('CREATE TABLE plain (sku text, quantity integer)');
  await db.raw('CREATE TABLE keyed (sku text PRIMARY KEY, quantity integer)');
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

async function measureCopies({ db, databaseUrl }: BenchSystem, file: string): Promise<Copies> {
  const csv = '(FORMAT csv, HEADER)';
  const send = (table: string) =>
    copyIn(databaseUrl, `COPY ${table} FROM STDIN ${csv}`, createReadStream(file));
  const seconds = async (table: string, copy: () => Promise<unknown>): Promise<number> => {
    await db.raw(`TRUNCATE ${table}`);
    const began = performance.now();
    await copy();
    return (performance.now() - began) / 1000;
  };
  return {
    sent: await seconds('plain', () => send('plain')),
    sentToKey: await seconds('keyed', () => send('keyed')),
    read: await seconds('plain', () => db.raw(`COPY plain FROM '${file}' ${csv}`)),
  };
}

async function feed(system: BenchSystem, file: string, locationId: string): Promise<Run> {
  const memory = { api: 0, worker: 0 };
  const watch = setInterval(() => {
    const now = memoryOf(system);
    memory.api = Math.max(memory.api, now.api);
    memory.worker = Math.max(memory.worker, now.worker);
  }, 100);
  const takenAt = new Date().toISOString();
  const query = new URLSearchParams({ locationId, mode: 'full', takenAt }).toString();
  const began = performance.now();
  try {
    await untilApplied(system, await send(system, `/v1/stock/feeds?${query}`, file));
    return { seconds: (performance.now() - began) / 1000, ...memory };
  } finally {
    clearInterval(watch);
  }
}

/** As cheaply as `COPY` is sent: on a small machine what the sender does is taken from who receives. */
async function send({ apiUrl, keys }: BenchSystem, address: string, file: string): Promise<string> {
  const headers = { Authorization: `Bearer ${keys.warehouse}`, 'Content-Type': 'text/csv' };
  const request = http.request(new URL(address, apiUrl), { method: 'POST', headers });
  const answered = once(request, 'response') as Promise<[http.IncomingMessage]>;
  await pipeline(createReadStream(file), request);
  const [answer] = await answered;
  const body = await text(answer);
  if (answer.statusCode !== 202) throw new Error(`The feed was answered ${answer.statusCode}: ${body}`);
  return (JSON.parse(body) as { feed: { id: string } }).feed.id;
}

async function untilApplied({ apiUrl, keys }: BenchSystem, id: string): Promise<void> {
  const client = createApiClient({ baseUrl: apiUrl, key: keys.warehouse });
  for (;;) {
    const { state } = await client.get<{ state: string }>(`/v1/stock/feeds/${id}`);
    if (state === 'applied') return;
    await sleep(100);
  }
}

/** Between two nights lies a day: until all that the last one moved was heard of. */
async function untilSettled({ db }: BenchSystem): Promise<void> {
  for (;;) {
    const { rows } = await db.raw<{ rows: { isSettled: boolean }[] }>(
      `SELECT settled_id >= (SELECT coalesce(max(id), 0) FROM stock_ledger) AS "isSettled" FROM stock_alert_reader`,
    );
    if (rows[0]!.isSettled) return;
    await sleep(100);
  }
}

const memoryOf = ({ home }: BenchSystem) => ({
  api: readResident(pidOf(home, 'api')),
  worker: readResident(pidOf(home, 'worker')),
});
