import { sentTransferIdOf } from '../../domain/ids';
import type { PlacedOrder } from '../../domain/order/types';
import { receiveStockTransfer } from '../../store/stock-transfer/receive-transfer';
import {
  at,
  atMinute,
  authorized,
  booked,
  companyPrefix,
  confirmed,
  inspected,
  inspection,
  packed,
  packing,
  received,
  recorded,
  reports,
  returning,
  settled,
  shipped,
  type Climber,
} from './support/ladder';
import { listPurchaseRequests } from '../../store/purchase-request/list-purchase-requests';
import { orderPurchaseRequest } from '../../store/purchase-request/order-purchase-request';
import { refusePurchaseRequest } from '../../store/purchase-request/refuse-purchase-request';
import { meeting } from '../support/meetings';
import { addPickupStore, collectedAtPlaza, sentToPlaza } from './support/pickup';
import { addSupplier } from './support/supplier';
import { openWorld, type World } from './support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await addSupplier(world);
  await addPickupStore(world);
});
afterAll(() => world?.close());

/** What people, banks and carriers report through the API; each may be told twice, or by two at once. */
interface Case {
  command: string;
  when: string;
  arrange(): Promise<{ order: PlacedOrder; run(): Promise<unknown> }>;
}

let parcels = 0;
const by = { actor: 'test', at };
const pickup = { mode: 'pickup', locationId: 'alpha' } as const;
const ready = ({ fulfillmentId }: Climber, pickupCode = 'ABC123') =>
  world.warehouse.store.readyFulfillment({
    ...by,
    fulfillmentId,
    pickupCode,
    orderUrl: 'http://localhost/o',
  });

async function pay(order: PlacedOrder, amount: number, reference: string) {
  return world.warehouse.store.receiveTransfer({
    ...{ ...by, orderId: order.id, amount, currency: 'EUR', reference, orderUrl: 'http://localhost/o' },
  });
}

