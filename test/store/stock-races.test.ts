import fc from 'fast-check';
import type { Sourced } from '../../activities/sourcing/source';
import type { PlacedOrder } from '../../domain/order/types';
import { recordMovement } from '../../store/stock/record-movement';
import { allocateStock } from '../../store/stock/allocate';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { releaseReservation } from '../../store/reservation/change-reservation';
import { holdReservation } from '../../store/reservation/hold-reservation';
import { releaseAllocations } from '../../store/stock/release';
import { setSafetyStock } from '../../store/stock/set-safety-stock';
import { inTransaction } from '../../store/transaction';
import { at, atMinute, locations, openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => (warehouse = await openWarehouse()));
afterAll(() => warehouse?.close());

const place = fc.constantFrom(...locations);
const skuIndex = fc.integer({ min: 0, max: 1 });
const orderIndex = fc.nat(5);
const few = fc.integer({ min: 1, max: 5 });

/** One thing that somebody does; numbers stand for products and orders of the run. */
const deed = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('source' as const), order: orderIndex }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('receive' as const), sku: skuIndex, place, quantity: few }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('allocate' as const), sku: skuIndex, place, quantity: few }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('allocateBoth' as const), place, quantity: few }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release' as const), sku: skuIndex, place }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('reserve' as const), order: orderIndex, place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), order: orderIndex }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expire' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reject' as const), order: orderIndex }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('ship' as const), order: orderIndex }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('return' as const), order: orderIndex }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), order: orderIndex }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('giveUp' as const), order: orderIndex }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('count' as const), sku: skuIndex, place, quantity: fc.nat(4) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('transfer' as const),
      sku: skuIndex,
      from: place,
      to: place,
      quantity: few,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('keepBack' as const), sku: skuIndex, place, quantity: fc.nat(2) }),
  },
);
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

/** Rounds of things that happen at the same time; some of them twice, as when an answer was lost. */
const morning = fc.record({
  orders: fc.array(fc.array(fc.record({ sku: skuIndex, quantity: few }), { minLength: 1, maxLength: 3 }), {
    minLength: 6,
    maxLength: 6,
  }),
  rounds: fc.array(fc.array(fc.record({ deed, isRepeated: fc.boolean() }), { minLength: 1, maxLength: 10 }), {
    minLength: 1,
    maxLength: 4,
  }),
});

let keys = 0;

