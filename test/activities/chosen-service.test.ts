import type { LabelContent } from '../../domain/documents';
import type { SourcingDecision } from '../../domain/sourcing/types';
import type { Tariff, TariffZone } from '../../domain/tariffs/tariff';
import type { BookingRequest, Carrier } from '../../ports/carrier';
import { publishRules } from '../../store/rules/publish-rules';
import { saveTariff } from '../../store/tariff/save-tariff';
import { readSourcing } from '../../store/read/read-sourcing';
import { at, confirmed, packed, sourced, type Climber } from './support/ladder';
import { addPickupStore, collectedAtPlaza } from './support/pickup';
import { AnswerLost } from './support/losing';
import { openWorld, type World } from './support/world';

const asked: BookingRequest[] = [];
const taken: string[] = [];
/** Takes nothing to Milan, so that everybody else is then asked, and to the islands only by its ordinary service. */
const posta: Carrier = {
  code: 'posta',
  name: 'Posta',
  book(request) {
    asked.push(request);
    const { postalCode } = request.recipient;
    const isFull = postalCode.startsWith('07') && request.service === 'lenta';
    if (postalCode.startsWith('20') || isFull)
      return Promise.resolve({ outcome: 'refused', code: 'full', message: 'no room to Milan' });
    const parcels = request.parcels.map(({ sscc }) => ({
      ...{ sscc, trackingNumber: `P-${sscc}`, trackingUrl: 'http://posta.test' },
    }));
    return Promise.resolve({ outcome: 'booked', parcels });
  },
  cancel({ bookingKey }) {
    taken.push(bookingKey);
    return Promise.resolve({ outcome: 'nothingToCancel' });
  },
};

let world: World;
beforeAll(async () => {
  world = await openWorld([posta]);
  const { db } = world.warehouse;
  const zone = (code: string, base: number, more: Partial<TariffZone> = {}): TariffZone => ({
    ...{ code, from: [{ country: 'IT' }], to: [{ country: 'IT' }] },
    ...{ rates: [{ base, perKg: 0 }], transitDays: { min: 2, max: 4 } },
    ...more,
  });
  const tariffs: Partial<Tariff>[] = [
    { id: 'posta-lenta', carrier: 'posta', service: 'lenta', zones: [zone('italy', 300)] },
    {
      ...{ id: 'sandbox-express', carrier: 'sandbox', service: 'express' },
      zones: [
        zone('italy', 900, { transitDays: { min: 1, max: 1 } }),
        zone('from-beta', 200, { from: [{ locationId: 'beta' }], to: [{ country: 'IT' }] }),
      ],
    },
  ];
  for (const each of tariffs)
    await saveTariff(
      db,
      { ...{ methods: ['standard'], currency: 'EUR', validFrom: '2026-01-01' }, ...each } as Tariff,
      { actor: 'test', at },
    );
  await publishRules(db, {
    ...{ key: 'cheap', note: 'test', actor: 'test', at },
    rules: {
      ...{ name: 'cheap', version: 'draft', currency: 'EUR' },
      scenarios: [
        {
          ...{ code: 'rest', when: { all: [] }, decides: 'software', filters: [] },
          scores: { shippingCost: 1, stockAge: 1, overstock: 10 },
          ...{ allocation: { split: 'allow' }, onShortage: { then: 'backorder' } },
        },
      ],
    },
  });
});
afterAll(() => world?.close());

const workOf = async ({ order }: Climber) => {
  const rows = await world.warehouse.db('fulfillments').where('order_id', order.id).orderBy('id');
  return rows.map(({ location_id, carrier, service }) => [location_id, carrier, service]);
};
const decisionOf = async ({ order }: Climber) =>
  (await readSourcing(world.warehouse.db, order.id))[0]!.decision as unknown as SourcingDecision;
const bookedWith = async ({ fulfillmentId, order }: Climber) => {
  const { db } = world.warehouse;
  const parcel = await db('packages').where('fulfillment_id', fulfillmentId).first('carrier');
  const labels = await db('documents').where({ order_id: order.id, kind: 'shippingLabel' });
  return [parcel.carrier, ...labels.map(({ content }) => (content as LabelContent).service)];
};

