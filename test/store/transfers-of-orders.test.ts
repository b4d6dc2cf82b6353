import type { ActivityDependencies } from '../../activities/dependencies';
import { createEditPlans } from '../../activities/edit/edit-plan';
import { createSendInstead } from '../../activities/shortage/send-instead';
import type { PlacedOrder } from '../../domain/order/types';
import { builtInRuleSets } from '../../domain/rules/built-in';
import { availableAt } from '../../domain/stock/available-at';
import { publishRules } from '../../store/rules/publish-rules';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { recordMovement } from '../../store/stock/record-movement';
import { readIncoming } from '../../store/stock/read-incoming';
import { openTransfer } from '../../store/stock-transfer/lock-transfer';
import { cancelStockTransfer } from '../../store/stock-transfer/cancel-transfer';
import { receiveStockTransfer } from '../../store/stock-transfer/receive-transfer';
import { requestStockTransfer } from '../../store/stock-transfer/request-transfer';
import { shipStockTransfer } from '../../store/stock-transfer/ship-transfer';
import { readOutlook } from '../../store/supply/read-outlook';
import { at, atMinute, openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse();
  const usual = builtInRuleSets.fewestSplitsThenNearest;
  const rules = {
    ...usual,
    scenarios: [
      {
        ...usual.scenarios[0]!,
        allocation: { split: 'never' as const },
        onShortage: { then: 'waitForTransfer' as const },
      },
    ],
  };
  await publishRules(warehouse.db, { key: 'gather', rules, note: 'test', actor: 'test', at });
});
afterAll(() => warehouse?.close());
afterEach(async () => expect(await findStockDifferences(warehouse.db)).toEqual([]));

interface Gathering {
  order: PlacedOrder;
  sku: string;
  lineId: string;
  /** By the location that is to send it. */
  transfers: Record<string, string>;
}

const ask = (orderId: string, round = 1) =>
  warehouse.store.requestTransfers({ orderId, round, until: atMinute(900), then: 'it waits', at });

async function transfersOf({ id, number }: PlacedOrder): Promise<Record<string, string>> {
  await ask(id);
  const rows = await warehouse
    .db('stock_transfers')
    .where('reference', number)
    .select('id', 'from_location_id');
  return Object.fromEntries(rows.map((row) => [row.from_location_id, row.id]));
}

/** An order that alpha collects: what lies there is set aside, the others are asked to send the rest. */
async function gather(stock: Record<string, number>): Promise<Gathering> {
  const sku = await warehouse.freshSku();
  for (const [place, quantity] of Object.entries(stock)) await warehouse.receive(sku, place, quantity);
  const quantity = Object.values(stock).reduce((sum, each) => sum + each, 0);
  const order = await warehouse.recordOrder({ lines: [{ sku, quantity }] });
  await warehouse.source(order);
  return { order, sku, lineId: order.lines[0]!.id, transfers: await transfersOf(order) };
}

/** An order that waits for a SKU of which nothing is to be had. */
async function waitFor(sku: string, quantity: number): Promise<PlacedOrder> {
  const order = await warehouse.recordOrder({ lines: [{ sku, quantity }] });
  expect((await warehouse.source(order)).fulfillments).toEqual([]);
  return order;
}

const cancel = ({ order, lineId }: Gathering, quantity: number, key = 'fewer') =>
  warehouse.store.cancelLines({
    ...{ orderId: order.id, key, lines: [{ lineId, quantity }], reason: 'fewer', actor: 'test', at },
  });
const ship = (id: string) => shipStockTransfer(warehouse.db, { id, actor: 'test', at });
const receive = (id: string, sku: string, quantity: number) =>
  receiveStockTransfer(warehouse.db, { id, key: 'k', lines: [{ sku, quantity }], actor: 'test', at });
const transferOf = async (id: string) => {
  const { status } = await warehouse.db('stock_transfers').where({ id }).first('status');
  const lines = await warehouse.db('stock_transfer_lines').where('transfer_id', id).pluck('quantity');
  return [status, ...(lines as number[])];
};
const allocated = async (sku: string) =>
  Object.fromEntries(
    (await warehouse.db('stock').where({ sku }).orderBy('location_id')).map((row) => [
      row.location_id,
      row.allocated,
    ]),
  ) as Record<string, number>;
