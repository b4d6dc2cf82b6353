import fc from 'fast-check';
import type { Knex } from 'knex';
import { allocateStock } from '../../store/stock/allocate';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { cancelStockTransfer } from '../../store/stock-transfer/cancel-transfer';
import { findStockTransfer } from '../../store/stock-transfer/find-transfer';
import { receiveStockTransfer } from '../../store/stock-transfer/receive-transfer';
import { requestStockTransfer } from '../../store/stock-transfer/request-transfer';
import { shipStockTransfer } from '../../store/stock-transfer/ship-transfer';
import { inTransaction } from '../../store/transaction';
import { at, atMinute, locations, openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => (warehouse = await openWarehouse()));
afterAll(() => warehouse?.close());

const actor = 'test';
let keys = 0;
const request = (id: string, skus: string[], quantity: number, from = 'alpha', to = 'beta') =>
  requestStockTransfer(warehouse.db, {
    id,
    fromLocationId: from,
    toLocationId: to,
    lines: skus.map((sku) => ({ sku, quantity })),
    actor,
    at,
  });
const countersOf = async (sku: string, locationId: string) =>
  warehouse
    .db('stock')
    .where({ sku, location_id: locationId })
    .first({ onHand: 'on_hand', unsellable: 'unsellable', allocated: 'allocated', incoming: 'incoming' });

test('pieces are held, under way, and there; damaged ones cannot be sold, missing ones are told', async () => {
  const { db, freshSku, receive } = warehouse;
  const sku = await freshSku();
  await receive(sku, 'alpha', 10);
  expect(await request('tra-1', [sku], 8)).toMatchObject({ outcome: 'done' });
  expect(await countersOf(sku, 'alpha')).toMatchObject({ onHand: 10, allocated: 8 });
  await inTransaction(db, async (trx) => {
    const wanted = { key: 'x', lineId: 'x', sku, locationId: 'alpha', quantity: 3, keepBack: 0 };
    expect(await take(trx, wanted)).toEqual('short');
  });

  await shipStockTransfer(db, { id: 'tra-1', actor, at, expectedAt: atMinute(60) });
  expect(await countersOf(sku, 'alpha')).toMatchObject({ onHand: 2, allocated: 0 });
  expect(await countersOf(sku, 'beta')).toMatchObject({ onHand: 0, incoming: 8 });
  const supply = await db('incoming_supply').where({ sku });
  expect(supply).toMatchObject([{ location_id: 'beta', quantity: 8, expected_at: new Date(atMinute(60)) }]);

  const arrive = (key: string, quantity: number, damaged: number, closeReason?: string) =>
    receiveStockTransfer(db, {
      id: 'tra-1',
      key,
      lines: [{ sku, quantity, damaged }],
      closeReason,
      actor,
      at,
    });
  await arrive('first', 3, 1);
  await arrive('first', 3, 1);
  expect(await countersOf(sku, 'beta')).toEqual({ onHand: 3, unsellable: 1, allocated: 0, incoming: 5 });
  expect(await arrive('more', 6, 0)).toMatchObject({
    outcome: 'invalid',
    problems: [{ pointer: '/lines/0/quantity', detail: expect.stringContaining('Only 5') }],
  });
  await arrive('last', 4, 0, 'one carton is missing');
  await arrive('last', 4, 0, 'one carton is missing');
  expect(await countersOf(sku, 'beta')).toEqual({ onHand: 7, unsellable: 1, allocated: 0, incoming: 0 });
  expect(await findStockTransfer(db, 'tra-1')).toMatchObject({
    status: 'received',
    closeReason: 'one carton is missing',
    lines: [{ sku, quantity: 8, received: 7, damaged: 1, lost: 1 }],
    allowedActions: [],
  });
  const loss = await db('stock_ledger').where({ sku, cause: 'transferLost' });
  expect(loss).toMatchObject([
    { incoming: -1, location_id: 'beta', reason: 'one carton is missing', reference: 'tra-1', actor },
  ]);
  expect(await findStockDifferences(db)).toEqual([]);
});

async function take(trx: Knex.Transaction, wanted: Parameters<typeof allocateStock>[1]['allocations'][0]) {
  return (await allocateStock(trx, { orderId: 'direct', at, allocations: [wanted] })).outcome;
}

