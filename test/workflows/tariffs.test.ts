import { afterWorkingDays } from '../../domain/promise/promise';
import { openShop, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let shop: Shop;

beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
});
afterAll(() => system?.stop());

const zone = (code: string, locationId: string, base: number, transitDays: { min: number; max: number }) => ({
  ...{ code, from: [{ locationId }], to: [{ country: 'IT' }] },
  ...{ rates: [{ base, perKg: 100 }], transitDays },
});

/** To Bologna: Bolzano is nearer than Napoli, and dearer. */
async function tellTariffs(): Promise<void> {
  const holds = { carrier: 'sandbox', currency: 'EUR', validFrom: '2020-01-01' };
  await shop.as.admin.put('/v1/tariffs/standard', {
    ...{ ...holds, service: 'standard' },
    zones: [zone('north', 'north', 900, { min: 1, max: 2 }), zone('south', 'south', 850, { min: 3, max: 4 })],
  });
  await shop.as.admin.put('/v1/tariffs/express', {
    ...{ ...holds, service: 'express', methods: ['standard', 'express'] },
    zones: [zone('south', 'south', 300, { min: 1, max: 1 })],
  });
}

async function publish(scores: object, filters: object[] = []): Promise<void> {
  await shop.as.admin.put('/v1/rules/draft', {
    ...{ name: 'costs', currency: 'EUR' },
    scenarios: [
      {
        ...{ code: 'all', when: { all: [] }, decides: 'software', filters, scores },
        ...{ allocation: { split: 'allow' }, onShortage: { then: 'backorder' } },
      },
    ],
  });
  await shop.as.admin.post('/v1/rules/publish', { note: 'for this story' });
}

const bookingsOf = async ({ number }: OrderView): Promise<OrderView[]> => {
  const response = await fetch(`${system.config.sandbox.url}/carrier/bookings?reference=${number}`);
  return ((await response.json()) as { items: OrderView[] }).items;
};

test('a dearer location that is nearer loses to a cheaper service, and that service is booked', async () => {
  await tellTariffs();
  await shop.stock('LAMP', { north: 3, south: 3 });
  const placed = await shop.place({ reference: 'near', lines: [{ sku: 'LAMP', quantity: 1 }] });
  const near = await shop.order(placed.id);
  expect(near.fulfillments).toMatchObject([{ locationId: 'north', service: null }]);

  await publish({ shippingCost: 1, perDay: 50, perKm: 0.1 });
  const { id } = await shop.place({ reference: 'cheap', lines: [{ sku: 'LAMP', quantity: 1 }] });
  const view = await shop.untilOrder(id, (each) => each.status === 'confirmed');
  const [work] = view.fulfillments;
  expect(work).toMatchObject({
    locationId: 'south',
    service: { carrier: 'sandbox', service: 'express' },
  });
  expect(work.promise.reasons.join()).toMatch(/sandbox express takes 1 working days .* by tariff express/);

  const { items } = await shop.as.support.get<OrderView>(`/v1/orders/${id}/sourcing`);
  const reasonsOf = (location: string): string =>
    items[0].decision.candidates.find((each: OrderView) => each.locationId === location).reasons.join('; ');
  expect(reasonsOf('south')).toMatch(/ships with sandbox express \(tariff express, zone south\): 3.00 EUR/);
  expect(reasonsOf('north')).toMatch(
    /would ship with sandbox standard \(tariff standard, zone north\): 9.00/,
  );
  expect(items[0].decision.runnerUp).toMatchObject({ locationIds: ['north'] });

  await shop.pack(view, work.id);
  const booked = await shop.untilOrder(id, (each) => each.fulfillments[0].packages[0]?.trackingNumber);
  expect(await bookingsOf(booked)).toMatchObject([{ status: 'booked', service: 'express' }]);
  await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ship`);
  await shop.untilOrder(id, (each) => each.fulfillments[0].status === 'shipped');
  await shop.report(await shop.order(id), 'delivered');
  await shop.untilEvent(id, 'delivered');
});

test('stock that is old or too much leaves first, where rules say so', async () => {
  await publish({ stockAge: 50 });
  await shop.stock('SOUP', { north: 3, south: 3 });
  await system.db.raw('ALTER TABLE stock_ledger DISABLE TRIGGER stock_ledger_append_only');
  await system
    .db('stock_ledger')
    .where({ sku: 'SOUP', location_id: 'south' })
    .update({ at: system.db.raw("at - interval '40 days'") });
  await system.db.raw('ALTER TABLE stock_ledger ENABLE TRIGGER stock_ledger_append_only');
  const placed = await shop.place({ reference: 'old', lines: [{ sku: 'SOUP', quantity: 1 }] });
  expect((await shop.order(placed.id)).fulfillments).toMatchObject([{ locationId: 'south' }]);
  const { items } = await shop.as.support.get<OrderView>(`/v1/orders/${placed.id}/sourcing`);
  expect(items[0].decision.cost.parts).toEqual({ stockAge: -2_000_000 });

  await publish({ overstock: 100 });
  const another = await shop.place({ reference: 'much', lines: [{ sku: 'SOUP', quantity: 1 }] });
  expect((await shop.order(another.id)).fulfillments).toMatchObject([{ locationId: 'south' }]);
});

test('what the channel promised is kept by a dearer service, and by whoever takes refused work', async () => {
  const holds = { carrier: 'sandbox', currency: 'EUR', validFrom: '2020-01-01' };
  await shop.as.admin.put('/v1/tariffs/express', {
    ...{ ...holds, service: 'express', methods: ['standard', 'express'] },
    zones: [zone('south', 'south', 2000, { min: 1, max: 1 })],
  });
  await publish({ shippingCost: 1 }, [{ keepsPromise: true }]);
  await shop.stock('VASE', { north: 3, south: 3 });
  const vase = { lines: [{ sku: 'VASE', quantity: 1 }] };
  const free = await shop.place({ reference: 'unpromised', ...vase });
  const { fulfillments, placedAt } = await shop.order(free.id);
  expect(fulfillments).toMatchObject([{ locationId: 'south', service: { service: 'standard' } }]);

  // Two working days are enough for the north, one is not.
  const promisedBy = afterWorkingDays(placedAt.slice(0, 10), 2, 'IT');
  const { id } = await shop.place({ reference: 'promised', promisedBy, ...vase });
  const view = await shop.untilOrder(id, (each) => each.status === 'confirmed');
  expect(view.delivery).toMatchObject({ promisedBy });
  expect(view.fulfillments).toMatchObject([{ locationId: 'north', service: { service: 'standard' } }]);
  const { items } = await shop.as.support.get<OrderView>(`/v1/orders/${id}/sourcing`);
  expect(items[0].decision.candidates.find((each: OrderView) => each.locationId === 'south')).toMatchObject({
    outcome: 'lost',
    reasons: expect.arrayContaining([expect.stringMatching(/would ship with sandbox express/)]),
  });

  const work = view.fulfillments[0].id;
  await shop.as.warehouse.post(`/v1/fulfillments/${work}/reject`, { reason: 'broken' });
  const again = await shop.untilOrder(id, (each) => each.fulfillments.length > 1);
  expect(again.fulfillments.find((each: OrderView) => each.id !== work)).toMatchObject({
    locationId: 'south',
  });
});