const openOf = async ({ id }: PlacedOrder) =>
  (await warehouse.db('backorders').where('order_id', id).pluck('open')) as number[];
const workOf = async ({ id }: PlacedOrder) =>
  warehouse
    .db('fulfillments as f')
    .join('fulfillment_lines as l', 'l.fulfillment_id', 'f.id')
    .where('f.order_id', id)
    .orderBy('f.id')
    .select({ id: 'f.id', location: 'f.location_id', quantity: 'l.quantity' });

describe('locations that are asked a second time, when the order has gone on', () => {
  test('are asked nothing more, and the order is told what it was told at first', async () => {
    const sku = await warehouse.freshSku();
    for (const place of ['alpha', 'beta']) await warehouse.receive(sku, place, 1);
    const order = await warehouse.recordOrder({ lines: [{ sku, quantity: 3 }] });
    await warehouse.source(order);
    const first = await ask(order.id);
    const unsent = [order.lines[0]!.id];
    expect(first).toEqual({ asked: 1, unsent });
    const rest = { round: 2, rounds: [1], lineIds: unsent, notComing: true, keepsRules: true };
    await warehouse.store.withdrawBackorders({ orderId: order.id, ...rest, actor: 'system', at });
    expect(await ask(order.id)).toEqual(first);
  });

  test('send nothing where all of it was gone, though there is some by now', async () => {
    const sku = await warehouse.freshSku();
    for (const place of ['alpha', 'alpha', 'beta']) await warehouse.receive(sku, place, 1);
    const order = await warehouse.recordOrder({ lines: [{ sku, quantity: 3 }] });
    await warehouse.source(order);
    const movement = { type: 'adjustment' as const, sku, locationId: 'beta', quantity: -1 };
    const taken = await recordMovement(warehouse.db, { key: `lost:${sku}`, movement, actor: 'test', at });
    expect(taken.outcome).toBe('done');
    const none = { asked: 0, unsent: [] };
    expect(await ask(order.id)).toEqual(none);
    await warehouse.receive(sku, 'beta', 1);
    expect(await ask(order.id)).toEqual(none);
    expect(await warehouse.db('stock_transfers').where('reference', order.number)).toEqual([]);
    const events = await warehouse.db('order_events').where({ order_id: order.id, type: 'nobodySends' });
    expect(events.map(({ data }) => data.lines)).toEqual([[{ sku, quantity: 1 }]]);
  });
});

