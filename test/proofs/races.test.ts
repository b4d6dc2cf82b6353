import { ApiProblem } from '../../api/client';
import { findPaymentDifferences } from '../../store/payment/find-payment-differences';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { openShop, piecePrice, shippingPrice, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let shop: Shop;

beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
});
afterAll(() => system?.stop());

/** Whatever was raced: the counters must be what their ledgers come to. */
afterEach(async () => {
  expect(await findStockDifferences(system.db)).toEqual([]);
  expect(await findPaymentDifferences(system.db)).toEqual([]);
});

interface Books {
  amount: number;
  captured: number;
  refunded: number;
  voided: number;
  captures: object[];
}
async function booksOf(orderId: string): Promise<Books[]> {
  const answer = await fetch(`${system.config.sandbox.url}/payments/authorizations?orderId=${orderId}`);
  return ((await answer.json()) as { items: Books[] }).items;
}

const stockOf = async (sku: string): Promise<OrderView> =>
  (await shop.as.warehouse.get<OrderView>('/v1/stock', { sku })).items[0];

/** The status of each answer, refusals included. */
async function statuses(asked: Promise<unknown>[]): Promise<(number | 'ok')[]> {
  const answers = await Promise.allSettled(asked);
  return answers.map((answer) => {
    if (answer.status === 'fulfilled') return 'ok';
    if (answer.reason instanceof ApiProblem) return answer.reason.status;
    throw answer.reason;
  });
}

async function packedOrder(sku: string, quantity = 1, reference = `${sku}-1`): Promise<OrderView> {
  await shop.stock(sku, { north: quantity });
  const placed = await shop.place({ reference, lines: [{ sku, quantity }] });
  const view = await shop.order(placed.id);
  await shop.pack(view, view.fulfillments[0].id);
  return shop.order(placed.id);
}

async function deliveredOrder(sku: string, quantity: number): Promise<OrderView> {
  const view = await packedOrder(sku, quantity);
  await shop.as.warehouse.post(`/v1/fulfillments/${view.fulfillments[0].id}/ship`);
  await shop.report(view, 'delivered');
  return shop.untilOrder(
    view.id,
    (each) =>
      each.paymentStatus === 'captured' &&
      each.waitingFor.some((wait: OrderView) => /return window/.test(wait.what)),
  );
}

test('the same order handed in four times at the same instant is one order', async () => {
  await shop.stock('SAME', { north: 9 });
  const body = orderBodyOf('same-1', 'SAME');
  const send = () =>
    fetch(`${system.apiUrl}/v1/orders`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${system.keys.channel}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  const answers = await Promise.all([send(), send(), send(), send()]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 202]);
  const receipts = (await Promise.all(answers.map((answer) => answer.json()))) as {
    id: string;
    number: string;
  }[];
  expect(new Set(receipts.map(({ id, number }) => `${id} ${number}`)).size).toBe(1);
  await shop.untilOrder(receipts[0]!.id, (view) => view.status === 'confirmed');
  expect(await booksOf(receipts[0]!.id)).toHaveLength(1);
  expect(await stockOf('SAME')).toMatchObject({ allocated: 1 });
});

test('the same Idempotency-Key twice at once is one request with one answer', async () => {
  await shop.stock('KEYED', {});
  const movements = [{ sku: 'KEYED', locationId: 'north', type: 'receipt', quantity: 3 }];
  const send = () =>
    shop.as.warehouse.post('/v1/stock/movements', { movements }, { idempotencyKey: 'race-key-1' });
  const [first, ...others] = await Promise.all([send(), send(), send(), send()]);
  expect(others).toEqual([first, first, first]);
  expect(await stockOf('KEYED')).toMatchObject({ onHand: 3 });
});

test('the same Idempotency-Key for two different requests at once: one is refused', async () => {
  await shop.stock('KEYED-2', {});
  const send = (quantity: number) =>
    shop.as.warehouse.post(
      '/v1/stock/movements',
      { movements: [{ sku: 'KEYED-2', locationId: 'north', type: 'receipt', quantity }] },
      { idempotencyKey: 'race-key-2' },
    );
  expect((await statuses([send(1), send(1), send(2)])).filter((status) => status === 422)).not.toEqual([]);
  expect([1, 2]).toContain((await stockOf('KEYED-2')).onHand);
});