test('the cheapest service decides which location supplies, and is kept with the work', async () => {
  const near = await sourced(world, { stock: { alpha: 5, beta: 5 } });
  expect(await workOf(near)).toEqual([['beta', 'sandbox', 'express']]);
  const decision = await decisionOf(near);
  const reasons = (id: string) =>
    decision.candidates.find(({ locationId }) => locationId === id)!.reasons.join('; ');
  expect(reasons('beta')).toMatch(
    /ships with sandbox express \(tariff sandbox-express, zone from-beta\): 2.00 EUR/,
  );
  expect(reasons('alpha')).toMatch(/would ship with posta lenta .*: 3.00 EUR, 4 days at most/);
  const split = await sourced(world, { pieces: 8, stock: { alpha: 5, beta: 5 } });
  expect((await workOf(split)).sort()).toEqual([
    ['alpha', 'posta', 'lenta'],
    ['beta', 'sandbox', 'express'],
  ]);
});

test('what was chosen is booked, first by all, and once however often it is asked', async () => {
  const climber = await packed(world, { stock: { alpha: 5 } });
  const before = asked.length;
  for (let time = 1; time <= 2; time += 1)
    expect(await world.activities.bookShipment(climber.step)).toEqual({
      outcome: 'booked',
      carrier: 'posta',
    });
  expect(asked.slice(before).map(({ key, service }) => [key, service])).toEqual([
    [`${climber.fulfillmentId}:book`, 'lenta'],
    [`${climber.fulfillmentId}:book`, 'lenta'],
  ]);
  expect(await bookedWith(climber)).toEqual(['posta', 'lenta']);

  const express = await packed(world, { stock: { beta: 5 } });
  const { activities } = world.losing(1);
  await expect(activities.bookShipment(express.step)).rejects.toThrow(AnswerLost);
  await world.activities.bookShipment(express.step);
  expect(await bookedWith(express)).toEqual(['sandbox', 'express']);
});

test('who refuses what was chosen is asked by the method of the order, then the next is', async () => {
  const climber = await packed(world, { stock: { alpha: 5 }, postalCode: '20154' });
  expect(await workOf(climber)).toEqual([['alpha', 'posta', 'lenta']]);
  expect(await world.activities.bookShipment(climber.step)).toEqual({
    outcome: 'booked',
    carrier: 'sandbox',
  });
  expect(asked.slice(-2).map(({ key, service }) => [key, service])).toEqual([
    [`${climber.fulfillmentId}:book`, 'lenta'],
    [`${climber.fulfillmentId}:book:byMethod`, 'standard'],
  ]);
  expect(await bookedWith(climber)).toEqual(['sandbox', 'standard']);
});

test('another service of the carrier that was chosen is booked once, and taken back with the rest', async () => {
  // Its slow service is full to the islands; its ordinary one goes.
  const climber = await packed(world, { stock: { alpha: 5 }, postalCode: '07100' });
  const { activities } = world.losing(2);
  await expect(activities.bookShipment(climber.step)).rejects.toThrow(AnswerLost);
  const booked = { outcome: 'booked', carrier: 'posta' };
  expect(await world.activities.bookShipment(climber.step)).toEqual(booked);
  expect(await bookedWith(climber)).toEqual(['posta', 'standard']);
  await world.activities.cancelBooking(climber.step);
  expect(taken.filter((key) => key.startsWith(climber.fulfillmentId))).toEqual([
    `${climber.fulfillmentId}:book`,
    `${climber.fulfillmentId}:book:byMethod`,
  ]);
});

