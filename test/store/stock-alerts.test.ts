import type { MailRequest } from '../../domain/mails';
import { alertWithinMs, confirmWithinMs } from '../../domain/stock/stock-alert';
import { tellWhoWaits } from '../../relay/tell-stock-alerts';
import { deleteBuffer } from '../../store/buffer/delete-buffer';
import { saveBuffer } from '../../store/buffer/save-buffer';
import { markDelivered } from '../../store/outbox/outbox';
import { askStockAlert, type AskStockAlertInput } from '../../store/stock-alert/ask-stock-alert';
import {
  cancelStockAlert,
  confirmStockAlert,
  expireStockAlerts,
} from '../../store/stock-alert/change-stock-alert';
import { findStockAlert } from '../../store/stock-alert/list-stock-alerts';
import { noteStockAlerts } from '../../store/stock-alert/note-stock-alerts';
import { tellStockAlerts } from '../../store/stock-alert/tell-stock-alerts';
import { walkStockAlerts } from '../../store/stock-alert/walk-stock-alerts';
import { at, openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse();
});
afterAll(() => warehouse.close());

const alertUrl = (id: string) => `https://shop.test/a/${id}`;
const after = (ms: number) => new Date(Date.parse(at) + ms).toISOString();
let serial = 0;

async function ask(sku: string, email: string, more: Partial<AskStockAlertInput> = {}): Promise<string> {
  const asked = await askStockAlert(warehouse.db, {
    ...{ id: `ale_${(serial += 1)}`, channel: 'web', sku, email, locale: 'en', quantity: 1 },
    ...{ productUrl: null, alertUrl, at, ...more },
  });
  if (asked.outcome !== 'done') throw new Error(asked.outcome);
  return asked.value.id;
}
async function waits(sku: string, email: string, more: Partial<AskStockAlertInput> = {}): Promise<string> {
  const id = await ask(sku, email, more);
  await confirmStockAlert(warehouse.db, { id, at });
  return id;
}
async function look(): Promise<void> {
  const store = {
    expireStockAlerts: (input: { at: string }) => expireStockAlerts(warehouse.db, input),
    noteStockAlerts: (input: Parameters<typeof noteStockAlerts>[1]) => noteStockAlerts(warehouse.db, input),
    tellStockAlerts: (input: Parameters<typeof tellStockAlerts>[1]) => tellStockAlerts(warehouse.db, input),
    walkStockAlerts: () => walkStockAlerts(warehouse.db),
  };
  const onError = (error: unknown) => {
    throw error;
  };
  const now = () => new Date(after(60_000));
  while (await tellWhoWaits({ store, alertUrl, now, onError, settleMs: 0 }));
}
const statusOf = async (id: string) => (await findStockAlert(warehouse.db, id))!.status;
async function mailsTo(email: string): Promise<MailRequest[]> {
  const rows = await warehouse
    .db('outbox')
    .where('kind', 'mail')
    .whereRaw(`payload ->> 'to' = ?`, [email])
    .orderBy('id')
    .select('payload');
  return rows.map((row) => row.payload as MailRequest);
}
const toldTo = async (email: string) =>
  (await mailsTo(email)).flatMap((mail) => (mail.template === 'stockBack' ? [mail.data] : []));

test('who has confirmed is told once, and forgotten', async () => {
  const sku = await warehouse.freshSku();
  const id = await waits(sku, 'ada@example.org', { productUrl: 'https://shop.test/p/1' });
  await look();
  expect(await statusOf(id)).toBe('waiting');
  await warehouse.receive(sku, 'alpha', 2);
  await look();
  expect(await toldTo('ada@example.org')).toEqual([
    { items: [{ sku, title: `Product ${sku}`, productUrl: 'https://shop.test/p/1' }], url: alertUrl(id) },
  ]);
  expect(await findStockAlert(warehouse.db, id)).toMatchObject({ status: 'told', email: null });
  await warehouse.receive(sku, 'alpha', 2);
  await look();
  expect(await toldTo('ada@example.org')).toHaveLength(1);
});

test('a mail that has left keeps no address', async () => {
  const sku = await warehouse.freshSku();
  await ask(sku, 'gone@example.org');
  const { id } = await warehouse.db('outbox').whereRaw(`payload ->> 'to' = 'gone@example.org'`).first('id');
  await markDelivered(warehouse.db, [id]);
  const { payload } = await warehouse.db('outbox').where({ id }).first('payload');
  expect(payload).toEqual({ template: 'stockAlertAsked' });
});

test('nothing is told to who did not confirm, and the question comes once an hour at most', async () => {
  const sku = await warehouse.freshSku();
  const id = await ask(sku, 'bob@example.org');
  expect(await ask(sku, 'BOB@example.org', { quantity: 3, at: after(1_000) })).toBe(id);
  await warehouse.receive(sku, 'alpha', 9);
  await look();
  expect((await mailsTo('bob@example.org')).map(({ template }) => template)).toEqual(['stockAlertAsked']);
  expect(await findStockAlert(warehouse.db, id)).toMatchObject({ status: 'unconfirmed', quantity: 3 });
  expect(await ask(sku, 'bob@example.org', { at: after(3_700_000) })).toBe(id);
  expect(await mailsTo('bob@example.org')).toHaveLength(2);
  await expireStockAlerts(warehouse.db, { at: after(3_700_000 + confirmWithinMs) });
  expect(await findStockAlert(warehouse.db, id)).toMatchObject({ status: 'expired', email: null });
  await confirmStockAlert(warehouse.db, { id, at });
  expect(await statusOf(id)).toBe('expired');
});

