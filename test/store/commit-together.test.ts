import fc from 'fast-check';
import { waitUntil } from '../../runtime/dev/wait-until';
import { createStore } from '../../store';
import { allocateOrders } from '../../store/stock/allocate-orders';
import { commitDecisions } from '../../store/sourcing/commit-decisions';
import type { CommitSourcingInput, CommitSourcingResult } from '../../store/sourcing/sourcing-outcome';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { releaseAllocations } from '../../store/stock/release';
import { decide } from './support/decide';
import { at, openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => (warehouse = await openWarehouse()));
afterAll(() => warehouse?.close());
afterEach(async () => {
  expect(await findStockDifferences(warehouse.db)).toEqual([]);
  expect(await tracesOfHalves()).toEqual([]);
});

/** Orders that have a part of what comes with a decision in force, or any of it without one. */
async function tracesOfHalves(): Promise<object[]> {
  const answer = await warehouse.db.raw<{ rows: object[] }>(
    `SELECT * FROM (
       SELECT o.id,
         (SELECT count(*) FROM sourcing_decisions AS d WHERE d.order_id = o.id) AS decisions,
         (SELECT count(*) FROM order_events AS e WHERE e.order_id = o.id AND e.type = 'orderSourced') AS stories,
         (SELECT count(*) FROM allocations AS a WHERE a.order_id = o.id) AS holds,
         (SELECT count(*) FROM fulfillments AS f
          JOIN fulfillment_lines AS l ON l.fulfillment_id = f.id WHERE f.order_id = o.id) AS work,
         (SELECT sum(l.quantity) FROM order_lines AS l WHERE l.order_id = o.id) AS pieces,
         (SELECT coalesce(sum(a.quantity), 0) FROM allocations AS a WHERE a.order_id = o.id)
           + (SELECT coalesce(sum(b.quantity), 0) FROM backorders AS b WHERE b.order_id = o.id) AS settled
       FROM orders AS o) AS each
     WHERE decisions <> stories OR holds <> work OR settled <> decisions * pieces`,
  );
  return answer.rows;
}

const isCommitted = ({ outcome }: CommitSourcingResult): boolean => outcome === 'committed';

/** Until so many statements wait for a lock. */
async function untilHeldUp(count: number): Promise<void> {
  const here = warehouse.db.raw('current_database()');
  const held = () =>
    warehouse.db('pg_stat_activity').where({ datname: here, wait_event_type: 'Lock' }).select('pid');
  expect(await waitUntil(async () => (await held()).length === count, 20_000, 10)).toBe(true);
}

async function hotOrders(count: number, pieces: number): Promise<CommitSourcingInput[]> {
  const sku = await warehouse.freshSku();
  await warehouse.receive(sku, 'alpha', pieces);
  const inputs: CommitSourcingInput[] = [];
  for (let index = 0; index < count; index += 1)
    inputs.push(decide(await warehouse.recordOrder({ lines: [{ sku, quantity: 1 }] }), ['alpha']));
  return inputs;
}

const wish = fc.record({
  sku: fc.nat(1),
  place: fc.constantFrom('alpha', 'beta'),
  quantity: fc.integer({ min: 1, max: 4 }),
});
const crowd = fc.record({
  onHand: fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9)),
  orders: fc.array(
    fc.record({ lines: fc.array(wish, { minLength: 1, maxLength: 3 }), keepBack: fc.nat(3) }),
    { minLength: 1, maxLength: 12 },
  ),
  isTogether: fc.boolean(),
});

