import type { MailRequest } from '../../domain/mails';
import type { PlacedOrder } from '../../domain/order/types';
import { saveSupplier } from '../../store/purchasing/save-supplier';
import { createPurchaseOrder } from '../../store/purchasing/create-purchase-order';
import { confirmPurchaseOrder } from '../../store/purchasing/confirm-purchase-order';
import { cancelPurchaseOrder } from '../../store/purchasing/give-up-purchase-order';
import { receivePurchaseOrder } from '../../store/purchasing/receive-purchase-order';
import { sendPurchaseOrder } from '../../store/purchasing/send-purchase-order';
import { findOrder } from '../../store/read/find-order';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { promiseAnew } from '../../relay/follow-supply';
import { at, atMinute, openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse();
  await saveSupplier(warehouse.db, {
    ...{ id: 'mill', name: 'Mill', email: null, locale: 'en', locationId: null },
    ...{ currency: 'EUR', leadTimeDays: 10, overPercent: 0 },
  });
});
afterAll(() => warehouse?.close());

const inDays = (days: number): string => atMinute(days * 24 * 60);
const follow = () =>
  promiseAnew({
    store: warehouse.store,
    orderUrl: (id) => `https://shop.test/o/${id}`,
    now: () => new Date(at),
    onError: (error) => {
      throw error;
    },
  });

let keys = 0;
async function buy(sku: string, quantity: number, days: number, locationId = 'alpha') {
  const { db } = warehouse;
  const key = `po-${(keys += 1)}`;
  const created = await createPurchaseOrder(db, {
    ...{ key, supplierId: 'mill', locationId, lines: [{ sku, quantity }], actor: 'test', at },
    expectedAt: inDays(days),
  });
  if (created.outcome !== 'created') throw new Error('refused');
  const command = (name: string) => ({
    purchaseOrderId: created.id,
    key: `${key}:${name}`,
    actor: 'test',
    at,
  });
  await sendPurchaseOrder(db, command('send'));
  return {
    id: created.id,
    confirm: (expected: number, onDay: number) =>
      confirmPurchaseOrder(db, {
        ...command(`confirm-${(keys += 1)}`),
        lines: [{ sku, quantity: expected, expectedAt: inDays(onDay) }],
      }),
    receive: (pieces: number) =>
      receivePurchaseOrder(db, { ...command('receive'), lines: [{ sku, quantity: pieces, damaged: 0 }] }),
    cancel: () => cancelPurchaseOrder(db, command('cancel')),
  };
}

/** An order that waits and whose customer was told so. */
async function waitFor(sku: string, quantity: number, minute: number): Promise<PlacedOrder> {
  const order = await warehouse.recordOrder({ lines: [{ sku, quantity }], at: atMinute(minute) });
  await warehouse.source(order);
  await warehouse.store.tellFirstPromise({ orderId: order.id, lineIds: order.lines.map(({ id }) => id) });
  return order;
}

async function promisesOf(order: PlacedOrder): Promise<[number, string][]> {
  const rows = await warehouse
    .db('backorder_promises as p')
    .join('backorders as b', 'b.id', 'p.backorder_id')
    .join('incoming_supply as i', 'i.id', 'p.supply_id')
    .where('b.order_id', order.id)
    .orderBy('i.expected_at')
    .select('p.quantity', 'i.expected_at');
  return rows.map((row) => [row.quantity, row.expected_at.toISOString()]);
}

async function mailsTo(order: PlacedOrder): Promise<{ isWorse: boolean; lines: object[] }[]> {
  const rows = await warehouse.db('outbox').where({ order_id: order.id, kind: 'mail' }).orderBy('id');
  return rows.map((row) => (row.payload as MailRequest).data as never);
}