const cases: Case[] = [
  {
    command: 'pickFulfillment',
    when: 'it was allocated',
    async arrange() {
      const { order, fulfillmentId } = await confirmed(world);
      return { order, run: () => world.warehouse.store.pickFulfillment({ ...by, fulfillmentId }) };
    },
  },
  {
    command: 'confirmFulfillment',
    when: 'a supplier will ship it',
    async arrange() {
      const { order, fulfillmentId } = await confirmed(world, { stock: { mill: 5 } });
      return { order, run: () => world.warehouse.store.confirmFulfillment({ ...by, fulfillmentId }) };
    },
  },
  {
    command: 'shipOwnParcels',
    when: 'a supplier books its own carrier',
    async arrange() {
      const { order, fulfillmentId } = await confirmed(world, { stock: { mill: 5 } });
      const lines = [{ lineId: order.lines[0]!.id, quantity: 3 }];
      const trackingNumber = `T-${(parcels += 1)}`;
      const packages = [{ carrier: 'gls', trackingNumber, trackingUrl: null, lines }];
      const command = { ...by, fulfillmentId, packages, companyPrefix };
      return { order, run: () => world.warehouse.store.shipOwnParcels(command) };
    },
  },
  ...(['order', 'refuse'] as const).map((answer): Case => ({
    command: `${answer}PurchaseRequest`,
    when: 'a line waits for what is to be bought',
    async arrange() {
      const { order } = await confirmed(world, { stock: { alpha: 1 } });
      await world.activities.requestPurchase({ orderId: order.id, rounds: [1], at });
      const { items } = await listPurchaseRequests(world.warehouse.db, { limit: 500 });
      const { id } = items.find(({ orderId }) => orderId === order.id)!;
      const run = () =>
        answer === 'order'
          ? orderPurchaseRequest(world.warehouse.db, { ...by, id, key: 'k', supplierId: 'mill' })
          : refusePurchaseRequest(world.warehouse.db, { ...by, id, reason: 'too dear' });
      return { order, run };
    },
  })),
  {
    command: 'packFulfillment',
    when: 'it goes into two cartons',
    async arrange() {
      const climber = await confirmed(world);
      return { order: climber.order, run: () => world.warehouse.store.packFulfillment(packing(climber, 2)) };
    },
  },
  {
    command: 'shipFulfillment',
    when: 'it is packed',
    async arrange() {
      const { order, fulfillmentId } = await booked(world);
      return { order, run: () => world.warehouse.store.shipFulfillment({ ...by, fulfillmentId }) };
    },
  },
  {
    command: 'rejectFulfillment',
    when: 'others wait for its stock',
    async arrange() {
      const { order, sku, fulfillmentId } = await confirmed(world, { stock: { alpha: 3 } });
      const waiting = await world.warehouse.recordOrder({ at: atMinute(5), lines: [{ sku, quantity: 2 }] });
      await world.warehouse.source(waiting);
      const command = { ...by, fulfillmentId, reason: 'broken' };
      return { order, run: () => world.warehouse.store.rejectFulfillment(command) };
    },
  },
  {
    command: 'rejectFulfillment',
    when: 'its goods are not there',
    async arrange() {
      const { order, fulfillmentId } = await confirmed(world, { stock: { alpha: 5 } });
      const command = { ...by, fulfillmentId, reason: 'outOfStock' };
      return { order, run: () => world.warehouse.store.rejectFulfillment(command) };
    },
  },
  {
    command: 'readyFulfillment',
    when: 'each time another code is drawn',
    async arrange() {
      const climber = await confirmed(world, pickup);
      let draws = 0;
      return { order: climber.order, run: () => ready(climber, `CODE${(draws += 1)}`) };
    },
  },
  ...[
    { when: 'all of it is good', lines: undefined },
    { when: 'one piece is damaged and one is missing', lines: { damaged: 1, missing: 1 } },
    { when: 'nothing of it is good', lines: { damaged: 2, missing: 1 } },
  ].map(({ when, lines }): Case => ({
    command: 'arriveFulfillment',
    when,
    async arrange() {
      const { order, fulfillmentId } = await sentToPlaza(world);
      const named = lines && [{ lineId: order.lines[0]!.id, ...lines }];
      const command = { ...by, fulfillmentId, ...(named && { lines: named }) };
      return { order, run: () => world.warehouse.store.arriveFulfillment(command) };
    },
  })),
  {
    command: 'arriveFulfillment',
    when: 'nobody said that it had left',
    async arrange() {
      const { order, fulfillmentId } = await booked(world, collectedAtPlaza);
      return { order, run: () => world.warehouse.store.arriveFulfillment({ ...by, fulfillmentId }) };
    },
  },
  {
    command: 'readyFulfillment',
    when: 'others still send a part of the pickup',
    async arrange() {
      const climber = await confirmed(world, { ...collectedAtPlaza, stock: { plaza: 1, alpha: 2 } });
      const own = climber.sourced.fulfillments.find(({ mode }) => mode === 'pickup')!;
      const { order } = climber;
      return { order, run: () => ready({ ...climber, fulfillmentId: own.fulfillmentId }) };
    },
  },
  {
    command: 'collectFulfillment',
    when: 'the customer shows the code',
    async arrange() {
      const climber = await confirmed(world, pickup);
      await ready(climber);
      const { order, fulfillmentId } = climber;
      return {
        order,
        run: () => world.warehouse.store.collectFulfillment({ ...by, fulfillmentId, code: 'abc123' }),
      };
    },
  },
  {
    command: 'receiveReturn',
    when: 'the parcel is back',
    async arrange() {
      const { order, returnId } = await returning(world);
      return {
        order,
        run: () => world.warehouse.store.receiveReturn({ ...by, returnId, locationId: 'beta' }),
      };
    },
  },
  {
    command: 'inspectReturn',
    when: 'one piece is sold again and one is not',
    async arrange() {
      const returner = await received(world);
      return { order: returner.order, run: () => world.warehouse.store.inspectReturn(inspection(returner)) };
    },
  },
  {
    command: 'receiveTransfer',
    when: 'it pays all',
    async arrange() {
      const { order } = await authorized(world, { tenders: [{ method: 'bankTransfer' }] });
      return { order, run: () => pay(order, order.total.amount, 'BANK-1') };
    },
  },
  {
    command: 'receiveTransfer',
    when: 'it pays a part',
    async arrange() {
      const { order } = await authorized(world, { tenders: [{ method: 'bankTransfer' }] });
      return { order, run: () => pay(order, 700, 'BANK-1') };
    },
  },
  {
    command: 'shipFulfillment',
    when: 'the goods go to a place of ours',
    async arrange() {
      const { order, fulfillmentId } = await booked(world, { toLocationId: 'beta' });
      return { order, run: () => world.warehouse.store.shipFulfillment({ ...by, fulfillmentId }) };
    },
  },
  {
    command: 'receiveStockTransfer',
    when: 'a place of ours takes in what it ordered, damaged and short',
    async arrange() {
      const { order, sku, fulfillmentId } = await shipped(world, { toLocationId: 'beta' });
      const id = sentTransferIdOf(fulfillmentId);
      const lines = [{ sku, quantity: 2, damaged: 1, surplus: 0 }];
      const command = { ...by, id, key: 'arrival', lines, closeReason: 'one is missing' };
      return { order, run: () => receiveStockTransfer(world.warehouse.db, command) };
    },
  },
  {
    command: 'recordCarrierEvents',
    when: 'a first scan tells that it left',
    async arrange() {
      const climber = await booked(world, {}, 2);
      const scans = await reports(world, climber, 'inTransit');
      return { order: climber.order, run: () => world.warehouse.store.recordCarrierEvents(scans) };
    },
  },
  {
    command: 'recordCarrierEvents',
    when: 'two parcels are delivered, and nobody had told that they left',
    async arrange() {
      const climber = await booked(world, {}, 2);
      const scans = await reports(world, climber, 'delivered');
      return { order: climber.order, run: () => world.warehouse.store.recordCarrierEvents(scans) };
    },
  },
];

