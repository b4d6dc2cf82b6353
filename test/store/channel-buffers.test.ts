import fc from 'fast-check';
import { saveChannel } from '../../store/catalogue/save-channel';
import { serveWaitingOn } from '../../store/buffer/change-buffers';
import { deleteBuffer } from '../../store/buffer/delete-buffer';
import { saveBuffer } from '../../store/buffer/save-buffer';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { at, atMinute, locations, openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse();
  await saveChannel(warehouse.db, { code: 'tills', type: 'till', name: 'Tills', settings: {} });
});
afterAll(() => warehouse?.close());
afterEach(async () => {
  for (const { id } of await warehouse.db('channel_buffers')) await deleteBuffer(warehouse.db, id, at);
});

const by = { actor: 'admin:test', at };
const few = fc.integer({ min: 1, max: 4 });

test('however many channels want the same goods at the same time, none takes what is kept back from it', async () => {
  const { db, freshSku, receive, recordOrder, source } = warehouse;
  const buyer = fc.record({ channel: fc.constantFrom('web', 'tills'), quantity: few });
  await fc.assert(
    fc.asyncProperty(
      fc.array(buyer, { minLength: 4, maxLength: 14 }),
      fc.record({ web: fc.nat(5), tills: fc.nat(3), alpha: fc.option(fc.nat(6), { nil: undefined }) }),
      async (buyers, kept) => {
        const sku = await freshSku();
        for (const where of locations) await receive(sku, where, 6);
        for (const channel of ['web', 'tills'] as const)
          await saveBuffer(db, { id: `${sku}:${channel}`, channel, sku, pieces: kept[channel] }, by);
        const { alpha } = kept;
        if (alpha !== undefined)
          await saveBuffer(db, { id: `${sku}:a`, locationId: 'alpha', sku, pieces: alpha }, by);
        const orders = [];
        for (const [index, { channel, quantity }] of buyers.entries())
          orders.push(await recordOrder({ channel, at: atMinute(index), lines: [{ sku, quantity }] }));
        await Promise.all(orders.flatMap((order) => [source(order), source(order)]));

        // The ledger of a place is in the order of its row's lock.
        const taken: { place: string; channel: 'web' | 'tills'; held: number; left: number }[] = (
          await db.raw(
            `SELECT l.location_id AS place, o.channel, l.allocated AS held,
                    (sum(l.on_hand - l.allocated) OVER (PARTITION BY l.location_id ORDER BY l.id))::int AS left
             FROM stock_ledger AS l LEFT JOIN orders AS o ON o.id = l.order_id WHERE l.sku = ? ORDER BY l.id`,
            [sku],
          )
        ).rows.filter(({ channel }: { channel: string | null }) => channel !== null);
        for (const { place, channel, left } of taken)
          expect(left).toBeGreaterThanOrEqual(
            place === 'alpha' && alpha !== undefined ? alpha : kept[channel],
          );
        const sold = taken.reduce((sum, { held }) => sum + held, 0);
        const waiting = await db('backorders').where({ sku }).sum({ open: 'open' }).first();
        const wanted = buyers.reduce((sum, { quantity }) => sum + quantity, 0);
        expect(sold + Number(waiting!.open ?? 0)).toBe(wanted);
        expect(await forgotten(sku)).toEqual([]);
        expect(await findStockDifferences(db)).toEqual([]);
      },
    ),
    { numRuns: 12 },
  );
});

/** Lines that wait although somewhere there is stock for their channel. */
async function forgotten(sku: string) {
  const waiting = await warehouse
    .db('backorders as b')
    .join('orders as o', 'o.id', 'b.order_id')
    .where('b.sku', sku)
    .where('b.open', '>', 0)
    .select('o.id', 'o.channel');
  const seen = [];
  for (const { id, channel } of waiting) {
    const facts = await warehouse.store.readSourcingFacts({ orderId: id, channel, skus: [sku] });
    const able = facts.candidates.filter((each) => !facts.excluded.includes(each.locationId));
    seen.push(...able.filter((each) => each.available[sku]! > 0));
  }
  return seen;
}