describe('what waited for stock', () => {
  async function supplied(pieces: number) {
    const climber = await confirmed(world, { pieces, stock: {} });
    const { db, receive } = world.warehouse;
    await receive(climber.sku, 'alpha', pieces);
    expect(await workOf(climber)).toEqual([['alpha', null, null]]);
    const [fulfillmentId] = (await db('fulfillments')
      .where('order_id', climber.order.id)
      .pluck('id')) as string[];
    const orderId = climber.order.id;
    const input = { orderId, release: [fulfillmentId!], isComplete: true, key: 'released:1', at };
    return { ...climber, fulfillmentId: fulfillmentId!, input };
  }

  test('gets its service when it is shown to its location, and is promised by it', async () => {
    const climber = await supplied(2);
    await world.activities.releaseWork(climber.input);
    await world.activities.releaseWork(climber.input);
    expect(await workOf(climber)).toEqual([['alpha', 'posta', 'lenta']]);
    const promises = await world.warehouse
      .db('order_promises')
      .where({ order_id: climber.order.id, key: 'released:1' })
      .pluck('reasons');
    expect(JSON.stringify(promises)).toMatch(/posta lenta takes 2 to 4 working days/);
  });

  test('has it though the answer was lost', async () => {
    const climber = await supplied(1);
    const { activities, lost } = world.losing(2);
    await expect(activities.releaseWork(climber.input)).rejects.toThrow(AnswerLost);
    expect(lost.calls).toEqual(['store.joinWork', 'store.keepServices']);
    await world.activities.releaseWork(climber.input);
    expect(await workOf(climber)).toEqual([['alpha', 'posta', 'lenta']]);
  });
});

test('what is sent to a store later than it was ordered has the service of the way to the store', async () => {
  await addPickupStore(world);
  const climber = await confirmed(world, { pieces: 2, stock: {}, ...collectedAtPlaza });
  const { db, receive } = world.warehouse;
  await receive(climber.sku, 'alpha', 2);
  const orderId = climber.order.id;
  const release = (await db('fulfillments').where('order_id', orderId).pluck('id')) as string[];
  const input = { orderId, release, isComplete: true, key: 'released:1', at };
  const { activities, lost } = world.losing(2);
  await expect(activities.releaseWork(input)).rejects.toThrow(AnswerLost);
  expect(lost.calls).toEqual(['store.joinWork', 'store.keepServices']);
  await world.activities.releaseWork(input);
  await world.activities.releaseWork(input);
  expect(await db('fulfillments').where('order_id', orderId).pluck('mode')).toEqual(['shipToStore']);
  // By the way to Turin, where the store is, and not to the customer in Bologna.
  expect(await workOf(climber)).toEqual([['alpha', 'posta', 'lenta']]);
});

test('to a parcel shop only its own carrier is reckoned with', async () => {
  const address = { line1: 'Via Saragozza 8', postalCode: '40123', city: 'Bologna', country: 'IT' };
  const parcelShop = { carrier: 'sandbox', id: 'IT-1', name: 'Edicola', address };
  expect(await workOf(await sourced(world, { stock: { alpha: 5 }, parcelShop }))).toEqual([
    ['alpha', 'sandbox', 'express'],
  ]);
});

test('the promise counts the days of the chosen service', async () => {
  const climber = await confirmed(world, { stock: { beta: 5 } });
  const [promise] = await world.warehouse.db('order_promises').where('order_id', climber.order.id);
  expect((promise.reasons as string[]).join()).toMatch(
    /sandbox express takes 2 to 4 working days from IT to IT, by tariff sandbox-express, zone from-beta/,
  );
});

test('where no tariff covers the way the location is asked last, and the order still goes', async () => {
  const { db } = world.warehouse;
  const abroad = { country: 'CH', name: 'gamma', line1: 'Via Uno 1', postalCode: '6900', city: 'Lugano' };
  await db('locations')
    .where('id', 'gamma')
    .update({ address: JSON.stringify(abroad) });
  expect(await workOf(await sourced(world, { stock: { alpha: 5, gamma: 5 } }))).toEqual([
    ['alpha', 'posta', 'lenta'],
  ]);
  const lone = await sourced(world, { stock: { gamma: 5 } });
  expect(await workOf(lone)).toEqual([['gamma', null, null]]);
  const decision = await decisionOf(lone);
  expect(decision.candidates[0]!.reasons).toContain('no tariff covers the way from it');
  expect(decision.cost!.parts.withoutTariff).toBe(100_000_000);
});
