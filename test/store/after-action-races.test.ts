import type { PlacedOrder } from '../../domain/order/types';
import { builtInRuleSets } from '../../domain/rules/built-in';
import type { AfterAction, SplitRule } from '../../domain/rules/types';
import { refusePurchaseRequest } from '../../store/purchase-request/refuse-purchase-request';
import { publishRules } from '../../store/rules/publish-rules';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { cancelStockTransfer } from '../../store/stock-transfer/cancel-transfer';
import { receiveStockTransfer } from '../../store/stock-transfer/receive-transfer';
import { shipStockTransfer } from '../../store/stock-transfer/ship-transfer';
import { createStore, type Store } from '../../store';
import { at, atMinute, openWarehouse, type Warehouse } from './support/warehouse';

/** What is done about pieces that nobody has, at the moment at which something else happens to them. */
let warehouse: Warehouse;
/** Two, as two workers have. */
let workers: [Store, Store];
beforeAll(async () => {
  warehouse = await openWarehouse();
  workers = [warehouse.store, createStore(warehouse.db)];
});
afterAll(() => warehouse?.close());
afterEach(async () => expect(await findStockDifferences(warehouse.db)).toEqual([]));

const races = 10;
const actor = 'test';

/** Orders that are written down from now on go by it. */
async function rules(split: SplitRule, onShortage: AfterAction): Promise<void> {
  const usual = builtInRuleSets.fewestSplitsThenNearest;
  const scenario = { ...usual.scenarios[0]!, allocation: { split }, onShortage };
  await publishRules(warehouse.db, {
    ...{ key: JSON.stringify([split, onShortage]), note: 'test', actor, at },
    rules: { ...usual, scenarios: [scenario] },
  });
}

interface Short {
  order: PlacedOrder;
  sku: string;
  lineId: string;
}

/** An order that gets what is there, and waits for the rest. */
async function short(quantity: number, stock: Record<string, number>): Promise<Short> {
  const sku = await warehouse.freshSku();
  for (const [place, pieces] of Object.entries(stock)) await warehouse.receive(sku, place, pieces);
  const order = await warehouse.recordOrder({ lines: [{ sku, quantity }] });
  await warehouse.source(order);
  return { order, sku, lineId: order.lines[0]!.id };
}

interface Places {
  /** Held for the order, waiting, and given up or cancelled. */
  held: number;
  open: number;
  cancelled: number;
}

async function placesOf({ order, lineId }: Short): Promise<Places> {
  const { db } = warehouse;
  const [holds, waiting, line] = await Promise.all([
    db('allocations').where({ order_id: order.id, state: 'held' }).sum('quantity as pieces').first(),
    db('backorders').where({ order_id: order.id }).sum('open as pieces').first(),
    db('order_lines').where({ id: lineId }).first('cancelled'),
  ]);
  return {
    held: Number(holds?.pieces ?? 0),
    open: Number(waiting?.pieces ?? 0),
    cancelled: line.cancelled as number,
  };
}

/** Each piece of the line is somewhere, and in one place alone. */
async function whole(made: Short): Promise<Places> {
  const places = await placesOf(made);
  expect(places.held + places.open + places.cancelled).toBe(made.order.lines[0]!.quantity);
  return places;
}

const totals = async (sku: string) => {
  const row = await warehouse.db('stock').where({ sku }).sum({ there: 'on_hand', held: 'allocated' }).first();
  return { there: Number(row?.there), held: Number(row?.held) };
};

