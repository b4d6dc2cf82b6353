import type { MailRequest } from '../../domain/mails';
import { keepAnew } from '../../relay/keep-promises';
import { findOrder } from '../../store/read/find-order';
import { booked, confirmed, packed, shipped, type Climber } from '../activities/support/ladder';
import { openWorld, type World } from '../activities/support/world';
import { mailsOf } from '../support/mails';

let world: World;
beforeAll(async () => (world = await openWorld()));
afterAll(() => world?.close());

const keep = (now: string) =>
  keepAnew({
    store: world.warehouse.store,
    orderUrl: (id) => `https://shop.test/o/${id}`,
    now: () => new Date(now),
    onError: (error) => {
      throw error;
    },
  });

const ship = ({ fulfillmentId }: Climber, at: string) =>
  world.warehouse.store.shipFulfillment({ fulfillmentId, actor: 'test', at });

const told = ({ order }: Climber): Promise<MailRequest[]> =>
  mailsOf(world.warehouse.db, order.id, 'promiseChanged');
const promiseOf = async ({ order }: Climber) => (await findOrder(world.warehouse.db, order.id))!.promise!;
const causesOf = ({ order }: Climber): Promise<string[]> =>
  world.warehouse.db('order_promises').where({ order_id: order.id }).orderBy('id').pluck('cause');

/** Promised on Monday 2026-03-02 between the 3rd and the 5th. */
test('an order that goes well leaves no note and hears of nothing', async () => {
  const climber = await shipped(world);
  expect(await keep('2026-03-02T12:00:00Z')).toBe(0);
  expect(await causesOf(climber)).toEqual(['confirmed']);
});

test('what leaves late is promised anew, and the customer hears of it once', async () => {
  const climber = await booked(world);
  await ship(climber, '2026-03-06T10:00:00.000Z');
  expect(await keep('2026-03-06T10:00:00Z')).toBe(1);
  expect(await promiseOf(climber)).toMatchObject({ earliest: '2026-03-09', latest: '2026-03-11' });
  expect(await causesOf(climber)).toEqual(['confirmed', 'leftLate']);
  expect(await told(climber)).toMatchObject([{ data: { before: '2026-03-05', latest: '2026-03-11' } }]);
  const { timesTold } = { timesTold: (await told(climber)).length };
  await world.warehouse.db('promise_changes').insert({ order_id: climber.order.id, cause: 'leftLate' });
  await keep('2026-03-06T11:00:00Z');
  expect(await told(climber)).toHaveLength(timesTold);
});

test('what the customer was told last is known as of any instant: the confirmation, then a change for the worse', async () => {
  const climber = await booked(world);
  const toldAt = (at: string) => world.warehouse.store.readPromisedBy({ orderId: climber.order.id, at });
  await ship(climber, '2026-03-06T10:00:00.000Z');
  await keep('2026-03-06T10:00:00Z');
  expect(await toldAt('2026-03-01T00:00:00Z')).toBeNull();
  expect(await toldAt('2026-03-05T00:00:00Z')).toBe('2026-03-05');
  expect(await toldAt('2026-03-07T00:00:00Z')).toBe('2026-03-11');
  expect(
    await world.warehouse.store.readPromisedBy({ orderId: 'order:web:nobody', at: '2026-03-07T00:00:00Z' }),
  ).toBeNull();
});

test('two who look at the same note at once tell it once', async () => {
  const climber = await booked(world);
  await ship(climber, '2026-03-06T10:00:00.000Z');
  await Promise.all([keep('2026-03-06T10:00:00Z'), keep('2026-03-06T10:00:00Z')]);
  expect(await told(climber)).toHaveLength(1);
  expect(await causesOf(climber)).toEqual(['confirmed', 'leftLate']);
});

test('an attempt that fails within the promise changes no day, one at its end does', async () => {
  const climber = await shipped(world);
  const { tracking_number: trackingNumber } = await world.warehouse
    .db('packages')
    .where({ fulfillment_id: climber.fulfillmentId })
    .first();
  const fail = (id: string, occurredAt: string) =>
    world.warehouse.store.recordCarrierEvents({
      ...{ carrier: 'sandbox', at: occurredAt },
      reports: [{ id: `${trackingNumber}-${id}`, trackingNumber, status: 'failed', occurredAt }],
    });
  await fail('a', '2026-03-03T10:00:00.000Z');
  await keep('2026-03-03T10:00:00Z');
  expect(await told(climber)).toEqual([]);
  expect(await promiseOf(climber)).toMatchObject({ earliest: '2026-03-04', latest: '2026-03-05' });
  await fail('b', '2026-03-05T10:00:00.000Z');
  await keep('2026-03-05T10:00:00Z');
  expect(await promiseOf(climber)).toMatchObject({ latest: '2026-03-06' });
  expect((await promiseOf(climber)).reasons.join()).toMatch(/attempt to deliver failed/);
  expect(await told(climber)).toHaveLength(1);
});

test('work that is done in its time is not late because somebody looks later', async () => {
  const climber = await confirmed(world);
  await world.warehouse.db('promise_changes').insert({ order_id: climber.order.id, cause: 'supplyMoved' });
  await keep('2026-03-02T10:30:00Z');
  expect(await causesOf(climber)).toEqual(['confirmed']);
  const late = await packed(world);
  await world.warehouse.db('promise_changes').insert({ order_id: late.order.id, cause: 'nobodyActed' });
  await keep('2026-03-09T10:30:00Z');
  expect((await told(late))[0]).toMatchObject({ data: { latest: '2026-03-12' } });
});