/** Does things to the orders and products of one run. */
function createActor(skus: readonly string[], orders: readonly PlacedOrder[]) {
  const { db, store } = warehouse;
  const sourced = new Map<string, Sourced>();
  const actor = 'test';

  async function fulfillmentsOf(order: PlacedOrder, status: string[]): Promise<string[]> {
    return db('fulfillments').where('order_id', order.id).whereIn('status', status).orderBy('id').pluck('id');
  }

  async function ship(order: PlacedOrder): Promise<void> {
    for (const id of await fulfillmentsOf(order, ['allocated'])) {
      await warehouse.release(order, [id]);
      const lines = await db('fulfillment_lines')
        .where('fulfillment_id', id)
        .select({ lineId: 'line_id', quantity: 'quantity' });
      const packages = [{ type: 'box', weightGrams: 500, lines }];
      const command = { fulfillmentId: id, actor, at };
      await store.packFulfillment({ ...command, packages, companyPrefix: '0412345' });
      await Promise.all([store.shipFulfillment(command), store.shipFulfillment(command)]);
      await db('fulfillments').where({ id, status: 'shipped' }).update({ status: 'delivered' });
    }
  }

  async function sendBack(order: PlacedOrder): Promise<void> {
    const left = await db('fulfillment_lines as l')
      .join('fulfillments as f', 'f.id', 'l.fulfillment_id')
      .where({ 'f.order_id': order.id, 'f.status': 'delivered' })
      .first('l.line_id');
    if (!left) return;
    const returnId = `ret_${(keys += 1)}`;
    const lines = [{ lineId: left.line_id as string, quantity: 1, reason: 'changedMind' }];
    const opened = await store.openReturn({
      ...{ returnId, orderId: order.id, lines, mode: 'store', refundTo: 'tenders', actor, cause: 'customer' },
      until: null,
      at,
    });
    if (opened.outcome !== 'opened') return;
    await store.receiveReturn({ returnId, actor, at, locationId: 'beta' });
    const inspected = [{ lineId: left.line_id as string, quantity: 1, outcome: 'restock' as const }];
    const inspect = () => store.inspectReturn({ returnId, actor, at, lines: inspected });
    await Promise.all([inspect(), inspect()]);
  }

  async function allocate(
    key: string,
    wanted: { sku: string; place: string; quantity: number }[],
  ): Promise<void> {
    const allocations = wanted.map((each, index) => ({
      key: `${key}:${index}`,
      lineId: 'line',
      sku: each.sku,
      locationId: each.place,
      quantity: each.quantity,
      keepBack: 0,
    }));
    const isShort = new Error('short');
    try {
      await inTransaction(db, async (trx) => {
        const taken = await allocateStock(trx, { orderId: 'direct', at, allocations });
        if (taken.outcome === 'short') throw isShort;
      });
    } catch (error) {
      const isTakenBefore = (error as { code?: string }).code === '23505';
      if (error !== isShort && !isTakenBefore) throw error;
    }
  }

  /** Each order's cart; half of them are due when somebody sweeps. */
  async function reserve(
    { reservationId: id, channel, lines }: PlacedOrder,
    locationId: string,
  ): Promise<void> {
    const bySku = [...new Set(lines.map(({ sku }) => sku))].map((sku) => {
      const own = lines.filter((line) => line.sku === sku);
      return { sku, quantity: own.reduce((sum, { quantity }) => sum + quantity, 0) };
    });
    await holdReservation(db, {
      ...{ id: id!, channel, country: null, locationId: null, lines: bySku },
      pieces: bySku.map((line) => ({ ...line, locationId, keepBack: 0 })),
      ...{ expiresAt: atMinute(Number(id!.slice(5)) % 2 === 0 ? 30 : 90), actor, at },
    });
  }

  /** The same key for both tries of one deed. */
  return async function act(what: Deed, key: string): Promise<void> {
    const order = 'order' in what ? orders[what.order]! : orders[0]!;
    const sku = 'sku' in what ? skus[what.sku]! : skus[0]!;
    switch (what.do) {
      case 'source': {
        const answer = await warehouse.source(order);
        // A round in force answers the same to everybody.
        const first = sourced.get(order.id);
        if (first) expect(answer).toEqual(first);
        sourced.set(order.id, answer);
        return;
      }
      case 'receive':
        await warehouse.receive(sku, what.place, what.quantity, key);
        return;
      case 'allocate':
        return allocate(key, [{ ...what, sku }]);
      case 'allocateBoth':
        return allocate(
          key,
          [...skus].reverse().flatMap((each) => [
            { sku: each, place: what.place, quantity: what.quantity },
            { sku: each, place: 'alpha', quantity: 1 },
          ]),
        );
      case 'release': {
        const held = await db('allocations')
          .where({ order_id: 'direct', sku, location_id: what.place, state: 'held' })
          .pluck('key');
        await inTransaction(db, (trx) =>
          releaseAllocations(trx, { keys: held, cause: 'test', actor: 'test', at }),
        );
        return;
      }
      case 'reserve':
        return reserve(order, what.place);
      case 'leave':
        await releaseReservation(db, { id: order.reservationId!, actor, at });
        return;
      case 'expire':
        await store.expireReservations({ at: atMinute(60), limit: 2 });
        return;
      case 'reject':
        for (const id of await fulfillmentsOf(order, ['allocated'])) {
          await warehouse.release(order, [id]);
          await store.rejectFulfillment({ fulfillmentId: id, reason: 'not found', actor, at });
        }
        return;
      case 'ship':
        return ship(order);
      case 'return':
        return sendBack(order);
      case 'cancel':
        // An order's own thread does one after the other: it cancels what is sourced, or never sources it.
        if (!sourced.has(order.id)) return;
        await store.cancelOrder({
          orderId: order.id,
          reason: 'customerRequest',
          actor,
          decision: 'cancelled',
          at,
        });
        return;
      case 'giveUp':
        await store.giveUpBackorders({ orderId: order.id, at });
        return;
      case 'count':
        await recordMovement(db, {
          key,
          movement: { sku, locationId: what.place, type: 'count', quantity: what.quantity },
          actor,
          at,
        });
        return;
      case 'transfer':
        await recordMovement(db, {
          ...{ key, actor, at },
          movement: {
            sku,
            locationId: what.from,
            toLocationId: what.to,
            type: 'transfer',
            quantity: what.quantity,
          },
        });
        return;
      case 'keepBack':
        await setSafetyStock(db, {
          key: `safety-${(keys += 1)}`,
          sku,
          locationId: what.place,
          safetyStock: what.quantity,
          actor,
          at,
        });
    }
  };
}

