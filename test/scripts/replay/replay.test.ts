import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Report } from '../../../scripts/replay/report';
import { startSystem, type TestSystem } from '../../support/system';
import { olistOrders, olistTables, writeOlist } from './olist-rows';

const root = path.resolve(__dirname, '../../..');
const folder = mkdtempSync(path.join(tmpdir(), 'ordito-replay-'));
const rows = path.join(folder, 'rows');
const reportFile = path.join(folder, 'report.json');
let system: TestSystem;

beforeAll(async () => {
  writeOlist(rows, olistTables());
  system = await startSystem({ CARRIER_MODE: 'auto' });
}, 60_000);
afterAll(async () => {
  await system.stop();
  rmSync(folder, { recursive: true });
});

/** `npm run replay` as a person starts it, against the system under test. */
function start(...more: string[]): {
  child: ChildProcess;
  end: Promise<{ code: number | null; text: string }>;
} {
  const where = ['--base-url', system.apiUrl, '--key', system.keys.admin, '--report', reportFile];
  const args = ['--import', 'tsx', 'scripts/replay/main.ts', rows, ...where, ...more];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
  const end = new Promise<{ code: number | null; text: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, text })),
  );
  return { child, end };
}

const readReport = (): Report => JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
const count = async (sql: string): Promise<number> =>
  (await system.db.raw<{ rows: { n: number }[] }>(sql)).rows[0]!.n;
const countOrders = () => count('SELECT count(*)::int AS n FROM orders');
const countReceived = () =>
  count(`SELECT coalesce(sum(on_hand), 0)::int AS n FROM stock_ledger WHERE cause = 'receipt'`);

const playable = olistOrders.length - 2;

test('a replay that is killed goes on where it was, twice does nothing twice, and it tells a difference', async () => {
  const killed = start('--concurrency', '2');
  while ((await countOrders()) < 4) await new Promise((resolve) => setImmediate(resolve));
  killed.child.kill('SIGKILL');
  await killed.end;
  expect(await countOrders()).toBeLessThan(playable);

  const resumed = await start().end;
  expect(resumed).toMatchObject({ code: 0, text: expect.stringContaining('No differences') });
  const first = readReport();
  expect(first.states).toEqual({ delivered: 6, shipped: 1, picking: 1, allocated: 1, cancelled: 3 });
  expect(first.money.boleto).toMatchObject({ captured: 5101 + 1200 + 1200, refunded: 1200 });
  expect(first.money.voucher).toMatchObject({ captured: 4000 + 3500, refunded: 0 });
  expect(first.money.credit_card).toMatchObject({ captured: 6768 + 10_094 + 13_000 + 10_487 });
  expect(first.unplayable.map(({ reference }) => reference)).toEqual(['no-items', 'unknown-payment']);
  const [orders, received] = [await countOrders(), await countReceived()];
  expect(orders).toBe(playable);
  // One piece an item row, and one a fee.
  expect(received).toBe(olistOrders.slice(0, playable).flatMap(({ items }) => items).length + 2);

  expect(await start().end).toMatchObject({ code: 0 });
  expect([await countOrders(), await countReceived()]).toEqual([orders, received]);
  const { seconds: _, ordersPerSecond: __, ...second } = readReport();
  expect(first).toMatchObject(second);

  const changed = olistTables();
  changed.payments.find(({ order_id }) => order_id === 'with-interest')!.payment_value = '130.01';
  writeOlist(rows, changed);
  const compared = await start('--patience', '1').end;
  expect(compared).toMatchObject({ code: 1, text: expect.stringContaining('DIFFERENCES') });
  expect(readReport().differences).toContainEqual({
    reference: 'with-interest',
    what: 'payment 1 (credit_card): captured',
    expected: 13_001,
    got: 13_000,
  });
}, 180_000);

test('where nothing answers it says so in a sentence', async () => {
  const args = [
    '--import',
    'tsx',
    'scripts/replay/main.ts',
    rows,
    '--base-url',
    'http://127.0.0.1:9',
    '--key',
    'x',
  ];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stderr.on('data', (chunk) => (text += String(chunk)));
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect([code, text]).toEqual([
    1,
    expect.stringMatching(/^No system is ready at .* Start it with "npm start"/),
  ]);
}, 30_000);