test('two orders for the last piece: one is confirmed, the other waits for stock', async () => {
  await shop.stock('LAST', { north: 1 });
  const placed = await Promise.all(
    [1, 2].map((n) => shop.place({ reference: `last-${n}`, lines: [{ sku: 'LAST', quantity: 1 }] })),
  );
  expect(placed.map(({ decision }) => decision).sort()).toEqual(['backordered', 'confirmed']);
  expect(await stockOf('LAST')).toMatchObject({ onHand: 1, allocated: 1, available: 0 });
});

test('cancelling against shipping at the same instant: one wins, and stock and money agree', async () => {
  for (let run = 1; run <= 4; run += 1) {
    const sku = `CANCEL-SHIP-${run}`;
    const view = await packedOrder(sku);
    const answers = await statuses([
      shop.as.support.post(`/v1/orders/${view.id}/cancel`, { reason: 'customerRequest' }),
      shop.as.warehouse.post(`/v1/fulfillments/${view.fulfillments[0].id}/ship`),
    ]);
    expect([...answers].sort()).toEqual([409, 'ok']);
    const total = piecePrice + shippingPrice;
    if (answers[0] === 'ok') {
      await shop.untilOrder(view.id, (each) => each.status === 'cancelled' && each.waitingFor.length === 0);
      expect(await booksOf(view.id)).toMatchObject([{ captured: 0, voided: total }]);
      expect(await stockOf(sku)).toMatchObject({ onHand: 1, allocated: 0 });
    } else {
      await shop.untilOrder(view.id, (each) => each.paymentStatus === 'captured');
      expect(await booksOf(view.id)).toMatchObject([{ captured: total, voided: 0 }]);
      expect(await stockOf(sku)).toMatchObject({ onHand: 0, allocated: 0 });
    }
  }
});

test('the deadline against packing at the same instant: the work is done once, here or elsewhere', async () => {
  for (let run = 1; run <= 3; run += 1) {
    const sku = `DEADLINE-${run}`;
    await shop.stock(sku, { north: 1, south: 1 });
    const placed = await shop.place({ reference: `deadline-${run}`, lines: [{ sku, quantity: 1 }] });
    const view = await shop.order(placed.id);
    const [packed] = await statuses([
      shop.pack(view, view.fulfillments[0].id),
      shop.fastForward(placed.id, 'P3D'),
    ]);
    const after = await shop.untilOrder(placed.id, (each) =>
      each.fulfillments.some((work: OrderView) =>
        packed === 'ok'
          ? work.packages[0]?.trackingNumber
          : work.locationId !== view.fulfillments[0].locationId,
      ),
    );
    const standing = after.fulfillments.filter((work: OrderView) => work.status !== 'cancelled');
    expect(standing).toHaveLength(1);
    expect(after.lines[0].byState).toEqual({ [standing[0].status]: 1 });
  }
});

test('two returns of the same piece at once: one is opened, one refund goes out', async () => {
  const view = await deliveredOrder('TWICE-BACK', 1);
  const ask = () =>
    shop.as.support.post('/v1/returns', {
      orderId: view.id,
      lines: [{ lineId: view.lines[0].id, quantity: 1, reason: 'changedMind' }],
      mode: 'keep',
      refundTo: 'tenders',
    });
  expect((await statuses([ask(), ask(), ask()])).sort()).toEqual([422, 422, 'ok']);
  await shop.untilOrder(view.id, (each) => each.paymentStatus === 'refunded');
  expect(await booksOf(view.id)).toMatchObject([{ refunded: piecePrice + shippingPrice }]);
});

test('refunds of two returns at once sum to the cent, the shipping fee with the last', async () => {
  const view = await deliveredOrder('TWO-RETURNS', 3);
  const ask = (quantity: number) =>
    shop.as.support.post('/v1/returns', {
      orderId: view.id,
      lines: [{ lineId: view.lines[0].id, quantity, reason: 'changedMind' }],
      mode: 'keep',
      refundTo: 'tenders',
    });
  expect(await statuses([ask(1), ask(2)])).toEqual(['ok', 'ok']);
  const done = await shop.untilOrder(view.id, (each) => each.paymentStatus === 'refunded');
  const total = 3 * piecePrice + shippingPrice;
  expect(done.payments[0].refunded.amount).toBe(total);
  expect(await booksOf(view.id)).toMatchObject([{ captured: total, refunded: total }]);
});