describe('giving up', () => {
  test.each([
    ['at once, as the rules say', 'cancel', { because: 'rules' as const }],
    ['when the time is over', 'backorder', {}],
  ] as const)(
    '%s, while supply arrives: each piece is given or given up, by both workers alike',
    async (_, then, more) => {
      await rules('allow', { then });
      for (let race = 0; race < races; race += 1) {
        const made = await short(3, { alpha: 1 });
        const orderId = made.order.id;
        const give = (worker: Store) => worker.giveUpBackorders({ orderId, rounds: [1], ...more, at });
        const [one, other] = await Promise.all([
          give(workers[0]),
          give(workers[1]),
          warehouse.receive(made.sku, 'beta', 2),
        ]);
        const { held, open, cancelled } = await whole(made);
        expect(open).toBe(0);
        expect([1, 3]).toContain(held);
        for (const given of [one, other, await give(workers[0])])
          expect(given.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(cancelled);
        expect(await totals(made.sku)).toEqual({ there: 3, held });
      }
    },
  );
});

describe('having it bought', () => {
  test('is asked for once by two workers, while supply arrives that makes it needless', async () => {
    await rules('allow', { then: 'purchaseRequest', owner: 'ada' });
    for (let race = 0; race < races; race += 1) {
      const made = await short(2, {});
      const asked = {
        ...{ orderId: made.order.id, rounds: [1], owner: 'ada', answerBefore: atMinute(600), at },
        office: { mail: 'office@shop.test', url: 'http://localhost' },
      };
      await Promise.all([
        ...workers.map((worker) => worker.requestPurchase(asked)),
        ...(race % 2 === 0 ? [warehouse.receive(made.sku, 'beta', 2)] : []),
      ]);
      const { db } = warehouse;
      const requests = await db('purchase_requests').where('order_id', made.order.id);
      const mails = await db('outbox').where({ order_id: made.order.id, kind: 'mail' });
      const isFirst = requests.length === 0;
      if (race % 2 === 1) expect(isFirst).toBe(false);
      expect(mails).toHaveLength(isFirst ? 0 : 1);
      const { held } = await whole(made);
      expect(held).toBe(race % 2 === 0 ? 2 : 0);
      const waits = await db('order_waits').where('order_id', made.order.id).pluck('what');
      expect(waits.join()).toMatch(held === 2 ? /^(?!.*ada to order)/ : /ada to order/);
    }
  });

  test('and refused while supply arrives: the pieces are served or given up', async () => {
    await rules('allow', { then: 'purchaseRequest' });
    for (let race = 0; race < races; race += 1) {
      const made = await short(2, {});
      const about = { orderId: made.order.id, rounds: [1], at };
      await workers[0].requestPurchase({
        ...{ ...about, owner: 'ada', answerBefore: atMinute(600), office: { mail: null, url: '/' } },
      });
      const { id } = await warehouse.db('purchase_requests').where('order_id', made.order.id).first('id');
      const lineIds = [made.lineId];
      await Promise.all([
        refusePurchaseRequest(warehouse.db, { id, reason: 'no', actor, at }).then(() =>
          workers[1].giveUpBackorders({ ...about, lineIds, because: 'refused' }),
        ),
        warehouse.receive(made.sku, 'beta', 2),
      ]);
      const { held, open } = await whole(made);
      expect(open).toBe(0);
      expect([0, 2]).toContain(held);
    }
  });
});

describe('having it sent', () => {
  const ask = (worker: Store, { order }: Short) =>
    worker.requestTransfers({ orderId: order.id, round: 1, until: atMinute(900), then: 'it waits', at });
  const transferOf = async ({ order }: Short): Promise<string> =>
    (await warehouse.db('stock_transfers').where('reference', order.number).first('id')).id;
  const ship = (id: string) => shipStockTransfer(warehouse.db, { id, actor, at });
  const arrive = (id: string, sku: string, quantity: number) =>
    receiveStockTransfer(warehouse.db, { id, key: 'k', lines: [{ sku, quantity }], actor, at });
  const giveUp = (worker: Store, { order }: Short) =>
    worker.giveUpTransfers({ orderId: order.id, rounds: [1], at });

  beforeAll(() => rules('never', { then: 'waitForTransfer' }));

  test('is asked for once by two workers, though others take the pieces at that moment', async () => {
    for (let race = 0; race < races; race += 1) {
      const made = await short(5, { alpha: 3, beta: 2 });
      const rival = await warehouse.recordOrder({ lines: [{ sku: made.sku, quantity: 1 }] });
      const counts = await Promise.all([
        ask(workers[0], made),
        ask(workers[1], made),
        ...(race % 2 === 0 ? [warehouse.source(rival).then(() => -1)] : []),
      ]);
      const transfers = await warehouse.db('stock_transfers').where('reference', made.order.number);
      expect(counts.slice(0, 2)).toMatchObject(Array(2).fill({ asked: transfers.length }));
      const awaited = await warehouse.db('awaited_transfers').whereIn(
        'transfer_id',
        transfers.map(({ id }) => id),
      );
      expect(awaited).toHaveLength(transfers.length);
      // Where nothing can be sent, anybody may serve it.
      const [{ only_location: place }] = await warehouse.db('backorders').where('order_id', made.order.id);
      expect(place).toBe(transfers.length === 1 ? 'alpha' : null);
      await whole(made);
    }
  });

  test('is called off as it leaves: it is on its way or it is not, and its pieces end where they should', async () => {
    for (let race = 0; race < races; race += 1) {
      const made = await short(5, { alpha: 3, beta: 2 });
      await ask(workers[0], made);
      const id = await transferOf(made);
      const [left] = await Promise.all([ship(id), giveUp(workers[0], made), giveUp(workers[1], made)]);
      const { status } = await warehouse.db('stock_transfers').where({ id }).first('status');
      expect(status).toBe(left.outcome === 'done' ? 'shipped' : 'cancelled');
      if (status === 'shipped') await arrive(id, made.sku, 2);
      const { held } = await whole(made);
      expect(held).toBe(status === 'shipped' ? 5 : 3);
      expect(await totals(made.sku)).toEqual({ there: 5, held });
    }
  });

  test('arrives while it is waited for no longer: the order gets it, or anybody may', async () => {
    for (let race = 0; race < races; race += 1) {
      const made = await short(5, { alpha: 3, beta: 2 });
      await ask(workers[0], made);
      const id = await transferOf(made);
      await ship(id);
      const withdraw = (worker: Store) =>
        worker.withdrawBackorders({ orderId: made.order.id, round: 2, keepsRules: true, actor, at });
      const [, one, other] = await Promise.all([
        arrive(id, made.sku, 2),
        withdraw(workers[0]),
        withdraw(workers[1]),
      ]);
      const { held, open } = await placesOf(made);
      expect(open).toBe(0);
      expect(one.length === 0).toBe(held === 5);
      if (held < 5) expect(other).toEqual(one);
      expect(await totals(made.sku)).toEqual({ there: 5, held });
    }
  });

  test('is cancelled by its location while a person cancels pieces: each is freed once', async () => {
    for (let race = 0; race < races; race += 1) {
      const made = await short(5, { alpha: 3, beta: 2 });
      await ask(workers[0], made);
      const id = await transferOf(made);
      const lines = [{ lineId: made.lineId, quantity: 1 }];
      const fewer = { orderId: made.order.id, key: 'fewer', lines, reason: 'fewer', actor, at };
      await Promise.all([
        cancelStockTransfer(warehouse.db, { id, actor, at }),
        workers[0].cancelLines(fewer),
        workers[1].cancelLines(fewer),
      ]);
      expect(await whole(made)).toEqual({ held: 3, open: 1, cancelled: 1 });
      expect(await totals(made.sku)).toEqual({ there: 5, held: 3 });
    }
  });

  test('and leaves as one while a person cancels a piece of it: what is packed is what is left', async () => {
    for (let race = 0; race < races; race += 1) {
      const made = await short(5, { alpha: 3, beta: 2 });
      const orderId = made.order.id;
      await ask(workers[0], made);
      const id = await transferOf(made);
      await ship(id);
      await arrive(id, made.sku, 2);
      const works: string[] = await warehouse
        .db('fulfillments')
        .where('order_id', orderId)
        .orderBy('id')
        .pluck('id');
      const [into, ...from] = works;
      const join = (worker: Store) => worker.joinWork({ orderId, joins: [{ into: into!, from }], at });
      const lines = [{ lineId: made.lineId, quantity: 1 }];
      const [one, other, fewer] = await Promise.all([
        join(workers[0]),
        join(workers[1]),
        workers[1].cancelLines({ orderId, key: 'fewer', lines, reason: 'fewer', actor, at }),
      ]);
      expect(fewer).toMatchObject({ outcome: 'cancelled' });
      expect(one).toEqual([{ into, from }]);
      expect(other).toEqual(one);
      const left = await warehouse
        .db('fulfillment_lines')
        .whereIn('fulfillment_id', works)
        .select('fulfillment_id', 'quantity');
      expect(left).toEqual([{ fulfillment_id: into, quantity: 4 }]);
      expect(await whole(made)).toEqual({ held: 4, open: 0, cancelled: 1 });
    }
  });
});