describe('pieces that are cancelled while they are to be sent', () => {
  test('are not sent: the transfer is smaller, or off, and its stock is for who waits', async () => {
    const made = await gather({ alpha: 3, beta: 2, gamma: 1 });
    const other = await waitFor(made.sku, 1);
    const before = await cancel(made, 1);
    expect(await cancel(made, 1)).toEqual({ ...before, signals: [] });
    expect(before).toMatchObject({ signals: [{ signal: 'backorderAllocated' }] });
    const left = await Promise.all(Object.values(made.transfers).map(transferOf));
    expect(left.flatMap(([status, ...lines]) => (status === 'requested' ? lines : [])).sort()).toEqual([2]);
    expect(await openOf(made.order)).toEqual([2]);
    expect(await openOf(other)).toEqual([0]);
    const waits = await warehouse.db('order_waits').where('order_id', made.order.id).pluck('what');
    expect(waits).toContain(`2 × ${made.sku} to be sent from beta to alpha`);

    await cancel(made, 1, 'still fewer');
    expect(await transferOf(made.transfers.beta!)).toEqual(['requested', 1]);
    expect(await transferOf(made.transfers.gamma!)).toEqual(['cancelled', 1]);
    const events = await warehouse
      .db('order_events')
      .where({ order_id: made.order.id, type: 'transfersReduced' });
    expect(events.map(({ data }) => data.lines)).toEqual(Array(2).fill([{ sku: made.sku, quantity: 1 }]));

    await ship(made.transfers.beta!);
    await receive(made.transfers.beta!, made.sku, 1);
    expect(await openOf(made.order)).toEqual([0]);
    expect((await workOf(made.order)).map(({ location, quantity }) => [location, quantity])).toEqual([
      ['alpha', 3],
      ['alpha', 1],
    ]);
  });

  test('and have left become ordinary stock where they arrive', async () => {
    const made = await gather({ alpha: 3, beta: 2 });
    await ship(made.transfers.beta!);
    await cancel(made, 1);
    expect(await transferOf(made.transfers.beta!)).toEqual(['shipped', 2]);
    await receive(made.transfers.beta!, made.sku, 2);
    expect(await openOf(made.order)).toEqual([0]);
    expect(await allocated(made.sku)).toEqual({ alpha: 4, beta: 0 });
    const next = await warehouse.recordOrder({ lines: [{ sku: made.sku, quantity: 1 }] });
    expect((await warehouse.source(next)).fulfillments).toMatchObject([{ locationId: 'alpha' }]);
  });

  test('leave at the same moment or do not: nothing is lost and nothing sold twice', async () => {
    for (let race = 0; race < 12; race += 1) {
      const made = await gather({ alpha: 3, beta: 2 });
      const id = made.transfers.beta!;
      const [left, off] = await Promise.all([ship(id), cancel(made, race % 2 === 0 ? 2 : 1)]);
      expect(off).toMatchObject({ outcome: 'cancelled' });
      const [status, pieces] = await transferOf(id);
      expect(status).toBe(left.outcome === 'done' ? 'shipped' : 'cancelled');
      if (status === 'shipped') await receive(id, made.sku, Number(pieces));
      expect(await openOf(made.order)).toEqual([0]);
      const kept = race % 2 === 0 ? 0 : 1;
      const counters = await warehouse
        .db('stock')
        .where({ sku: made.sku })
        .sum({ held: 'allocated', all: 'on_hand' });
      expect(counters).toEqual([{ held: 3 + kept, all: 5 }]);
    }
  });

  test('by an edit as well: less is sent, or nothing, and what is free is for who waits', async () => {
    const made = await gather({ alpha: 3, beta: 2 });
    const other = await waitFor(made.sku, 1);
    const orderId = made.order.id;
    const edit = async (key: string, quantity: number) => {
      const lines = [{ lineId: made.lineId, quantity }];
      const plan = await createEditPlans(warehouse.store)({
        orderId,
        key,
        actor: 'ada',
        at,
        edit: { lines },
      });
      if (plan.outcome !== 'planned') throw new Error(JSON.stringify(plan));
      const done = await warehouse.store.applyEdit(plan.apply);
      expect(await warehouse.store.applyEdit(plan.apply)).toMatchObject({ outcome: done.outcome });
      return done;
    };
    expect(await edit('less', 4)).toMatchObject({
      ...{ outcome: 'applied', signals: [{ signal: 'backorderAllocated' }] },
    });
    expect(await transferOf(made.transfers.beta!)).toEqual(['requested', 1]);
    expect([await openOf(made.order), await openOf(other)]).toEqual([[1], [0]]);
    expect(await allocated(made.sku)).toEqual({ alpha: 3, beta: 2 });

    expect(await edit('nothing sent', 3)).toMatchObject({ outcome: 'applied' });
    expect(await transferOf(made.transfers.beta!)).toEqual(['cancelled', 1]);
    expect(await openOf(made.order)).toEqual([0]);
    expect(await allocated(made.sku)).toEqual({ alpha: 3, beta: 1 });
    const events = await warehouse.db('order_events').where({ order_id: orderId, type: 'transfersReduced' });
    expect(events.map(({ data }) => data.lines)).toEqual(Array(2).fill([{ sku: made.sku, quantity: 1 }]));
    expect(await ship(made.transfers.beta!)).toMatchObject({ outcome: 'notAllowed' });
  });

  test('by a person as well who has all of it sourced again', async () => {
    const made = await gather({ alpha: 2, beta: 1 });
    const { orderId, round } = { orderId: made.order.id, round: 2 };
    const withdraw = () => warehouse.store.withdrawBackorders({ orderId, round, actor: 'ada', at });
    const lines = await withdraw();
    expect(await withdraw()).toEqual(lines);
    expect(lines).toMatchObject([{ quantity: 1 }]);
    expect(await transferOf(made.transfers.beta!)).toEqual(['cancelled', 1]);
    expect(await allocated(made.sku)).toEqual({ alpha: 2, beta: 0 });
  });
});