/** The answer as the caller sees it: news by its key. Of reported events only the first is new. */
function answered(answer: unknown): unknown {
  const { outcome } = answer as { outcome?: string };
  return outcome ?? 'told';
}

describe.each(cases)('$command, when $when', ({ arrange }) => {
  test('has one effect when it is told twice', async () => {
    const { order, run } = await arrange();
    const before = await world.snapshot(order);
    const first = answered(await run());
    const after = await world.snapshot(order);
    expect(after).not.toEqual(before);
    expect({ answer: answered(await run()), after: await world.snapshot(order) }).toEqual({
      answer: first,
      after,
    });
  });

  test('has one effect when four tell it at the same time', async () => {
    const once = await arrange();
    const answer = answered(await once.run());
    const expected = await world.snapshot(once.order);
    const { order, run } = await arrange();
    const all = () => Promise.all([run(), run(), run(), run()]);
    const answers = await meeting(world.warehouse.db, all);
    expect(answers.map(answered)).toEqual([answer, answer, answer, answer]);
    expect(await world.snapshot(order)).toEqual(expected);
  });
});

test('what a store has made ready waits for pieces of its pickup that are being sourced anew', async () => {
  const climber = await confirmed(world, { ...collectedAtPlaza, stock: { plaza: 1, alpha: 2 } });
  const idOf = (mode: string) =>
    climber.sourced.fulfillments.find((each) => each.mode === mode)!.fulfillmentId;
  const { store, db } = world.warehouse;
  await store.rejectFulfillment({ ...by, fulfillmentId: idOf('shipToStore'), reason: 'cannotPickInTime' });
  await ready({ ...climber, fulfillmentId: idOf('pickup') });
  const own = await db('fulfillments')
    .where({ id: idOf('pickup') })
    .first('status');
  expect(own).toEqual({ status: 'atStore' });
});

