import { editPaymentIdOf } from '../../domain/ids';
import { listOffers } from '../../store/alternative/list-offers';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { addSupplier } from './support/supplier';
import { at, booked, confirmed, packing } from './support/ladder';
import { becomesLate, dearer, offeredForLate } from './support/late';
import { openWorld, type World } from './support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await addSupplier(world);
});
afterAll(() => world?.close());

const lateOf = (orderId: string) => world.warehouse.store.readLatePieces(orderId);
const allocatedOf = async (sku: string, locationId: string): Promise<number> =>
  (await world.warehouse.db('stock').where({ sku, location_id: locationId }).first('allocated')).allocated;
const stateOf = async ({ order, sku, other }: Awaited<ReturnType<typeof offeredForLate>>) => {
  const [first] = await world.warehouse.db('fulfillments').where('order_id', order.id).orderBy('id');
  return {
    status: first.status,
    version: (await world.warehouse.db('orders').where('id', order.id).first()).version,
    old: await allocatedOf(sku, 'alpha'),
    new: await allocatedOf(other, 'beta'),
  };
};

test('late is what comes later than was told at first, once the customer heard of it, and is not packed', async () => {
  const climber = await confirmed(world);
  expect(await lateOf(climber.order.id)).toEqual([]);
  await becomesLate(world, climber);
  const { fulfillmentId } = climber;
  expect(await lateOf(climber.order.id)).toMatchObject([
    { fulfillmentId, quantity: 3, latest: '2026-06-30' },
  ]);
  await world.warehouse.store.packFulfillment(packing(climber));
  expect(await lateOf(climber.order.id)).toEqual([]);
});

test('what left, and what a supplier was shown, is let go no more', async () => {
  for (const climber of [await booked(world), await confirmed(world, { stock: { mill: 5 } })]) {
    await becomesLate(world, climber);
    expect(await lateOf(climber.order.id)).toEqual([]);
  }
});

test('what stands in is not late by the day that was told with it', async () => {
  const made = await offeredForLate(world);
  const { order, other, about } = made;
  const taken = await world.activities.answerOffer({ ...about, sku: other });
  if (taken.outcome !== 'accepted') throw new Error(JSON.stringify(taken));
  expect(taken.workLeft).toEqual([{ fulfillmentId: made.fulfillmentId, lines: [] }]);
  const { fulfillmentId: part } = taken.fulfillments[0]!;
  const [offer] = await listOffers(world.warehouse.db, order.id);
  const { latest } = offer!.options[0]!.promise!;
  const tell = (id: number, day: string) =>
    world.warehouse.store.recordStep({
      ...{ orderId: order.id, at },
      promises: {
        key: `kept:${id}`,
        parts: [{ part, earliest: day, latest: day, leavesBy: null, reasons: [] }],
      },
    });
  await tell(1, latest);
  expect(await lateOf(order.id)).toEqual([]);
  await tell(2, '2026-06-30');
  expect(await lateOf(order.id)).toMatchObject([{ fulfillmentId: part, quantity: 3 }]);
});

test('who packs and who takes something else at once: the database lets one of them', async () => {
  for (let round = 0; round < 6; round += 1) {
    const made = await offeredForLate(world);
    const pack = () => world.warehouse.store.packFulfillment(packing(made));
    const take = () => world.activities.answerOffer({ ...made.about, sku: made.other });
    const [packed, taken] =
      round % 2 === 0 ? await Promise.all([pack(), take()]) : (await Promise.all([take(), pack()])).reverse();
    const isPacked = (packed as { outcome: string }).outcome === 'done';
    expect((taken as { outcome: string }).outcome).toBe(isPacked ? 'notAllowed' : 'accepted');
    expect(await stateOf(made)).toEqual(
      isPacked
        ? { status: 'packed', version: 1, old: 3, new: 0 }
        : { status: 'cancelled', version: 2, old: 0, new: 3 },
    );
  }
  expect(await findStockDifferences(world.warehouse.db)).toEqual([]);
});

test('what costs more is asked for, and let go when the location packed meanwhile', async () => {
  const made = await offeredForLate(world, 5, dearer);
  const { order, other, about } = made;
  const asked = await world.activities.answerOffer({ ...about, sku: other });
  if (asked.outcome !== 'toPay') throw new Error(JSON.stringify(asked));
  const { paymentId, key } = asked;
  expect(paymentId).toBe(editPaymentIdOf(order.id, key));
  await world.activities.authorizeEdit({ orderId: order.id, orderNumber: order.number, paymentId, key, at });
  await world.warehouse.store.packFulfillment(packing(made));
  const paid = await world.activities.answerOffer({ ...about, sku: other, isPaid: true });
  expect(paid).toMatchObject({ outcome: 'notAllowed', because: expect.stringContaining('packed by now') });
  await world.activities.dropEdit({ orderId: order.id, paymentId, at });
  const payments = await world.warehouse.store.readPayments(order.id);
  expect(payments.find(({ id }) => id === paymentId)).toMatchObject({ status: 'voided', captured: 0 });
  expect(await stateOf(made)).toEqual({ status: 'packed', version: 1, old: 3, new: 0 });
});

test('an order that became another one meanwhile is looked at again, not overwritten', async () => {
  const made = await offeredForLate(world);
  const { order, about, other } = made;
  const { readOrderFacts } = world.warehouse.store;
  const before = (await readOrderFacts(order.id))!;
  await world.warehouse.db('orders').where('id', order.id).update({ version: 2 });
  const [offer] = await listOffers(world.warehouse.db, order.id);
  const stale = await world.warehouse.store.acceptOffer({
    ...{
      offer: offer!,
      option: offer!.options[0]!,
      newLineId: 'lin_none',
      version: before.version,
      key: 'x',
    },
    ...{ changed: { order, gross: { kept: 0, added: 0 } }, actor: 'test', reason: null, amounts: [] },
    ...{ isCheaper: false, tell: {}, at, commit: {} as never },
  });
  expect(stale).toEqual({ outcome: 'stale' });
  expect(await world.activities.answerOffer({ ...about, sku: other })).toMatchObject({ outcome: 'accepted' });
  expect((await stateOf(made)).version).toBe(3);
});