test('fewer pieces of what must not be divided may be what one place has: they wait no longer', async () => {
  for (const by of ['cancellation', 'edit']) {
    const sku = await warehouse.freshSku();
    await warehouse.receive(sku, 'alpha', 2);
    const order = await waitFor(sku, 3);
    const lineId = order.lines[0]!.id;
    const made = { order, sku, lineId, transfers: {} };
    const edit = { lines: [{ lineId, quantity: 2 }] };
    const asked = { orderId: order.id, key: 'less', actor: 'ada', at, edit };
    const plan = by === 'edit' ? await createEditPlans(warehouse.store)(asked) : null;
    const act = () => (plan?.outcome === 'planned' ? warehouse.store.applyEdit(plan.apply) : cancel(made, 1));
    expect(await act()).toMatchObject({ signals: [{ signal: 'backorderAllocated' }] });
    expect(await act()).toMatchObject({ signals: [] });
    expect(await openOf(order)).toEqual([0]);
    expect(await workOf(order)).toMatchObject([{ location: 'alpha', quantity: 2 }]);
  }
});

describe('what is sent for an order', () => {
  const promise = (skus: string[]) =>
    warehouse.store.promiseBackorders({ skus, at, orderUrl: () => 'http://localhost/o' });
  const promisedFor = async ({ id }: PlacedOrder) =>
    (await warehouse.db('backorders').where('order_id', id).first('promised_for'))
      .promised_for as Date | null;

  test('dates its own lines, before it leaves and after', async () => {
    const made = await gather({ alpha: 2, beta: 1 });
    await promise([made.sku]);
    expect((await promisedFor(made.order))!.toISOString()).toBe('2026-03-04T10:00:00.000Z');
    expect(await warehouse.db('transfer_promises').where('transfer_id', made.transfers.beta!)).toMatchObject([
      { quantity: 1 },
    ]);
    const [waiting] = (await warehouse.store.readPromiseFacts({ orderId: made.order.id, at }))!.waiting;
    expect(waiting).toMatchObject({ place: { locationId: 'alpha' }, expectedAt: '2026-03-04T10:00:00.000Z' });

    const expectedAt = '2026-03-09T10:00:00.000Z';
    await shipStockTransfer(warehouse.db, { id: made.transfers.beta!, expectedAt, actor: 'test', at });
    await promise([made.sku]);
    expect((await promisedFor(made.order))!.toISOString()).toBe(expectedAt);
    expect(await warehouse.db('transfer_promises').where('transfer_id', made.transfers.beta!)).toEqual([]);
  });

  test('is promised while somebody acts on its transfer: who holds the stock waits for no document', async () => {
    const made = await gather({ alpha: 2, beta: 1 });
    await warehouse.db.transaction(async (trx) => {
      const opened = await openTransfer(trx, made.transfers.beta!, 'ship', () => false);
      expect(opened).toMatchObject({ state: 'open' });
      await promise([made.sku]);
    });
    expect(await promisedFor(made.order)).not.toBeNull();
  });

  test('is promised to nobody else, and shown to nobody as coming', async () => {
    const { db } = warehouse;
    const made = await gather({ alpha: 3, beta: 2 });
    const other = await waitFor(made.sku, 1);
    await db('backorders')
      .where('order_id', other.id)
      .update({ since: atMinute(-600) });
    await promise([made.sku]);
    expect(await promisedFor(other)).toBeNull();
    await ship(made.transfers.beta!);
    await promise([made.sku]);
    expect(await promisedFor(other)).toBeNull();
    expect(await readIncoming(db, [made.sku])).toEqual([]);
    const [outlook] = await readOutlook(db, [made.sku]);
    expect(availableAt(outlook!, atMinute(60 * 24 * 30), at).get('alpha')).toBe(0);

    // What is not needed any more is anybody's.
    await cancel(made, 1);
    await promise([made.sku]);
    expect(await promisedFor(other)).not.toBeNull();
    expect(await readIncoming(db, [made.sku])).toMatchObject([{ locationId: 'alpha', quantity: 1 }]);
  });
});