test('in order of arrival each order gets all of its lines or none, against what its own channel may touch', async () => {
  const { db, store, freshSku, receive, recordOrder } = warehouse;
  await fc.assert(
    fc.asyncProperty(crowd, async ({ onHand, orders, isTogether }) => {
      const skus = [await freshSku(), await freshSku()];
      const left = new Map<string, number>();
      for (const [index, quantity] of onHand.entries()) {
        const [sku, place] = [skus[index % 2]!, ['alpha', 'beta'][index >> 1]!];
        left.set(`${sku} ${place}`, quantity);
        if (quantity > 0) await receive(sku, place, quantity);
      }
      const inputs: CommitSourcingInput[] = [];
      const expected: boolean[] = [];
      for (const { lines, keepBack } of orders) {
        const order = await recordOrder({
          lines: lines.map(({ sku, quantity }) => ({ sku: skus[sku]!, quantity })),
        });
        const kept = Object.fromEntries(skus.map((sku) => [sku, keepBack]));
        inputs.push(
          decide(
            order,
            lines.map(({ place }) => place),
            { alpha: kept, beta: kept },
          ),
        );
        const wanted = new Map<string, number>();
        for (const { sku, place, quantity } of lines) {
          const name = `${skus[sku]!} ${place}`;
          wanted.set(name, (wanted.get(name) ?? 0) + quantity);
        }
        const fits = [...wanted].every(([name, quantity]) => left.get(name)! - keepBack >= quantity);
        expected.push(fits);
        if (fits) for (const [name, quantity] of wanted) left.set(name, left.get(name)! - quantity);
      }

      const results: CommitSourcingResult[] = [];
      if (isTogether) results.push(...(await commitDecisions(db, inputs)));
      else for (const input of inputs) results.push(await store.commitSourcing(input));

      expect(results.map(isCommitted)).toEqual(expected);
      const again = await Promise.all(
        inputs.filter((_, index) => expected[index]).map((input) => store.commitSourcing(input)),
      );
      expect(again).toEqual(results.filter(isCommitted));
      for (const [name, quantity] of left) {
        const [sku, location_id] = name.split(' ');
        const row = await db('stock').where({ sku, location_id }).first('on_hand', 'allocated');
        expect(row ? row.on_hand - row.allocated : 0).toBe(quantity);
      }
    }),
    { numRuns: Number(process.env.ORDITO_PROOF_RUNS ?? 40) },
  );
});

test('many at once for a few pieces: those who came first get them, each asks twice and is answered alike', async () => {
  const inputs = await hotOrders(30, 12);
  const { store } = warehouse;
  const asked = inputs.flatMap((input) => [store.commitSourcing(input), store.commitSourcing(input)]);
  const answers = await Promise.all(asked);
  expect(answers.map(isCommitted)).toEqual([...Array(60).keys()].map((index) => index < 24));
  expect(answers.filter((_, index) => index % 2 === 0)).toEqual(
    answers.filter((_, index) => index % 2 === 1),
  );
});

test('two processes with the same orders at once: one effect, and both answer alike', async () => {
  const { db } = warehouse;
  for (let run = 0; run < 5; run += 1) {
    const inputs = await hotOrders(20, 10);
    const answers = await Promise.all(
      [inputs, [...inputs].reverse()].map((order) => {
        const store = createStore(db);
        return Promise.all(order.map((input) => store.commitSourcing(input)));
      }),
    );
    expect(answers[0]!.filter(isCommitted)).toHaveLength(10);
    expect(answers[1]!.reverse()).toEqual(answers[0]);
  }
});

test('the same order alone in two processes, both held up at its stock: one effect, both answer alike', async () => {
  const { db } = warehouse;
  const [input] = await hotOrders(1, 5);
  const asked = await db.transaction(async (trx) => {
    await trx('stock').where('sku', input!.decision.demand[0]!.sku).forUpdate();
    const both = [createStore(db), createStore(db)].map((store) => store.commitSourcing(input!));
    await untilHeldUp(2);
    return both.map((answer) => answer.then((value) => value));
  });
  const [first, second] = await Promise.all(asked);
  expect(first).toMatchObject({ outcome: 'committed' });
  expect(second).toEqual(first);
});

test('orders of other SKUs do not wait for one whose stock somebody has locked', async () => {
  const { db, store } = warehouse;
  const [locked] = await hotOrders(1, 1);
  const [free] = await hotOrders(1, 1);
  const heldUp = await db.transaction(async (trx) => {
    await trx('stock').where('sku', locked!.decision.demand[0]!.sku).forUpdate();
    const waiting = store.commitSourcing(locked!);
    await untilHeldUp(1);
    expect(await store.commitSourcing(free!)).toMatchObject({ outcome: 'committed' });
    return [waiting];
  });
  expect(await heldUp[0]).toMatchObject({ outcome: 'committed' });
});

