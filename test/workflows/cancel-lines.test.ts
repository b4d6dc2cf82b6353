import { findPaymentDifferences } from '../../store/payment/find-payment-differences';
import { mailsOf } from '../support/mails';
import { openShop, piecePrice, shippingPrice, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let shop: Shop;

beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
});
afterAll(() => system?.stop());

const cancel = (
  id: string,
  lines: { lineId: string; quantity: number }[],
  key?: string,
): Promise<OrderView> =>
  shop.as.support.post<OrderView>(
    `/v1/orders/${id}/cancel`,
    { reason: 'needs fewer', lines },
    { ...(key === undefined ? {} : { idempotencyKey: key }) },
  );

const stateOf = (view: OrderView): object[] => view.lines.map((line: OrderView) => line.byState);
const openStock = async (sku: string): Promise<object> => {
  const { items } = await shop.as.warehouse.get<OrderView>('/v1/stock', { sku });
  const [{ allocated, available }] = items;
  return { allocated, available };
};

test('some pieces are cancelled once, their stock is free, and the last piece is the order', async () => {
  await shop.stock('CL-A', { north: 5 });
  await shop.stock('CL-B', { south: 5 });
  const lines = [
    { sku: 'CL-A', quantity: 3 },
    { sku: 'CL-B', quantity: 1 },
  ];
  const { id } = await shop.place({ reference: 'lines-1', lines });
  const placed = await shop.order(id);
  expect(placed.allowedActions).toContain('cancelLines');
  const [a, b] = placed.lines;
  const asked = [
    { lineId: a.id, quantity: 2 },
    { lineId: b.id, quantity: 1 },
  ];
  const after = await cancel(id, asked, 'lines-1');
  expect(stateOf(after)).toEqual([{ allocated: 1, cancelled: 2 }, { cancelled: 1 }]);
  expect(await cancel(id, asked, 'lines-1')).toEqual(after);
  expect(await openStock('CL-A')).toEqual({ allocated: 1, available: 4 });
  expect(await openStock('CL-B')).toEqual({ allocated: 0, available: 5 });
  expect(after.fulfillments.map((work: OrderView) => work.status).sort()).toEqual(['allocated', 'cancelled']);

  const work = after.fulfillments.find((each: OrderView) => each.status === 'allocated');
  await shop.pack(after, work.id);
  await expect(cancel(id, [{ lineId: a.id, quantity: 1 }])).resolves.toMatchObject({ status: 'cancelled' });
});

test('what is left is captured, the customer is told, and packed pieces are refused', async () => {
  await shop.stock('CL-C', { north: 5 });
  await shop.stock('CL-D', { south: 5 });
  const { id } = await shop.place({
    reference: 'lines-2',
    lines: [
      { sku: 'CL-C', quantity: 3 },
      { sku: 'CL-D', quantity: 1 },
    ],
  });
  const placed = await shop.order(id);
  const [c, d] = placed.lines;
  const southern = placed.fulfillments.find((work: OrderView) => work.locationId === 'south');
  await shop.pack(placed, southern.id);
  await expect(cancel(id, [{ lineId: d.id, quantity: 1 }])).rejects.toMatchObject({
    status: 409,
    problem: { detail: expect.stringContaining('1 packed'), allowed: expect.arrayContaining(['cancel']) },
  });
  await expect(cancel(id, [{ lineId: 'none', quantity: 1 }])).rejects.toMatchObject({ status: 422 });
  await cancel(id, [{ lineId: c.id, quantity: 2 }]);
  const fewer = await shop.order(id);
  await shop.pack(fewer, fewer.fulfillments.find((work: OrderView) => work.locationId === 'north').id);
  const booked = await shop.untilOrder(id, (view) =>
    view.fulfillments.every((work: OrderView) => work.packages[0]?.trackingNumber),
  );
  for (const each of booked.fulfillments) await shop.as.warehouse.post(`/v1/fulfillments/${each.id}/ship`);
  await shop.untilEvent(id, 'paymentCaptured', 2);
  const shipped = await shop.order(id);
  expect(shipped.payments[0].captured.amount).toBe(2 * piecePrice + shippingPrice);
  expect(await mailsOf(system.db, id, 'linesCancelled')).toMatchObject([
    { data: { lines: [{ sku: 'CL-C', quantity: 2 }], moneyReturned: { amount: 0 } } },
  ]);
  await shop.report(shipped, 'delivered');
  await shop.untilEvent(id, 'delivered', 2);
  await shop.fastForward(id, 'P15D');
  const ended = await shop.untilOrder(id, (view) => view.status === 'completed');
  expect(ended.payments[0]).toMatchObject({
    captured: { amount: 2 * piecePrice + shippingPrice },
    refunded: { amount: 0 },
  });
});