describe('what does not come after all', () => {
  const waitsOf = async ({ id }: PlacedOrder): Promise<string[]> =>
    warehouse.db('order_waits').where('order_id', id).whereLike('key', 'shortage:%').pluck('what');

  const sendInstead = (order: PlacedOrder, [transferId, key]: [string, string]) =>
    createSendInstead({ store: warehouse.store } as ActivityDependencies).sendInstead({
      ...{ orderId: order.id, transferId, key: `${transferId}:${key}`, rounds: [1], at },
    });

  test('is told to the order at once, when its location refuses it or it arrives damaged; others are asked', async () => {
    const { db } = warehouse;
    const made = await gather({ alpha: 4, beta: 3, gamma: 1 });
    const gamma = { id: made.transfers.gamma!, reason: 'cannotPickInTime', actor: 'test', at };
    const refused = await cancelStockTransfer(db, gamma);
    expect(refused).toMatchObject({ outcome: 'done', signals: [{ signal: 'notSent' }] });
    expect(await cancelStockTransfer(db, gamma)).toMatchObject({ outcome: 'done', signals: [] });
    const args = [
      {
        ...{ key: `${gamma.id}:cancelled`, transferId: gamma.id, isRefused: true },
        lines: [{ lineId: made.lineId, round: 1 }],
      },
    ];
    expect(refused).toMatchObject({ signals: [{ args }] });
    expect(await waitsOf(made.order)).toEqual([`another location to send 1 × ${made.sku} to alpha`]);
    // Nobody else has one, beta's are on their way, and gamma is never asked again.
    const unsent = [made.lineId];
    const nobody = { asked: 0, isUnderWay: true, unsent };
    expect(await sendInstead(made.order, [gamma.id, 'cancelled'])).toEqual(nobody);
    expect(await sendInstead(made.order, [gamma.id, 'cancelled'])).toEqual(nobody);
    await warehouse.receive(made.sku, 'gamma', 5);
    expect(await openOf(made.order)).toEqual([4]);

    await ship(made.transfers.beta!);
    const lines = [{ sku: made.sku, quantity: 3, damaged: 1 }];
    const arrival = { id: made.transfers.beta!, key: 'k', lines, actor: 'test', at };
    const arrived = await receiveStockTransfer(db, arrival);
    expect(arrived).toMatchObject({ outcome: 'done' });
    if (arrived.outcome !== 'done') throw new Error();
    expect(arrived.signals.map(({ signal }) => signal)).toEqual(['backorderAllocated', 'notSent']);
    await receiveStockTransfer(db, arrival);
    expect(await openOf(made.order)).toEqual([2]);
    expect(await waitsOf(made.order)).toEqual([`another location to send 2 × ${made.sku} to alpha`]);
    // Beta has got another one: it sends that, and the other one is missing still.
    await warehouse.receive(made.sku, 'beta', 1);
    const one = { asked: 1, isUnderWay: true, unsent };
    const [first, second] = await Promise.all([1, 2].map(() => sendInstead(made.order, [arrival.id, 'k'])));
    expect([first, second]).toEqual([one, one]);
    expect(await waitsOf(made.order)).toEqual([`2 × ${made.sku} to be sent from beta to alpha`]);
    const events = await db('order_events').where({ order_id: made.order.id }).orderBy('id');
    expect(events.map(({ type }) => type).filter((type) => /sen[dt]|Requested/i.test(type))).toEqual([
      ...['transfersRequested', 'notSent', 'nobodySends', 'notSent', 'transfersRequested'],
    ]);
  });

  test.each([
    ['outOfStock', { on_hand: 0, unsellable: 0 }],
    ['damaged', { on_hand: 3, unsellable: 2 }],
    ['cannotPickInTime', { on_hand: 3, unsellable: 0 }],
    ['sold here', { on_hand: 3, unsellable: 0 }],
  ])('for the reason %s puts the shelf right, once', async (reason, shelf) => {
    const { db } = warehouse;
    const made = await gather({ alpha: 4, beta: 2 });
    await warehouse.receive(made.sku, 'beta', 1);
    const id = made.transfers.beta!;
    const refuse = () => cancelStockTransfer(db, { id, reason, text: 'looked twice', actor: 'test', at });
    expect(await refuse()).toMatchObject({ outcome: 'done' });
    expect(await refuse()).toMatchObject({ outcome: 'done' });
    const [row] = await db('stock').where({ sku: made.sku, location_id: 'beta' });
    expect(row).toMatchObject({ ...shelf, allocated: 0 });
  });

  test('for a reason of the shelf says of what, where there are several SKUs', async () => {
    const { db } = warehouse;
    const skus = [await warehouse.freshSku(), await warehouse.freshSku()];
    for (const sku of skus) await warehouse.receive(sku, 'beta', 1);
    const [one, other] = skus;
    const lines = skus.map((sku) => ({ sku, quantity: 1 }));
    const id = 'tra-of-two';
    const command = { id, actor: 'test', at };
    await requestStockTransfer(db, { ...command, fromLocationId: 'beta', toLocationId: 'alpha', lines });
    const refuse = (more: object) => cancelStockTransfer(db, { ...command, reason: 'outOfStock', ...more });
    expect(await refuse({})).toMatchObject({ outcome: 'invalid', problems: [{ pointer: '/skus' }] });
    expect(await refuse({ skus: ['moon'] })).toMatchObject({ problems: [{ pointer: '/skus/0' }] });
    expect(await refuse({ skus: [other] })).toMatchObject({ outcome: 'done' });
    const there = await db('stock').whereIn('sku', skus).where('location_id', 'beta');
    expect(Object.fromEntries(there.map((row) => [row.sku, row.on_hand]))).toEqual({
      [one!]: 1,
      [other!]: 0,
    });
  });

  test('is asked of whoever has it while somebody else takes it: all of what was chosen, or it is chosen anew', async () => {
    for (let race = 0; race < 8; race += 1) {
      const made = await gather({ alpha: 4, beta: 2 });
      const id = made.transfers.beta!;
      await cancelStockTransfer(warehouse.db, { id, reason: 'cannotPickInTime', actor: 'test', at });
      await warehouse.receive(made.sku, 'gamma', 2);
      const other = await warehouse.recordOrder({ lines: [{ sku: made.sku, quantity: 1 }] });
      const [sent] = await Promise.all([
        sendInstead(made.order, [id, 'cancelled']),
        warehouse.source(other),
        cancel(made, 1, `race-${race}`),
      ]);
      expect(sent.asked).toBeLessThanOrEqual(1);
      const counters = await warehouse.db('stock').where({ sku: made.sku }).sum({ all: 'on_hand' });
      expect(counters).toEqual([{ all: 8 }]);
    }
  });

  test('is nobody’s matter as long as the rest is on its way, or nobody waits', async () => {
    const made = await gather({ alpha: 4, beta: 2, gamma: 1 });
    await ship(made.transfers.beta!);
    await receive(made.transfers.beta!, made.sku, 1);
    expect(await waitsOf(made.order)).toEqual([`2 × ${made.sku} to be sent from beta and gamma to alpha`]);
    // Gamma's piece is called off, beta's other one is on its way.
    await cancel(made, 1);
    expect(await waitsOf(made.order)).toEqual([`1 × ${made.sku} to be sent from beta to alpha`]);
  });
});