test('a transfer reported twice with the same bank reference is one payment', async () => {
  await shop.stock('BANKED', { north: 1 });
  const placed = await shop.place({
    ...{ reference: 'banked-1', lines: [{ sku: 'BANKED', quantity: 1 }] },
    tenders: [{ method: 'bankTransfer' }],
  });
  const half = { amount: { amount: 1000, currency: 'EUR' }, reference: 'BANK-77' };
  const tell = () => shop.as.support.post(`/v1/orders/${placed.id}/payments`, half);
  expect(await statuses([tell(), tell(), tell()])).toEqual(['ok', 'ok', 'ok']);
  expect((await shop.order(placed.id)).payments[0].captured.amount).toBe(1000);
});

test('carrier events that come twice and backwards, before anybody told that the parcel left', async () => {
  const view = await packedOrder('BACKWARDS');
  const [{ trackingNumber }] = view.fulfillments[0].packages;
  const event = (status: string, minute: number) => ({
    ...{ id: `${trackingNumber}-${status}`, trackingNumber, status },
    occurredAt: new Date(Date.now() - 600_000 + minute * 60_000).toISOString(),
  });
  const tell = (...events: object[]) => shop.as.carrier.post('/v1/carriers/sandbox/events', { events });
  const [transit, out, delivered] = [
    event('inTransit', 1),
    event('outForDelivery', 2),
    event('delivered', 3),
  ];
  await tell(delivered, delivered);
  await Promise.all([tell(out, transit), tell(transit, out), tell(delivered)]);
  await shop.as.warehouse.post(`/v1/fulfillments/${view.fulfillments[0].id}/ship`);
  const done = await shop.untilOrder(
    view.id,
    (each) =>
      each.paymentStatus === 'captured' &&
      each.waitingFor.some((wait: OrderView) => /return window/.test(wait.what)),
  );
  expect(done.lines[0].byState).toEqual({ delivered: 1 });
  expect(done.fulfillments[0].packages[0].status).toBe('delivered');
  expect(await booksOf(view.id)).toMatchObject([{ captures: [{}], captured: piecePrice + shippingPrice }]);
  expect(await stockOf('BACKWARDS')).toMatchObject({ onHand: 0, allocated: 0 });
});

test('two people cancel at once: both are told that it is done, the money goes back once', async () => {
  await shop.stock('TWO-CANCEL', { north: 1 });
  const placed = await shop.place({ reference: 'two-cancel-1', lines: [{ sku: 'TWO-CANCEL', quantity: 1 }] });
  const cancel = () => shop.as.support.post(`/v1/orders/${placed.id}/cancel`, { reason: 'customerRequest' });
  const answers = await statuses([cancel(), cancel()]);
  expect(answers).toContain('ok');
  await shop.untilOrder(placed.id, (each) => each.status === 'cancelled' && each.waitingFor.length === 0);
  expect(await booksOf(placed.id)).toMatchObject([{ captured: 0, voided: piecePrice + shippingPrice }]);
  const mails = await system.db('outbox').where({ order_id: placed.id, kind: 'mail' }).select('payload');
  expect(mails.map((row) => row.payload.template).sort()).toEqual(['cancelled', 'orderConfirmed']);
});

/** The body of an order as the shop sends it, for whoever wants to see the answer's status. */
function orderBodyOf(reference: string, sku: string): object {
  const money = (amount: number) => ({ amount, currency: 'EUR' });
  const total = piecePrice + shippingPrice;
  return {
    channel: 'web',
    externalReference: reference,
    currency: 'EUR',
    customer: { email: 'anna@example.org', name: 'Anna Bianchi' },
    shippingAddress: {
      name: 'Anna Bianchi',
      line1: 'Via Roma 12',
      postalCode: '40121',
      city: 'Bologna',
      country: 'IT',
    },
    lines: [{ sku, quantity: 1, unitPrice: money(piecePrice), taxRateBps: 2200 }],
    shipping: { method: 'standard', price: money(shippingPrice) },
    delivery: { mode: 'ship' },
    tenders: [{ method: 'card', token: 'tok_ok', amount: money(total) }],
    total: money(total),
  };
}