test('of a transfer that has not come yet exactly what is left is asked for, and no cent more is taken', async () => {
  await shop.stock('CL-F', { north: 2 });
  const eur = (amount: number) => ({ amount, currency: 'EUR' });
  const { id } = await shop.place({
    ...{ reference: 'lines-5', lines: [{ sku: 'CL-F', quantity: 4 }], tenders: [{ method: 'bankTransfer' }] },
  });
  const placed = await shop.order(id);
  const [line] = placed.lines;
  const pay = (amount: number, reference: string) =>
    shop.as.admin.post(`/v1/orders/${id}/payments`, { amount: eur(amount), reference });
  // Nobody was shown the order yet: it is simply smaller. A part of the money comes in between.
  const first = await cancel(id, [{ lineId: line.id, quantity: 1 }]);
  expect(stateOf(first)).toEqual([{ allocated: 2, backordered: 1 }]);
  expect(first.payments).toMatchObject([{ amount: eur(3 * piecePrice + shippingPrice), captured: eur(0) }]);
  await pay(piecePrice, 'BANK-CL-5a');
  const second = await cancel(id, [{ lineId: line.id, quantity: 2 }]);
  const due = piecePrice + shippingPrice;
  expect(stateOf(second)).toEqual([{ allocated: 1 }]);
  expect(second.payments).toMatchObject([{ amount: eur(due), captured: eur(piecePrice) }]);
  expect(second.total).toEqual(eur(due));
  // The customer transfers a cent more than is left: it is told, and not taken.
  await pay(shippingPrice + 1, 'BANK-CL-5b');
  await expect(pay(1, 'BANK-CL-5c')).rejects.toThrow(/409/);
  await shop.untilEvent(id, 'workReleased');
  const received = await system
    .db('order_events')
    .where({ order_id: id, type: 'transferReceived' })
    .orderBy('id');
  expect(received.map(({ data }) => data.overpaid)).toEqual([0, 1]);
  const work = (await shop.order(id)).fulfillments[0];
  await shop.pack(await shop.order(id), work.id);
  await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ship`);
  const done = await shop.untilOrder(id, ({ lines }) => lines[0].byState.shipped === 1);
  expect(done.payments).toMatchObject([
    { status: 'captured', amount: eur(due), captured: eur(due), refunded: eur(0) },
  ]);
  expect(await findPaymentDifferences(system.db)).toEqual([]);
});

test('prepaid pieces that wait for stock are refunded, and those who wait next get what comes free', async () => {
  await shop.stock('CL-E', { north: 1 });
  const transfer = { tenders: [{ method: 'bankTransfer' }] };
  const { id } = await shop.place({
    reference: 'lines-3',
    lines: [{ sku: 'CL-E', quantity: 3 }],
    ...transfer,
  });
  const placed = await shop.order(id);
  const [line] = placed.lines;
  await shop.as.admin.post(`/v1/orders/${id}/payments`, { amount: placed.total, reference: 'BANK-CL-3' });
  await shop.untilEvent(id, 'workReleased');
  const next = await shop.place({ reference: 'lines-4', lines: [{ sku: 'CL-E', quantity: 1 }] });
  const after = await cancel(id, [{ lineId: line.id, quantity: 2 }]);
  expect(stateOf(after)).toEqual([{ allocated: 1, cancelled: 2 }]);
  const refunded = await shop.untilOrder(id, (view) => view.payments[0].refunded.amount > 0);
  expect(refunded.payments[0].refunded.amount).toBe(2 * piecePrice);
  expect(refunded.waitingFor.map((wait: OrderView) => wait.what)).not.toContain('stock');
  // The last piece is the order: all money goes back, and its stock to the one who waits.
  expect(await cancel(id, [{ lineId: line.id, quantity: 1 }])).toMatchObject({ status: 'cancelled' });
  const over = await shop.untilOrder(id, (view) => view.payments[0].refunded.amount === placed.total.amount);
  expect(over.waitingFor).toEqual([]);
  await shop.untilOrder(next.id, (view) => view.lines[0].byState.allocated === 1);
});