test('two places of an order do not collect the same pieces', async () => {
  const sku = await warehouse.freshSku();
  for (const location of ['alpha', 'beta']) await warehouse.receive(sku, location, 1);
  const order = await warehouse.recordOrder({
    lines: [
      { sku, quantity: 2 },
      { sku, quantity: 2, destination: 'gift' },
    ],
    destinations: ['gift'],
  });
  const { fulfillments, backordered } = await warehouse.source(order);
  expect([fulfillments.length, ...backordered.map(({ quantity }) => quantity)]).toEqual([1, 1, 2]);
  expect(await ask(order.id)).toEqual({ asked: 1, unsent: [] });
  expect(Object.values(await allocated(sku))).toEqual([1, 1]);
});

describe('what nobody sends', () => {
  test('leaves the queue to be sourced anew, and no piece of it that is to come', async () => {
    const made = await gather({ alpha: 3, beta: 2 });
    const two = await warehouse.freshSku();
    const order = await warehouse.recordOrder({
      lines: [
        { sku: made.sku, quantity: 2 },
        { sku: two, quantity: 4 },
      ],
    });
    await warehouse.receive(two, 'alpha', 2);
    await warehouse.receive(two, 'beta', 1);
    await warehouse.source(order);
    const [one, other] = order.lines.map(({ id }) => id);
    // Of one SKU nobody has any, of the other a piece is missing.
    const requested = await ask(order.id);
    expect(requested).toEqual({ asked: 1, unsent: [one, other] });
    expect(await ask(order.id)).toEqual(requested);
    const withdraw = () =>
      warehouse.store.withdrawBackorders({
        ...{ orderId: order.id, round: 2, rounds: [1], lineIds: requested.unsent, notComing: true },
        ...{ keepsRules: true, actor: 'system', at },
      });
    const withdrawn = await withdraw();
    expect(withdrawn).toMatchObject([
      { lineId: one, quantity: 2, shortIn: [{ round: 1, quantity: 2 }] },
      { lineId: other, quantity: 1, shortIn: [{ round: 1, quantity: 1 }] },
    ]);
    expect(await withdraw()).toEqual(withdrawn);
    expect(await openOf(order)).toEqual([0, 1]);
    const waits = warehouse.db('order_waits').where('order_id', order.id).whereLike('key', 'shortage:%');
    expect(await waits.pluck('what')).toEqual([`1 × ${two} to be sent from beta to alpha`]);
    expect(await allocated(two)).toEqual({ alpha: 2, beta: 1 });
  });
});

