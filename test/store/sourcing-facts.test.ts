import { changeAssortment } from '../../store/catalogue/change-assortment';
import { findLocation } from '../../store/catalogue/find-location';
import { saveLocation } from '../../store/catalogue/save-location';
import type { Candidate } from '../../domain/sourcing/types';
import { at, openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => (warehouse = await openWarehouse()));
afterAll(() => warehouse?.close());

/** What the location with this id has told of itself from now on. */
async function tell(id: string, told: Parameters<typeof saveLocation>[1] | object): Promise<void> {
  await saveLocation(warehouse.db, { ...(await findLocation(warehouse.db, id))!, ...told });
}

test('candidates tell what rules look at, and leave out what the location does not tell', async () => {
  const { db, freshSku, receive, recordOrder, store } = warehouse;
  const [sold, other] = [await freshSku(), await freshSku()];
  await receive(sold, 'alpha', 3);
  await receive(other, 'alpha', 3);
  await receive(sold, 'beta', 3);
  const calendar = { timeZone: 'Europe/Rome', weekdays: { mon: { open: '08:00', close: '18:00' } } };
  await tell('alpha', {
    calendar,
    tags: ['robot'],
    capacityPerDay: 20,
    pickCost: { amount: 35, currency: 'EUR' },
    assortment: 'listed',
    hazardAllowed: true,
  });
  await changeAssortment(db, { locationId: 'alpha', isWhole: true, add: [other], remove: [], field: 'skus' });
  const { id } = await recordOrder({ lines: [{ sku: sold, quantity: 1 }] });
  const facts = await store.readSourcingFacts({
    ...{ orderId: id, channel: 'web', skus: [sold, other], currency: 'EUR' },
  });
  const [alpha, beta] = facts.candidates;
  expect(alpha).toMatchObject({
    type: 'warehouse',
    tags: ['robot'],
    capacityPerDay: 20,
    pickCost: 35,
    hazardAllowed: true,
    carries: { [sold]: false, [other]: true },
    available: { [sold]: 3, [other]: 3 },
  });
  const untold: (keyof Candidate)[] = ['capacityPerDay', 'pickCost', 'carries', 'usedToday', 'backlog'];
  for (const field of untold) expect(beta).not.toHaveProperty(field);
  expect(beta).toMatchObject({ tags: [], hazardAllowed: false, point: null });
  expect(facts.calendars).toEqual({ alpha: calendar });
});

test('load is counted for the day of the location, when it is asked for', async () => {
  const { db, freshSku, receive, recordOrder, source, store } = warehouse;
  const sku = await freshSku();
  await receive(sku, 'gamma', 9);
  await tell('gamma', { calendar: { timeZone: 'Pacific/Auckland', weekdays: {} } });
  const orders = [];
  for (const status of ['allocated', 'packed', 'shipped', 'cancelled', 'allocated']) {
    const order = await recordOrder({ lines: [{ sku, quantity: 1 }] });
    const { fulfillments } = await source(order);
    await db('fulfillments').where('id', fulfillments[0]!.fulfillmentId).update({ status });
    orders.push(fulfillments[0]!.fulfillmentId);
  }
  // 1 June begins in Auckland at 12:00 UTC of 31 May.
  const given = ['12:00', '13:00', '23:00', '14:00', '11:59'];
  for (const [index, id] of orders.entries())
    await db('fulfillments')
      .where({ id })
      .update({ created_at: `2026-05-31T${given[index]}:00Z` });
  const read = async (loadAt?: string) => {
    const facts = await store.readSourcingFacts({ orderId: 'any', channel: 'web', skus: [sku], loadAt });
    return facts.candidates.find(({ locationId }) => locationId === 'gamma');
  };
  expect(await read('2026-06-01T10:00:00Z')).toMatchObject({ usedToday: 3, backlog: 3 });
  expect(await read('2026-06-01T12:00:00Z')).toMatchObject({ usedToday: 0, backlog: 3 });
  expect(await read()).not.toHaveProperty('backlog');
});

test('a store that waited in vain for its customer has refused nothing; one that did not act has', async () => {
  const { db, freshSku, receive, recordOrder, source, store } = warehouse;
  const sku = await freshSku();
  await receive(sku, 'alpha', 9);
  const excludedAfter = async (isGivenUp: boolean) => {
    const order = await recordOrder({ lines: [{ sku, quantity: 1 }], mode: 'pickup', locationId: 'alpha' });
    const { fulfillments } = await source(order);
    const { fulfillmentId } = fulfillments[0]!;
    const status = isGivenUp ? 'readyForPickup' : 'allocated';
    await db('fulfillments').where({ id: fulfillmentId }).update({ status });
    const late = { orderId: order.id, fulfillmentId, from: [status], reason: 'late', isGivenUp, at };
    for (let time = 0; time < 2; time += 1)
      expect(await store.expireFulfillment(late)).toMatchObject({ outcome: 'expired' });
    const asked = { orderId: order.id, channel: 'web', skus: [sku] };
    return (await store.readSourcingFacts(asked)).excluded;
  };
  expect(await excludedAfter(true)).toEqual([]);
  expect(await excludedAfter(false)).toEqual(['alpha']);
});
