import type { MailRequest } from '../../domain/mails';
import { reorder } from '../../relay/replenish';
import { editPurchaseOrder } from '../../store/purchasing/edit-purchase-order';
import { cancelPurchaseOrder } from '../../store/purchasing/give-up-purchase-order';
import { receivePurchaseOrder } from '../../store/purchasing/receive-purchase-order';
import { saveSupplier } from '../../store/purchasing/save-supplier';
import { saveSupplierItem } from '../../store/purchasing/save-supplier-item';
import { sendPurchaseOrder } from '../../store/purchasing/send-purchase-order';
import { listReorderProposals } from '../../store/reorder/list-reorder-proposals';
import { saveReorderPoint, type SaveReorderPointInput } from '../../store/reorder/save-reorder-point';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { recordMovement } from '../../store/stock/record-movement';
import { at, atMinute, openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse();
});
afterAll(async () => {
  expect(await findStockDifferences(warehouse.db)).toEqual([]);
  await warehouse.close();
});

let serial = 0;
async function supplier(skus: string[], more: object = {}): Promise<string> {
  const id = `supplier-${(serial += 1)}`;
  await saveSupplier(warehouse.db, {
    ...{ id, name: id, email: `${id}@mill.test`, locale: 'en', locationId: null },
    ...{ currency: 'EUR', leadTimeDays: 4, overPercent: 0, ...more },
  });
  for (const sku of skus) await sells(id, sku);
  return id;
}
const sells = (supplierId: string, sku: string) =>
  saveSupplierItem(warehouse.db, {
    supplierId,
    item: { sku, supplierSku: null, cost: null, packSize: 6, minimumQuantity: 1 },
  });
async function setPoint(sku: string, more: Partial<SaveReorderPointInput> = {}): Promise<void> {
  const saved = await saveReorderPoint(warehouse.db, {
    ...{ sku, locationId: 'alpha', mode: 'propose', levels: { point: 5, target: 20 }, supplierId: null },
    ...{ owner: 'purchasing', serviceLevel: 95, coverDays: 30, at, ...more },
  });
  expect(saved.outcome).toBe('saved');
}
const look = (office: { mail: string; url: string } | null = null, when = at) =>
  reorder({
    store: warehouse.store,
    office,
    now: () => new Date(when),
    onError: (error) => {
      throw error;
    },
  });
const take = (sku: string, quantity: number) =>
  recordMovement(warehouse.db, {
    ...{ key: `take-${(serial += 1)}`, actor: 'test', at },
    movement: { sku, locationId: 'alpha', type: 'adjustment', quantity: -quantity },
  });
const proposalsOf = async (sku: string) =>
  (await listReorderProposals(warehouse.db, { limit: 100 })).items.filter((each) => each.sku === sku);
const command = (purchaseOrderId: string) => ({
  ...{ purchaseOrderId, key: `act-${(serial += 1)}`, actor: 'test', at },
});

test('a movement that brings a place to its point makes one proposal, in whole packs', async () => {
  const sku = await warehouse.freshSku();
  const id = await supplier([sku]);
  await warehouse.receive(sku, 'alpha', 10);
  await setPoint(sku);
  await look();
  await take(sku, 4);
  await look();
  expect(await proposalsOf(sku)).toEqual([]);
  await take(sku, 1);
  await look();
  expect(await proposalsOf(sku)).toMatchObject([
    {
      quantity: 18,
      isOpen: true,
      owner: 'purchasing',
      reasons: { onHand: 5, position: 5, point: 5, target: 20 },
      purchaseOrder: { status: 'draft', supplierId: id },
    },
  ]);
  expect(await warehouse.db('low_stock').where({ sku })).toEqual([]);
});

test('what is proposed beyond a line that was ordered in odd pieces needs no reason any more', async () => {
  const [sku, other] = [await warehouse.freshSku(), await warehouse.freshSku()];
  await supplier([sku, other]);
  for (const each of [sku, other]) {
    await warehouse.receive(each, 'alpha', 10);
    await setPoint(each);
  }
  await take(other, 5);
  await look();
  const { id } = (await proposalsOf(other))[0]!.purchaseOrder!;
  const added = { sku, quantity: 7, anyway: 'the rest of the last roll' };
  const edited = await editPurchaseOrder(warehouse.db, {
    ...{ ...command(id), version: 2, expectedAt: null, reference: null },
    lines: [{ sku: other, quantity: 18 }, added],
  });
  expect(edited.outcome).toBe('done');
  const lineOf = () => warehouse.db('purchase_order_lines').where({ sku }).first('quantity', 'anyway');
  expect(await lineOf()).toEqual({ quantity: 7, anyway: added.anyway });
  await take(sku, 5);
  await look();
  expect(await lineOf()).toEqual({ quantity: 18, anyway: null });
});