describe('pieces that came one by one', () => {
  const join = (order: PlacedOrder, [into, ...from]: { id: string }[]) =>
    warehouse.store.joinWork({
      ...{ orderId: order.id, at },
      joins: [{ into: into!.id, from: from.map(({ id }) => id) }],
    });

  test('leave as one fulfillment, with one hold for each line', async () => {
    const made = await gather({ alpha: 3, beta: 2, gamma: 1 });
    for (const id of Object.values(made.transfers)) await ship(id);
    await receive(made.transfers.gamma!, made.sku, 1);
    await receive(made.transfers.beta!, made.sku, 2);
    const works = await workOf(made.order);
    expect(works.map(({ quantity }) => quantity).sort()).toEqual([1, 2, 3]);
    const joined = await join(made.order, works);
    expect(joined).toEqual([{ into: works[0]!.id, from: works.slice(1).map(({ id }) => id) }]);
    expect(await join(made.order, works)).toEqual(joined);
    expect(await workOf(made.order)).toEqual([{ id: works[0]!.id, location: 'alpha', quantity: 6 }]);
    const holds = await warehouse.db('allocations').where('order_id', made.order.id).orderBy('key');
    expect(holds.map(({ state }) => state).sort()).toEqual(['held', 'joined', 'joined']);
    expect(await allocated(made.sku)).toMatchObject({ alpha: 6 });

    const { store } = warehouse;
    await warehouse.release(made.order, [works[0]!.id]);
    const packages = [{ type: 'box', weightGrams: 900, lines: [{ lineId: made.lineId, quantity: 6 }] }];
    const command = { actor: 'test', at, fulfillmentId: works[0]!.id };
    await store.packFulfillment({ ...command, packages, companyPrefix: '0412345' });
    expect(await store.shipFulfillment(command)).toMatchObject({ outcome: 'done' });
    expect(await allocated(made.sku)).toMatchObject({ alpha: 0 });
  });

  test('are found by who asks again when more has come, in whatever order', async () => {
    const made = await gather({ alpha: 3, beta: 2, gamma: 1 });
    const come = async (place: string, quantity: number) => {
      await ship(made.transfers[place]!);
      await receive(made.transfers[place]!, made.sku, quantity);
    };
    await come('beta', 2);
    const two = await workOf(made.order);
    expect(await join(made.order, two)).toEqual([{ into: two[0]!.id, from: [two[1]!.id] }]);
    await come('gamma', 1);
    const third = (await workOf(made.order)).find(({ id }) => id !== two[0]!.id)!;
    const all = { into: two[0]!.id, from: [two[1]!.id, third.id].sort() };
    const [told, ...more] = await join(made.order, [two[1]!, third]);
    expect({ ...told, from: [...told!.from].sort() }).toEqual(all);
    expect(more).toEqual([]);
    expect(await workOf(made.order)).toEqual([{ id: two[0]!.id, location: 'alpha', quantity: 6 }]);
    await warehouse.release(made.order, [two[0]!.id]);
    const release = [third.id, two[0]!.id];
    const asked = { orderId: made.order.id, joins: [], release, at };
    expect(await warehouse.store.joinWork(asked)).toEqual([{ into: two[0]!.id, from: [third.id] }]);
  });

  test('and were cancelled or shown to their location meanwhile stay by themselves', async () => {
    const made = await gather({ alpha: 2, beta: 1 });
    await ship(made.transfers.beta!);
    await receive(made.transfers.beta!, made.sku, 1);
    const works = await workOf(made.order);
    await warehouse.release(made.order, [works[1]!.id]);
    expect(await join(made.order, works)).toEqual([]);
    expect(await workOf(made.order)).toEqual(works);
  });
});