test('who waits is served when less is kept back, and when the buffer is gone', async () => {
  const { db, freshSku, receive, recordOrder, source } = warehouse;
  const sku = await freshSku();
  await receive(sku, 'alpha', 5);
  await saveBuffer(db, { id: 'b', sku, pieces: 5 }, by);
  const order = await recordOrder({ lines: [{ sku, quantity: 4 }] });
  expect(await source(order)).toMatchObject({ fulfillments: [], backordered: [{ quantity: 4 }] });
  const lower = await saveBuffer(db, { id: 'b', sku, pieces: 3 }, by);
  expect(lower).toMatchObject({ outcome: 'done', signals: [{ signal: 'backorderAllocated' }] });
  expect(await db('stock').where({ sku }).first()).toMatchObject({ allocated: 2 });
  // For other goods now: these are free.
  const other = await freshSku();
  expect(await saveBuffer(db, { id: 'b', sku: other, pieces: 9 }, by)).toMatchObject({
    signals: [{ signal: 'backorderAllocated' }],
  });
  expect(await db('stock').where({ sku }).first()).toMatchObject({ allocated: 4 });
  expect(await deleteBuffer(db, 'b', at)).toEqual([]);
  expect(await deleteBuffer(db, 'b', at)).toEqual([]);
});

test('where very many SKUs are waited for, they are served piece by piece, each once', async () => {
  const { db, freshSku, receive, recordOrder, source } = warehouse;
  const skus: string[] = [];
  for (let n = 0; n < 103; n += 1) skus.push(await freshSku());
  for (const sku of skus) await receive(sku, 'alpha', 3);
  await db('products').whereIn('sku', skus).update({ category: 'many' });
  await saveBuffer(db, { id: 'many', category: 'many', locationId: 'alpha', pieces: 3 }, by);
  const order = await recordOrder({ lines: skus.map((sku) => ({ sku, quantity: 2 })) });
  expect((await source(order)).backordered).toHaveLength(103);
  const heldOf = async () =>
    Number((await db('stock').whereIn('sku', skus).sum({ pieces: 'allocated' }).first())!.pieces);

  const changed = await saveBuffer(db, { id: 'many', category: 'many', locationId: 'alpha', pieces: 1 }, by);
  expect(changed).toMatchObject({ outcome: 'done' });
  expect((changed as { signals: unknown[] }).signals).toHaveLength(100);
  expect(await heldOf()).toBe(200);
  // As two workers do; and again, because an answer was lost.
  await Promise.all([serveWaitingOn(db, { at }), serveWaitingOn(db, { at })]);
  expect(await heldOf()).toBe(206);
  expect(await serveWaitingOn(db, { at })).toBe(false);
  expect(await heldOf()).toBe(206);
  expect(await db('availability_walks').where('walkers', 'backorders')).toEqual([]);
  for (const sku of skus) expect(await forgotten(sku)).toEqual([]);
  expect(await findStockDifferences(db)).toEqual([]);
});

test('nobody begins to wait on a buffer that is lowered at this moment', async () => {
  const { db, freshSku, receive, recordOrder, source } = warehouse;
  for (let round = 0; round < 12; round += 1) {
    const sku = await freshSku();
    await receive(sku, 'alpha', 5);
    await saveBuffer(db, { id: `r-${round}`, sku, pieces: 5 }, by);
    const orders = [
      await recordOrder({ lines: [{ sku, quantity: 2 }] }),
      await recordOrder({ lines: [{ sku, quantity: 2 }] }),
    ];
    await Promise.all([
      ...orders.map((order) => source(order)),
      saveBuffer(db, { id: `r-${round}`, sku, pieces: 0 }, by),
    ]);
    expect(await forgotten(sku)).toEqual([]);
    expect(await db('stock').where({ sku }).first()).toMatchObject({ allocated: 4 });
  }
});

test('one scope has one buffer, and what is not there is told', async () => {
  const { db, freshSku } = warehouse;
  const sku = await freshSku();
  await saveBuffer(db, { id: 'one', sku, channel: 'web', pieces: 1 }, by);
  expect(await saveBuffer(db, { id: 'two', sku, channel: 'web', pieces: 2 }, by)).toEqual({
    outcome: 'taken',
    by: 'one',
  });
  expect(await saveBuffer(db, { id: 'two', sku: 'NOPE', channel: 'x', pieces: 2 }, by)).toEqual({
    outcome: 'invalid',
    problems: [
      { pointer: '/channel', detail: 'No channel has the code "x"' },
      { pointer: '/sku', detail: 'No product has the SKU "NOPE"' },
    ],
  });
});