describe('of two that cannot both be', () => {
  const outcomesOf = (answers: unknown[]): string[] =>
    answers.map((answer) => (answer as { outcome: string }).outcome).sort();

  test('cancelling and shipping at the same instant: one wins, and stock agrees', async () => {
    for (let run = 0; run < 10; run += 1) {
      const { order, fulfillmentId, sku } = await booked(world);
      const cancel = { orderId: order.id, reason: 'customerRequest', decision: 'cancelled' as const, ...by };
      const [cancelled, left] = await Promise.all([
        world.warehouse.store.cancelOrder(cancel),
        world.warehouse.store.shipFulfillment({ ...by, fulfillmentId }),
      ]);
      const hasWon = cancelled.outcome === 'cancelled';
      expect(left.outcome).toBe(hasWon ? 'notAllowed' : 'done');
      const row = await world.warehouse.db('fulfillments').where({ id: fulfillmentId }).first('status');
      const stock = await world.warehouse.db('stock').where({ sku }).first('on_hand', 'allocated');
      expect({ ...row, ...stock }).toEqual(
        hasWon
          ? { status: 'cancelled', on_hand: 5, allocated: 0 }
          : { status: 'shipped', on_hand: 2, allocated: 0 },
      );
    }
  });

  test('the deadline and packing at the same instant: one wins, and stock agrees', async () => {
    for (let run = 0; run < 10; run += 1) {
      const climber = await confirmed(world);
      const { order, fulfillmentId, sku } = climber;
      const from = ['allocated', 'picking'];
      const deadline = { orderId: order.id, fulfillmentId, from, reason: 'deadline', isGivenUp: false, at };
      const [expired, done] = await Promise.all([
        world.activities.expireFulfillment(deadline),
        world.warehouse.store.packFulfillment(packing(climber)),
      ]);
      const hasWon = expired.outcome === 'expired';
      expect(outcomesOf([expired, done])).toEqual(hasWon ? ['expired', 'notAllowed'] : ['acted', 'done']);
      const stock = await world.warehouse.db('stock').where({ sku }).first('allocated');
      expect(stock.allocated).toBe(hasWon ? 0 : 3);
      const cartons = await world.warehouse.db('packages').where('fulfillment_id', fulfillmentId);
      expect(cartons).toHaveLength(hasWon ? 0 : 1);
    }
  });

  test('two returns of the same piece: one is opened', async () => {
    const climber = await settled(world, { pieces: 1 });
    await world.warehouse.store.recordCarrierEvents(await reports(world, climber, 'delivered'));
    const ask = (n: number) =>
      world.activities.openReturn({
        ...{
          returnId: `ret_${climber.order.id}_${n}`,
          orderId: climber.order.id,
          actor: 'test',
          at,
          until: null,
        },
        ...{ mode: 'store', refundTo: 'tenders', cause: 'customer' },
        lines: [{ lineId: climber.order.lines[0]!.id, quantity: 1, reason: 'other' }],
      });
    expect(outcomesOf(await Promise.all([ask(1), ask(2), ask(3)]))).toEqual(['invalid', 'invalid', 'opened']);
  });

  test('packing in two ways at once: one way stands', async () => {
    const climber = await confirmed(world);
    const { store, db } = world.warehouse;
    await Promise.all([
      store.packFulfillment(packing(climber, 1)),
      store.packFulfillment(packing(climber, 3)),
      store.packFulfillment({ ...packing(climber, 2), companyPrefix }),
    ]);
    const cartons = await db('packages').where('fulfillment_id', climber.fulfillmentId).select('lines');
    const pieces = cartons.flatMap((carton) => carton.lines as { quantity: number }[]);
    expect(pieces.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(3);
  });
});

describe('what arrives in the wrong order', () => {
  test('a return is inspected before it was received: refused, and nothing moves', async () => {
    const returner = await returning(world);
    const before = await world.snapshot(returner.order);
    const answer = await world.warehouse.store.inspectReturn(inspection(returner));
    expect(answer).toMatchObject({ outcome: 'notAllowed', allowed: ['receive'] });
    expect(await world.snapshot(returner.order)).toEqual(before);
  });

  test('an inspection that does not fit is refused by what the goods are, and where it was said', async () => {
    const returner = await received(world);
    const { store } = world.warehouse;
    const { sku, title } = returner.order.lines[0]!;
    const before = await world.snapshot(returner.order);
    const fitting = inspection(returner);
    const problems = async (lines: typeof fitting.lines) => {
      const answer = await store.inspectReturn({ ...fitting, lines });
      return answer.outcome === 'invalid' ? answer.problems : answer;
    };
    expect(await problems(fitting.lines.slice(0, 1))).toEqual([
      {
        pointer: '/lines/0/quantity',
        detail: expect.stringContaining(`2 × ${title} (${sku}) were to come back, 1`),
      },
    ]);
    expect(await problems([{ ...fitting.lines[0]!, lineId: 'lin_other' }])).toEqual([
      { pointer: '/lines/0/lineId', detail: expect.stringContaining(`${title} (${sku})`) },
      { pointer: '/lines', detail: expect.stringContaining('0 are inspected') },
    ]);
    expect(await world.snapshot(returner.order)).toEqual(before);
  });

  test('a return is received again after it was refunded: nothing moves', async () => {
    const { order, returnId, returnStep } = await inspected(world);
    await world.activities.refundReturn({ ...returnStep, attempt: 1 });
    const after = await world.snapshot(order);
    await world.warehouse.store.receiveReturn({ ...by, returnId });
    await world.activities.refundReturn({ ...returnStep, attempt: 1 });
    expect(await world.snapshot(order)).toEqual(after);
  });

  test('events of a parcel come backwards and twice: it ends delivered, and the order is told once', async () => {
    const climber = await packed(world);
    await world.activities.bookShipment(climber.step);
    const { store, db } = world.warehouse;
    const delivered = await reports(world, climber, 'delivered');
    const transit = await reports(world, climber, 'inTransit');
    const early = { ...transit, reports: transit.reports.map((each) => ({ ...each, occurredAt: at })) };
    for (const told of [delivered, delivered, early, early]) await store.recordCarrierEvents(told);
    expect(await db('fulfillments').where('id', climber.fulfillmentId).first('status')).toEqual({
      status: 'delivered',
    });
    expect(await db('packages').where('fulfillment_id', climber.fulfillmentId).first('status')).toEqual({
      status: 'delivered',
    });
    const { signals, stock } = await world.snapshot(climber.order);
    expect(signals).toEqual([
      { signal: 'delivered', times: 1 },
      { signal: 'packed', times: 1 },
      { signal: 'shipped', times: 1 },
    ]);
    expect(stock).toMatchObject([{ location_id: 'alpha', on_hand: 2, allocated: 0 }]);
  });

  test('a parcel is scanned after its order was cancelled: the order stays cancelled', async () => {
    const climber = await booked(world);
    const scans = await reports(world, climber, 'delivered');
    const { store } = world.warehouse;
    await store.cancelOrder({
      ...{ ...by, orderId: climber.order.id, reason: 'customerRequest', decision: 'cancelled' },
    });
    const before = await world.snapshot(climber.order);
    await store.recordCarrierEvents(scans);
    expect(await world.snapshot(climber.order)).toEqual(before);
  });

  test('a parcel on hold is scanned all the same: what left has left', async () => {
    const climber = await booked(world);
    const terms = { owner: 'support', until: atMinute(900), then: 'tellOperations' as const };
    const hold = { key: 'k', type: 'manual' as const, reason: 'x', ...terms };
    await world.activities.placeHold({ orderId: climber.order.id, hold, ...by });
    await world.warehouse.store.recordCarrierEvents(await reports(world, climber, 'delivered'));
    expect((await world.snapshot(climber.order)).fulfillments).toMatchObject([{ status: 'delivered' }]);
  });

  test('a parcel is shipped before its label is there: it is booked all the same, once', async () => {
    const climber = await packed(world);
    await world.warehouse.store.shipFulfillment({ ...by, fulfillmentId: climber.fulfillmentId });
    await world.activities.bookShipment(climber.step);
    await world.activities.bookShipment(climber.step);
    const { carrier, packages } = await world.snapshot(climber.order);
    expect(carrier).toMatchObject([{ direction: 'outbound', status: 'booked' }]);
    expect(packages).toMatchObject([{ status: 'shipped', labelled: true }]);
  });

  test('a transfer comes for an order that is cancelled: whoever reports it is told, and nobody keeps it', async () => {
    const { order } = await authorized(world, { tenders: [{ method: 'bankTransfer' }] });
    const ask = { orderId: order.id, reason: 'paymentNotReceived', at };
    await world.activities.cancelOrder({ ...ask, actor: 'system', decision: 'cancelled' });
    await world.activities.giveMoneyBack({ ...ask, isDeclined: false });
    const before = await world.snapshot(order);
    await expect(pay(order, order.total.amount, 'BANK-1')).resolves.toMatchObject({ outcome: 'notAllowed' });
    expect(await world.snapshot(order)).toEqual(before);
  });

  test('a transfer comes while its order is cancelled: it goes back, or was never taken', async () => {
    for (let run = 0; run < 8; run += 1) {
      const { order } = await authorized(world, { tenders: [{ method: 'bankTransfer' }] });
      const ask = { orderId: order.id, reason: 'paymentNotReceived', at };
      const cancel = async () => {
        await world.activities.cancelOrder({ ...ask, actor: 'system', decision: 'cancelled' });
        await world.activities.giveMoneyBack({ ...ask, isDeclined: false });
      };
      const [paid] = await Promise.all([pay(order, order.total.amount, 'BANK-1'), cancel()]);
      const taken = paid.outcome === 'done' ? order.total.amount : 0;
      expect((await world.snapshot(order)).payments).toMatchObject([{ captured: taken, refunded: taken }]);
    }
  });

  test('a transfer for an order that nobody knows, and one above what is due', async () => {
    const { order } = await recorded(world, { tenders: [{ method: 'bankTransfer' }] });
    await expect(pay({ ...order, id: 'ord_x' }, 100, 'BANK-9')).resolves.toMatchObject({
      outcome: 'notFound',
    });
    await pay(order, order.total.amount + 500, 'BANK-1');
    await expect(pay(order, 500, 'BANK-2')).resolves.toMatchObject({ outcome: 'notAllowed' });
    expect((await world.snapshot(order)).payments).toMatchObject([{ captured: order.total.amount }]);
  });
});

test('two refunds of one order sum to what was paid, to the cent', async () => {
  // 3 pieces of 12.20 paid with 7.77 of a gift card; the first return takes one piece, the second the rest.
  const climber = await shipped(world, { giftCard: 777 });
  await world.activities.settleShipment({ ...climber.step, attempt: 1, retryAt: at });
  await world.warehouse.store.recordCarrierEvents(await reports(world, climber, 'delivered'));
  await world.activities.recordDelivery({ ...climber.step, returnBefore: atMinute(900) });
  for (const [n, quantity] of [1, 2].entries()) {
    const returnId = `ret_${climber.order.id}_${n}`;
    await world.activities.openReturn({
      ...{ returnId, orderId: climber.order.id, actor: 'test', at, until: null },
      ...{ mode: 'keep', refundTo: 'tenders', cause: 'customer' },
      lines: [{ lineId: climber.order.lines[0]!.id, quantity, reason: 'other' }],
    });
    await world.activities.refundReturn({ orderId: climber.order.id, returnId, at, attempt: 1 });
  }
  const { payments, provider } = await world.snapshot(climber.order);
  const total = climber.order.total.amount;
  expect(payments).toMatchObject([
    { method: 'giftCard', captured: 777, refunded: 777 },
    { method: 'card', captured: total - 777, refunded: total - 777 },
  ]);
  expect(provider).toMatchObject([{ captured: total - 777, refunded: total - 777 }]);
});