test('who waits is promised what comes, in order, and shown from which purchase order', async () => {
  const sku = await warehouse.freshSku();
  const first = await waitFor(sku, 3, 1);
  const second = await waitFor(sku, 4, 2);
  await warehouse.store.recordStep({
    ...{ orderId: first.id, at },
    waits: [{ key: 'backorder', what: 'stock to come in', until: inDays(30), then: 'given up' }],
  });
  const order = await buy(sku, 5, 12);
  await buy(sku, 5, 20);
  await follow();
  expect(await promisesOf(first)).toEqual([[3, inDays(12)]]);
  expect(await promisesOf(second)).toEqual([
    [2, inDays(12)],
    [2, inDays(20)],
  ]);
  const { waitingFor } = (await findOrder(warehouse.db, first.id))!;
  const wait = waitingFor.find(({ supplies }) => supplies !== undefined)!;
  expect(wait.supplies).toMatchObject([
    { sku, quantity: 3, purchaseOrderId: order.id, expectedAt: inDays(12) },
  ]);
  expect(wait.what).toMatch(
    new RegExp(`^stock to come in: 3 × ${sku} by Saturday 14 March 2026 with PO-\\d+$`),
  );
  // A date that was not known before is news, told once.
  expect(await mailsTo(first)).toMatchObject([
    { isWorse: false, lines: [{ quantity: 3, expectedAt: inDays(12) }] },
  ]);
  expect(await mailsTo(second)).toMatchObject([{ lines: [{ quantity: 4, expectedAt: inDays(20) }] }]);
});

test('each customer whose date got worse is told once for each change, and nobody else', async () => {
  const sku = await warehouse.freshSku();
  const order = await buy(sku, 4, 10);
  const other = await buy(sku, 9, 11);
  const first = await waitFor(sku, 4, 1);
  const second = await waitFor(sku, 2, 2);
  await Promise.all([follow(), follow()]);
  expect(await mailsTo(first)).toEqual([]);

  // Two days later: the second order's supply comes first now, and nobody has lost more than a day.
  await order.confirm(4, 12);
  await Promise.all([follow(), follow(), follow()]);
  expect(await promisesOf(first)).toEqual([[4, inDays(11)]]);
  expect(await mailsTo(first)).toMatchObject([{ isWorse: true, lines: [{ expectedAt: inDays(11) }] }]);
  expect(await mailsTo(second)).toEqual([]);

  // Hours do not matter to anybody.
  await warehouse
    .db('incoming_supply')
    .where('purchase_order_id', other.id)
    .update({ expected_at: new Date(Date.parse(inDays(11)) + 3_600_000) });
  await follow();
  expect(await mailsTo(first)).toHaveLength(1);

  await other.cancel();
  await follow();
  expect(await promisesOf(first)).toEqual([[4, inDays(12)]]);
  expect(await mailsTo(first)).toHaveLength(2);
  expect(await mailsTo(second)).toMatchObject([
    { isWorse: true, lines: [{ expectedAt: null, isUndated: true }] },
  ]);
  await follow();
  expect(await mailsTo(first)).toHaveLength(2);
  expect(await warehouse.db('supply_changes').where({ sku })).toEqual([]);
});

test('what arrives early or short serves the first, and the rest is promised anew', async () => {
  const sku = await warehouse.freshSku();
  const order = await buy(sku, 6, 10);
  const first = await waitFor(sku, 4, 1);
  const second = await waitFor(sku, 4, 2);
  await follow();
  expect(await promisesOf(second)).toEqual([[2, inDays(10)]]);
  await order.receive(5);
  await follow();
  expect(await promisesOf(first)).toEqual([]);
  expect(await warehouse.db('fulfillment_lines').where({ sku }).pluck('quantity')).toEqual([4, 1]);
  expect(await promisesOf(second)).toEqual([[1, inDays(10)]]);
  await buy(sku, 10, 30);
  await follow();
  expect(await promisesOf(second)).toEqual([
    [1, inDays(10)],
    [2, inDays(30)],
  ]);
  await warehouse.store.giveUpBackorders({ orderId: second.id, at });
  await follow();
  expect(await promisesOf(second)).toEqual([]);
  expect((await findStockDifferences(warehouse.db)).filter((each) => each.sku === sku)).toEqual([]);
});

test('whoever was not told to wait yet hears the date with that news alone', async () => {
  const sku = await warehouse.freshSku();
  await buy(sku, 6, 10);
  const order = await warehouse.recordOrder({ lines: [{ sku, quantity: 2 }] });
  await warehouse.source(order);
  await follow();
  expect(await mailsTo(order)).toEqual([]);
  const ask = () =>
    warehouse.store.tellFirstPromise({ orderId: order.id, lineIds: order.lines.map(({ id }) => id) });
  const told = [{ lineId: order.lines[0]!.id, expectedAt: inDays(10) }];
  // The second time as when the first answer was lost.
  expect([await ask(), await ask()]).toEqual([told, told]);
  await follow();
  expect(await mailsTo(order)).toEqual([]);
});