test('all pieces are held or none, and the id names one transfer', async () => {
  const { db, freshSku, receive } = warehouse;
  const [plenty, scarce] = [await freshSku(), await freshSku()];
  await receive(plenty, 'alpha', 10);
  await receive(scarce, 'alpha', 2);
  expect(await request('tra-2', [plenty, scarce], 3)).toEqual({
    outcome: 'invalid',
    problems: [
      {
        pointer: '/lines/1/quantity',
        detail: `Only 2 of "${scarce}" are free at "alpha": 3 cannot be sent`,
      },
    ],
  });
  expect(await findStockTransfer(db, 'tra-2')).toBeNull();
  expect(await countersOf(plenty, 'alpha')).toMatchObject({ allocated: 0 });

  const answers = await Promise.all([1, 2, 3].map(() => request('tra-2', [plenty, scarce], 2)));
  expect(answers.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done']);
  expect(await countersOf(plenty, 'alpha')).toMatchObject({ allocated: 2 });
  expect(await request('tra-2', [plenty, scarce], 1)).toEqual({ outcome: 'differs' });
});

test('what arrives or is set free serves the lines that wait for it', async () => {
  const { db, freshSku, receive, recordOrder, source } = warehouse;
  const sku = await freshSku();
  await receive(sku, 'alpha', 4);
  await request('tra-3', [sku], 2);
  await request('tra-4', [sku], 2);
  const waiting = await recordOrder({ lines: [{ sku, quantity: 3 }] });
  expect((await source(waiting)).fulfillments).toEqual([]);
  const cancelled = await cancelStockTransfer(db, { id: 'tra-3', reason: 'sold here', actor, at });
  expect(cancelled).toMatchObject({ outcome: 'done', signals: [{ signal: 'backorderAllocated' }] });
  await shipStockTransfer(db, { id: 'tra-4', actor, at });
  const lines = [{ sku, quantity: 2 }];
  const arrived = await receiveStockTransfer(db, { id: 'tra-4', key: 'k', lines, actor, at });
  expect(arrived).toMatchObject({ outcome: 'done', signals: [{ signal: 'backorderAllocated' }] });
  expect(await countersOf(sku, 'alpha')).toMatchObject({ onHand: 2, allocated: 2 });
  expect(await countersOf(sku, 'beta')).toMatchObject({ onHand: 2, allocated: 1 });
});

test('what has left cannot be cancelled, and what was cancelled cannot leave', async () => {
  const { db, freshSku, receive } = warehouse;
  const sku = await freshSku();
  await receive(sku, 'alpha', 4);
  await request('tra-5', [sku], 2);
  await request('tra-6', [sku], 2);
  const command = (id: string) => ({ id, actor, at });
  const both = await Promise.all([
    shipStockTransfer(db, command('tra-5')),
    cancelStockTransfer(db, command('tra-5')),
  ]);
  expect(both.map(({ outcome }) => outcome).sort()).toEqual(['done', 'notAllowed']);
  await cancelStockTransfer(db, command('tra-6'));
  expect(await cancelStockTransfer(db, command('tra-6'))).toMatchObject({ outcome: 'done' });
  expect(await shipStockTransfer(db, command('tra-6'))).toEqual({
    outcome: 'notAllowed',
    because: 'A stock transfer that is cancelled cannot be asked to ship',
    allowed: [],
  });
  expect(await shipStockTransfer(db, command('tra-0'))).toMatchObject({ outcome: 'notFound' });
});

const place = fc.constantFrom(...locations);
const journey = fc.record({
  from: place,
  to: place,
  skus: fc.subarray([0, 1], { minLength: 1 }),
  quantity: fc.integer({ min: 1, max: 5 }),
  isCancelled: fc.boolean(),
  arrives: fc.array(fc.record({ quantity: fc.nat(3), damaged: fc.nat(1) }), { maxLength: 2 }),
  isClosed: fc.boolean(),
  buys: fc.nat(3),
});

test('however transfers and orders cross, each step twice: no piece is lost, doubled or sold twice', async () => {
  const { db, freshSku, receive, recordOrder, source } = warehouse;
  await fc.assert(
    fc.asyncProperty(fc.array(journey, { minLength: 2, maxLength: 6 }), async (journeys) => {
      const skus = [await freshSku(), await freshSku()];
      for (const sku of skus) for (const where of locations) await receive(sku, where, 4);
      const twice = (act: () => Promise<unknown>) => Promise.all([act(), act()]);
      await Promise.all(
        journeys.map(async (each) => {
          const id = `journey-${(keys += 1)}`;
          const chosen = each.skus.map((index) => skus[index]!);
          const to = each.to === each.from ? locations[(locations.indexOf(each.from) + 1) % 3]! : each.to;
          const order = await recordOrder({ lines: [{ sku: chosen[0]!, quantity: each.buys + 1 }] });
          await Promise.all([source(order), twice(() => request(id, chosen, each.quantity, each.from, to))]);
          if (each.isCancelled) await twice(() => cancelStockTransfer(db, { id, actor, at }));
          await twice(() => shipStockTransfer(db, { id, actor, at }));
          for (const [index, { quantity, damaged }] of each.arrives.entries()) {
            const lines = chosen.map((sku) => ({ sku, quantity: quantity + 1, damaged }));
            await twice(() => receiveStockTransfer(db, { id, key: `${index}`, lines, actor, at }));
          }
          const closing = { id, key: 'close', lines: [], closeReason: 'lost', actor, at };
          if (each.isClosed) await twice(() => receiveStockTransfer(db, closing));
        }),
      );
      expect(await findStockDifferences(db)).toEqual([]);
      for (const sku of skus) {
        const { onHand, incoming } = (await db('stock')
          .where({ sku })
          .sum({ onHand: 'on_hand', incoming: 'incoming' })
          .first()) as { onHand: number; incoming: number };
        const lost = await db('stock_transfer_lines').where({ sku }).sum({ lost: 'lost' }).first();
        expect(Number(onHand) + Number(incoming) + Number(lost!.lost)).toBe(12);
      }
    }),
    { numRuns: 12 },
  );
});