test('an order that is in force takes nothing from those in its batch', async () => {
  const { db } = warehouse;
  const inputs = await hotOrders(3, 2);
  await commitDecisions(db, inputs.slice(0, 1));
  expect((await commitDecisions(db, inputs)).map(isCommitted)).toEqual([true, true, false]);
});

test('one order that throws is told alone: the others of its batch are done', async () => {
  const inputs = await hotOrders(9, 9);
  const broken = structuredClone(inputs[4]!);
  broken.decision.assignments[0]!.lines[0]!.lineId = 'lin_of_nobody';
  const asked = inputs.map((input, index) => warehouse.store.commitSourcing(index === 4 ? broken : input));
  const results = await Promise.allSettled(asked);
  expect(results.map(({ status }) => status === 'rejected')).toEqual(inputs.map((_, index) => index === 4));
  expect(await warehouse.store.commitSourcing(inputs[4]!)).toMatchObject({ outcome: 'committed' });
});

test('orders that find some of their stock, none or all of it share a batch', async () => {
  const [scarce, plenty] = [await warehouse.freshSku(), await warehouse.freshSku()];
  await warehouse.receive(scarce, 'alpha', 2);
  await warehouse.receive(plenty, 'alpha', 50);
  const orders = await Promise.all(
    [1, 1, 3, 1, 2].map((quantity) =>
      warehouse.recordOrder({
        lines: [
          { sku: scarce, quantity },
          { sku: plenty, quantity: 1 },
        ],
      }),
    ),
  );
  const answers = await Promise.all(
    [...orders, ...orders].map((order, index) => warehouse.source(order, 1 + Math.floor(index / 10))),
  );
  expect(answers.slice(5)).toEqual(answers.slice(0, 5));
  const row = await warehouse.db('stock').where({ sku: scarce }).first('allocated');
  expect(row).toEqual({ allocated: 2 });
  const waiting = await warehouse.db('backorders').where({ sku: scarce }).sum('open as open');
  expect(Number(waiting[0]!.open)).toBe(6);
});

test('stock taken for many orders without a decision: all of an order or nothing, and once', async () => {
  const [first, second] = [await warehouse.freshSku(), await warehouse.freshSku()];
  await warehouse.receive(first, 'alpha', 4);
  await warehouse.receive(second, 'beta', 3);
  const orderOf = (name: string, quantity: number) => ({
    orderId: `direct-${name}`,
    at,
    allocations: [
      { key: `${name}:1`, lineId: '1', sku: first, locationId: 'alpha', quantity, keepBack: 0 },
      { key: `${name}:2`, lineId: '2', sku: second, locationId: 'beta', quantity: 1, keepBack: 0 },
    ],
  });
  const orders = [orderOf('a', 2), orderOf('b', 2), orderOf('c', 3), orderOf('d', 1)];
  const expected = ['allocated', 'allocated', 'short', 'short'].map((outcome) => ({ outcome }));
  expect(await allocateOrders(warehouse.db, orders.slice(0, 1))).toEqual(expected.slice(0, 1));
  expect(await allocateOrders(warehouse.db, orders)).toEqual(expected);
  expect(await allocateOrders(warehouse.db, orders)).toEqual(expected);
});

test('what was freed while a decision waited for the shelf is taken', async () => {
  const { db } = warehouse;
  const [first, second] = await hotOrders(2, 1);
  expect((await commitDecisions(db, [first!])).every(isCommitted)).toBe(true);
  const keys = await db('allocations').where({ order_id: first!.orderId }).pluck<string[]>('key');
  const taking = await db.transaction(async (trx) => {
    await releaseAllocations(trx, { keys, cause: 'released', actor: 'test', at });
    const asked = commitDecisions(db, [second!]);
    await untilHeldUp(1);
    return { asked };
  });
  expect((await taking.asked).every(isCommitted)).toBe(true);
});