test('lines that wait come first: only what is left over is told', async () => {
  const sku = await warehouse.freshSku();
  const order = await warehouse.recordOrder({ lines: [{ sku, quantity: 3 }] });
  await warehouse.source(order);
  const id = await waits(sku, 'cleo@example.org');
  await warehouse.receive(sku, 'alpha', 3);
  await look();
  expect(await statusOf(id)).toBe('waiting');
  await warehouse.receive(sku, 'alpha', 1);
  await look();
  expect(await statusOf(id)).toBe('told');
});

test('as many as are wanted must be there, for the channel that is to sell them', async () => {
  const sku = await warehouse.freshSku();
  const id = await waits(sku, 'dan@example.org', { quantity: 2 });
  await saveBuffer(
    warehouse.db,
    { id: `keep-${sku}`, channel: 'web', sku, pieces: 4 },
    { actor: 'test', at },
  );
  await warehouse.receive(sku, 'alpha', 5);
  await look();
  expect(await statusOf(id)).toBe('waiting');
  // No piece moves: less is kept back.
  await saveBuffer(
    warehouse.db,
    { id: `keep-${sku}`, channel: 'web', sku, pieces: 3 },
    { actor: 'test', at },
  );
  await look();
  expect(await statusOf(id)).toBe('told');
});

test('a changed buffer has those looked at alone whose goods it is for and are there', async () => {
  const { db, freshSku, receive } = warehouse;
  const [kept, gone, elsewhere] = [await freshSku(), await freshSku(), await freshSku()];
  const buffer = { id: 'all-at-alpha', locationId: 'alpha', pieces: 9 };
  await saveBuffer(db, buffer, { actor: 'test', at });
  await receive(kept, 'alpha', 2);
  await receive(elsewhere, 'beta', 1);
  const ids = [await waits(kept, 'fay@example.org'), await waits(gone, 'fay@example.org')];
  const other = await waits(elsewhere, 'gil@example.org', { quantity: 3 });
  await look();
  expect(await statusOf(ids[0]!)).toBe('waiting');
  const dueNow = async () =>
    (await db('stock_alerts')
      .whereNotNull('due_at')
      .whereIn('id', [...ids, other])
      .pluck('id')) as string[];
  await saveBuffer(db, { ...buffer, pieces: 1 }, { actor: 'test', at });
  expect(await dueNow()).toEqual([]);
  // As two workers do, and once more because an answer was lost.
  await Promise.all([walkStockAlerts(db), walkStockAlerts(db)]);
  expect(await dueNow()).toEqual([ids[0]]);
  expect(await walkStockAlerts(db)).toBe(false);
  expect(await db('availability_walks')).toEqual([]);
  await look();
  for (const [id, status] of [
    [ids[0]!, 'told'],
    [ids[1]!, 'waiting'],
    [other, 'waiting'],
  ] as const)
    expect(await statusOf(id)).toBe(status);
  await deleteBuffer(db, buffer.id, at);
});

test('who waits for several hears of them in one mail', async () => {
  const skus = [await warehouse.freshSku(), await warehouse.freshSku()];
  const ids = [await waits(skus[0]!, 'eve@example.org'), await waits(skus[1]!, 'Eve@example.org')];
  for (const sku of skus) await warehouse.receive(sku, 'alpha', 1);
  await look();
  const told = [...(await toldTo('eve@example.org')), ...(await toldTo('Eve@example.org'))];
  expect(told.map(({ items }) => items.map(({ sku }) => sku))).toEqual([skus]);
  for (const id of ids) expect(await statusOf(id)).toBe('told');
});

test('who has had enough, or waited too long, is forgotten', async () => {
  const sku = await warehouse.freshSku();
  const [left, late] = [await waits(sku, 'fay@example.org'), await waits(sku, 'gus@example.org')];
  for (const _ of [1, 2]) await cancelStockAlert(warehouse.db, { id: left, at });
  await expireStockAlerts(warehouse.db, { at: after(alertWithinMs) });
  await warehouse.receive(sku, 'alpha', 5);
  await look();
  expect([await statusOf(left), await statusOf(late)]).toEqual(['cancelled', 'expired']);
  // A new wish is a new alert.
  const again = await waits(sku, 'fay@example.org');
  expect(again).not.toBe(left);
  await look();
  expect(await statusOf(again)).toBe('told');
});

test('several who look at once while goods come tell each exactly once', async () => {
  for (let run = 0; run < 5; run += 1) {
    const sku = await warehouse.freshSku();
    const addresses = Array.from({ length: 20 }, (_, n) => `many-${run}-${n}@example.org`);
    const ids = await Promise.all(addresses.map((email) => waits(sku, email)));
    await Promise.all([look(), warehouse.receive(sku, 'alpha', 1), look(), look()]);
    await look();
    for (const email of addresses) expect(await toldTo(email)).toHaveLength(1);
    for (const id of ids) expect(await statusOf(id)).toBe('told');
  }
});

test('an address is not filled by others', async () => {
  const skus = await Promise.all(Array.from({ length: 51 }, () => warehouse.freshSku()));
  for (const sku of skus.slice(0, 50)) await ask(sku, 'hal@example.org');
  await expect(ask(skus[50]!, 'hal@example.org')).rejects.toThrow('invalid');
  await ask(skus[0]!, 'hal@example.org');
});