/** Pieces per line: held or gone, waiting, and asked for. */
async function piecesOf(orders: readonly PlacedOrder[]) {
  const ids = orders.map(({ id }) => id);
  const answer = await warehouse.db.raw<{
    rows: {
      id: string;
      quantity: number;
      cancelled: number;
      held: number;
      waiting: number;
      status: string;
    }[];
  }>(
    `SELECT l.id, l.quantity, l.cancelled, o.status,
            (SELECT coalesce(sum(quantity), 0) FROM allocations AS a
             WHERE a.line_id = l.id AND a.state IN ('held', 'shipped'))::int AS held,
            (SELECT coalesce(sum(open), 0) FROM backorders AS b WHERE b.line_id = l.id)::int AS waiting
     FROM order_lines AS l JOIN orders AS o ON o.id = l.order_id WHERE l.order_id = ANY (?)`,
    [ids],
  );
  return answer.rows;
}

/** A fulfillment that stands must have its stock, and one that does not must have none. */
async function liarsAmongFulfillments(orders: readonly PlacedOrder[]) {
  const answer = await warehouse.db.raw<{ rows: object[] }>(
    `SELECT f.id, f.status, a.state FROM fulfillments AS f
     JOIN fulfillment_lines AS l ON l.fulfillment_id = f.id
     LEFT JOIN allocations AS a ON a.key = l.allocation_key
     WHERE f.order_id = ANY (?)
       AND a.state IS DISTINCT FROM CASE WHEN f.status = 'cancelled' THEN 'released'
                                         WHEN f.status IN ('shipped', 'delivered') THEN 'shipped' ELSE 'held' END`,
    [orders.map(({ id }) => id)],
  );
  return answer.rows;
}

/** Lines that wait although somewhere there is stock for them. */
async function forgottenWaiters(skus: readonly string[]) {
  const answer = await warehouse.db.raw<{ rows: object[] }>(
    `SELECT b.sku, b.line_id, s.location_id
     FROM backorders AS b JOIN stock AS s ON s.sku = b.sku
     WHERE b.open > 0 AND b.sku = ANY (?) AND NOT s.location_id = ANY (b.excluded)
       AND s.on_hand - s.unsellable - s.reserved - s.allocated - s.safety_stock > 0`,
    [[...skus]],
  );
  return answer.rows;
}

test('whatever happens at the same time and however often: nothing is oversold, lost or forgotten', async () => {
  const { db, freshSku, recordOrder } = warehouse;
  await fc.assert(
    fc.asyncProperty(morning, async ({ orders: sketches, rounds }) => {
      const skus = [await freshSku(), await freshSku()];
      const orders: PlacedOrder[] = [];
      for (const [index, lines] of sketches.entries())
        orders.push(
          await recordOrder({
            at: atMinute(index),
            lines: lines.map(({ sku, quantity }) => ({ sku: skus[sku]!, quantity })),
            reservationId: `cart-${(keys += 1)}`,
          }),
        );
      const act = createActor(skus, orders);
      for (const round of rounds)
        await Promise.all(
          round.flatMap(({ deed: what, isRepeated }) => {
            const key = `deed-${(keys += 1)}`;
            return isRepeated ? [act(what, key), act(what, key)] : [act(what, key)];
          }),
        );

      expect(await findStockDifferences(db)).toEqual([]);
      for (const line of await piecesOf(orders)) {
        expect(line.held + line.waiting).toBeLessThanOrEqual(line.quantity);
        if (line.status === 'cancelled')
          expect(line).toMatchObject({ held: 0, waiting: 0, cancelled: line.quantity });
      }
      expect(await liarsAmongFulfillments(orders)).toEqual([]);
      expect(await forgottenWaiters(skus)).toEqual([]);
    }),
    { numRuns: Number(process.env.ORDITO_PROOF_RUNS ?? 25), endOnFailure: true },
  );
}, 180_000);