test('two movements at once, seen by several who look at once, make one proposal', async () => {
  for (let run = 0; run < 5; run += 1) {
    const skus = await Promise.all([1, 2, 3].map(() => warehouse.freshSku()));
    await supplier(skus);
    for (const sku of skus) {
      await warehouse.receive(sku, 'alpha', 8);
      await setPoint(sku);
    }
    await Promise.all([
      ...skus.flatMap((sku) => [take(sku, 3), take(sku, 2), take(sku, 1)]),
      ...[1, 2, 3, 4].map(() => look()),
    ]);
    await Promise.all([look(), look(), look()]);
    const drafts = new Set<string>();
    for (const sku of skus) {
      const proposals = await proposalsOf(sku);
      expect(proposals).toHaveLength(1);
      drafts.add(proposals[0]!.purchaseOrder!.id);
    }
    // One supplier, one location: one draft, with a line each.
    expect(drafts.size).toBe(1);
    expect(await warehouse.db('purchase_order_lines').whereIn('purchase_order_id', [...drafts])).toHaveLength(
      3,
    );
  }
});

test('what is on its way is not ordered again, and a new shortage is proposed anew', async () => {
  const sku = await warehouse.freshSku();
  await supplier([sku]);
  await warehouse.receive(sku, 'alpha', 5);
  await setPoint(sku);
  await look();
  const purchaseOrder = (await proposalsOf(sku))[0]!.purchaseOrder!;
  await sendPurchaseOrder(warehouse.db, command(purchaseOrder.id));
  await take(sku, 5);
  await look();
  expect(await proposalsOf(sku)).toMatchObject([{ isOpen: false, purchaseOrder: { status: 'sent' } }]);
  await receivePurchaseOrder(warehouse.db, {
    ...command(purchaseOrder.id),
    lines: [{ sku, quantity: 18, damaged: 0 }],
  });
  await take(sku, 14);
  await look();
  expect(await proposalsOf(sku)).toMatchObject([
    { isOpen: true, quantity: 18, reasons: { position: 4, incoming: 0 } },
    { purchaseOrder: { status: 'received' } },
  ]);
});

test('a draft that was cancelled is proposed again by the next movement, and not before', async () => {
  const sku = await warehouse.freshSku();
  await supplier([sku]);
  await warehouse.receive(sku, 'alpha', 3);
  await setPoint(sku);
  await look();
  const [first] = await proposalsOf(sku);
  await cancelPurchaseOrder(warehouse.db, command(first!.purchaseOrder!.id));
  await look();
  expect(await proposalsOf(sku)).toHaveLength(1);
  await take(sku, 1);
  await look();
  expect(await proposalsOf(sku)).toMatchObject([{ isOpen: true }, { isOpen: false }]);
});

test('lines that wait are owed, and an allocation brings a place to its point as well', async () => {
  const sku = await warehouse.freshSku();
  await supplier([sku]);
  await warehouse.receive(sku, 'alpha', 7);
  await setPoint(sku);
  await look();
  const order = await warehouse.recordOrder({ lines: [{ sku, quantity: 2 }] });
  await warehouse.source(order);
  await look();
  expect(await proposalsOf(sku)).toMatchObject([{ reasons: { allocated: 2, position: 5 } }]);

  const other = await warehouse.freshSku();
  await supplier([other]);
  await setPoint(other, { levels: { point: 0, target: 2 } });
  const waits = await warehouse.recordOrder({ lines: [{ sku: other, quantity: 9 }] });
  await warehouse.source(waits);
  await look();
  expect(await proposalsOf(other)).toMatchObject([{ quantity: 12, reasons: { waiting: 9, position: -9 } }]);
});

test('an order that is to be sent is sent by itself, where somebody can be written to', async () => {
  const [sku, mute] = [await warehouse.freshSku(), await warehouse.freshSku()];
  await supplier([sku]);
  await supplier([mute], { email: null });
  for (const each of [sku, mute]) await setPoint(each, { mode: 'send' });
  await Promise.all([look(), look()]);
  await look();
  const [sent] = await proposalsOf(sku);
  expect(sent).toMatchObject({ isOpen: false, purchaseOrder: { status: 'sent' } });
  expect(
    await warehouse.db('outbox').where('key', `mail:purchaseOrder:${sent!.purchaseOrder!.id}`),
  ).toHaveLength(1);
  expect(await warehouse.db('stock').where({ sku }).first('incoming')).toEqual({ incoming: 24 });
  expect(await proposalsOf(mute)).toMatchObject([{ isOpen: true, purchaseOrder: { status: 'draft' } }]);
});