test('waiting lines are served first come first served, and nobody overtakes them', async () => {
  const { db, freshSku, recordOrder } = warehouse;
  const queue = fc.record({
    waiting: fc.array(few, { minLength: 2, maxLength: 6 }),
    latecomers: fc.array(few, { maxLength: 4 }),
    supply: fc.array(fc.record({ place, quantity: few }), { minLength: 1, maxLength: 6 }),
  });
  await fc.assert(
    fc.asyncProperty(queue, async ({ waiting, latecomers, supply }) => {
      const sku = await freshSku();
      const ids: string[] = [];
      for (const [minute, quantity] of waiting.entries()) {
        const order = await recordOrder({ at: atMinute(minute), lines: [{ sku, quantity }] });
        await warehouse.source(order);
        ids.push(order.id);
      }
      const late = await Promise.all(
        latecomers.map((quantity) => recordOrder({ at: atMinute(60), lines: [{ sku, quantity }] })),
      );
      await Promise.all([
        ...supply.map((each) => warehouse.receive(sku, each.place, each.quantity)),
        ...late.map((order) => warehouse.source(order)),
      ]);

      const supplied = supply.reduce((sum, each) => sum + each.quantity, 0);
      const taken = async (orderId: string): Promise<number> =>
        Number(
          (await db('allocations').where('order_id', orderId).sum('quantity as pieces'))[0]!.pieces ?? 0,
        );
      let left = supplied;
      for (const [index, id] of ids.entries()) {
        const due = Math.min(left, waiting[index]!);
        expect({ index, taken: await taken(id) }).toEqual({ index, taken: due });
        left -= due;
      }
      const ofLate = await Promise.all(late.map(({ id }) => taken(id)));
      const wanted = latecomers.reduce((sum, quantity) => sum + quantity, 0);
      expect(ofLate.reduce((sum, pieces) => sum + pieces, 0)).toBe(Math.min(left, wanted));
    }),
    { numRuns: Number(process.env.ORDITO_PROOF_RUNS ?? 25), endOnFailure: true },
  );
}, 180_000);

test('two orders for the last piece: one gets it, the other waits', async () => {
  const { freshSku, recordOrder } = warehouse;
  for (let run = 0; run < 10; run += 1) {
    const sku = await freshSku();
    await warehouse.receive(sku, 'beta', 1);
    const orders = await Promise.all([1, 2].map(() => recordOrder({ lines: [{ sku, quantity: 1 }] })));
    const answers = await Promise.all(orders.map((order) => warehouse.source(order)));
    expect(answers.map((each) => each.fulfillments.length).sort()).toEqual([0, 1]);
    expect(answers.map((each) => each.backordered.length).sort()).toEqual([0, 1]);
    expect(
      await warehouse.store.readSourcingFacts({ orderId: orders[0]!.id, channel: 'web', skus: [sku] }),
    ).toMatchObject({
      candidates: [{ locationId: 'beta', available: { [sku]: 0 } }],
    });
  }
});

test('an order that is cancelled while its stock comes in holds none of it', async () => {
  const { db, freshSku, recordOrder, store } = warehouse;
  for (let run = 0; run < 15; run += 1) {
    const sku = await freshSku();
    const order = await recordOrder({ lines: [{ sku, quantity: 2 }] });
    await warehouse.source(order);
    const cancel = { orderId: order.id, reason: 'customerRequest', actor: 'test', at } as const;
    await Promise.all([
      warehouse.receive(sku, 'alpha', 1),
      store.cancelOrder({ ...cancel, decision: 'cancelled' }),
      warehouse.receive(sku, 'gamma', 1),
    ]);
    expect(await db('fulfillments').where('order_id', order.id).whereNot('status', 'cancelled')).toEqual([]);
    expect(await db('stock').where({ sku }).sum({ allocated: 'allocated', onHand: 'on_hand' })).toEqual([
      { allocated: 0, onHand: 2 },
    ]);
  }
});