test('the office is told once, also that nobody sells something; a supplier found later gets the order', async () => {
  const office = { mail: 'office@shop.test', url: 'https://shop.test/stock/low' };
  const [sku, orphan] = [await warehouse.freshSku(), await warehouse.freshSku()];
  const id = await supplier([sku]);
  for (const each of [sku, orphan]) await setPoint(each);
  await look(office);
  await look(office);
  const told = async () =>
    (await warehouse.db('outbox').where('key', 'like', 'mail:stockLow:%').orderBy('id'))
      .map((row) => row.payload as MailRequest)
      .filter(({ to }) => to === office.mail)
      .flatMap(
        ({ data }) => (data as { shortages: { sku: string; purchaseOrder: string | null }[] }).shortages,
      )
      .filter((each) => [sku, orphan].includes(each.sku));
  expect(await told()).toMatchObject([
    { sku, purchaseOrder: expect.stringMatching(/^PO-/) },
    { sku: orphan, purchaseOrder: null },
  ]);
  expect(await proposalsOf(orphan)).toMatchObject([{ isOpen: true, purchaseOrder: null }]);
  await sells(id, orphan);
  await look(office);
  const [found] = await proposalsOf(orphan);
  expect(found).toMatchObject({ isOpen: true, quantity: 24, purchaseOrder: { supplierId: id } });
  expect(await told()).toHaveLength(3);
});

test('levels follow sales and lead time, and are computed anew after a day', async () => {
  const sku = await warehouse.freshSku();
  await supplier([sku]);
  await warehouse.db('stock_ledger').insert(
    Array.from({ length: 30 }, (_, day) => ({
      ...{
        key: `sold-${sku}-${day}`,
        sku,
        location_id: 'alpha',
        cause: day === 0 ? 'shipmentTest' : 'shipment',
      },
      ...{ on_hand: 0, at: atMinute(-day * 24 * 60 - 30) },
    })),
  );
  await setPoint(sku, { levels: null });
  const read = () => warehouse.db('reorder_points').where({ sku }).first('point', 'target', 'basis');
  expect(await read()).toMatchObject({ point: 0, target: 0, basis: { sold: 0, leadTimeDays: 4, days: 29 } });

  await warehouse.receive(sku, 'alpha', 40);
  for (const quantity of [10, 15]) {
    const order = await warehouse.recordOrder({ lines: [{ sku, quantity }] });
    const { fulfillments } = await warehouse.source(order);
    const { fulfillmentId } = fulfillments[0]!;
    await warehouse.release(order, [fulfillmentId]);
    const lines = [{ lineId: order.lines[0]!.id, quantity }];
    const act = { fulfillmentId, actor: 'test', at };
    await warehouse.store.packFulfillment({
      ...{ ...act, companyPrefix: '0412345' },
      packages: [{ type: 'box', weightGrams: 1, lines }],
    });
    await warehouse.store.shipFulfillment(act);
  }
  // Five more go over the counter.
  await warehouse.db('stock').where({ sku, location_id: 'alpha' }).decrement('on_hand', 5);
  const sale = { sku, location_id: 'alpha', cause: 'tillSale', on_hand: -5, at };
  await warehouse.db('stock_ledger').insert({ key: `till-${sku}`, ...sale });
  await look(null, atMinute(24 * 60 - 1));
  expect(await read()).toMatchObject({ point: 0 });
  await look(null, atMinute(24 * 60 + 1));
  // One day of 30 pieces in 30 days: d = 1, σ = √30, L = 4.
  expect(await read()).toMatchObject({
    point: Math.ceil(4 + 1.6449 * Math.sqrt(30) * 2),
    basis: { days: 30, sold: 30, meanPerDay: 1 },
  });
  expect(await warehouse.db('stock').where({ sku }).first('reorder_point')).toEqual({
    reorder_point: Math.ceil(4 + 1.6449 * Math.sqrt(30) * 2),
  });
  expect(await proposalsOf(sku)).toHaveLength(1);
});

test('nobody looks at what is switched off', async () => {
  const sku = await warehouse.freshSku();
  await supplier([sku]);
  await warehouse.receive(sku, 'alpha', 9);
  await setPoint(sku);
  await setPoint(sku, { mode: 'off' });
  await take(sku, 9);
  expect(await warehouse.db('low_stock').where({ sku }).select('location_id')).toEqual([
    { location_id: 'alpha' },
  ]);
  await look();
  expect(await proposalsOf(sku)).toEqual([]);
});
