import { forgetAccepted } from '../../store/order/forget-accepted';
import { openShop, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

/** Orders that the API accepted while no worker runs: theirs to find, and to be acted on once one does. */
let system: TestSystem;
let shop: Shop;
beforeAll(async () => {
  system = await startSystem({}, { hasWorker: false });
  shop = await openShop(system);
});
afterAll(() => system?.stop());

const placeWithoutWaiting = (reference: string, sku: string) =>
  shop.as.channel.post<OrderView>('/v1/orders', {
    channel: 'web',
    externalReference: reference,
    currency: 'EUR',
    customer: { email: 'ada@example.com', name: 'Ada Rossi' },
    shippingAddress: {
      name: 'Ada Rossi',
      line1: 'Via Roma 1',
      postalCode: '40124',
      city: 'Bologna',
      country: 'IT',
    },
    lines: [{ sku, quantity: 2, unitPrice: { amount: 1000, currency: 'EUR' } }],
    shipping: { method: 'standard', price: { amount: 500, currency: 'EUR' } },
    delivery: { mode: 'ship' },
    tenders: [{ method: 'card', amount: { amount: 2500, currency: 'EUR' }, token: 'tok_ok' }],
    total: { amount: 2500, currency: 'EUR' },
  });

test('an accepted order is never 404, and goes on where it was when a worker comes', async () => {
  await shop.stock('ACCEPTED', { north: 9 });
  const placed = await placeWithoutWaiting('accepted-1', 'ACCEPTED');
  expect(await system.db('orders')).toEqual([]);

  const view = await shop.order(placed.id);
  expect(view).toMatchObject({
    id: placed.id,
    number: placed.number,
    status: 'placed',
    decision: null,
    total: { amount: 2500, currency: 'EUR' },
    lines: [{ sku: 'ACCEPTED', total: { amount: 2000 }, byState: { unsourced: 2 } }],
    waitingFor: [{ what: expect.stringMatching(/record/), until: null }],
    allowedActions: ['cancel', 'cancelLines', 'edit', 'hold'],
  });
  for (const part of ['events', 'sourcing'])
    expect(await shop.as.support.get(`/v1/orders/${placed.id}/${part}`)).toEqual({ items: [] });
  const again = await placeWithoutWaiting('accepted-1', 'ACCEPTED');
  expect(again).toMatchObject({ id: placed.id, number: placed.number });

  // Asked for before anything is written down: the answers come with the worker.
  const held = shop.as.support.post<OrderView>(`/v1/orders/${placed.id}/hold`, { reason: 'odd address' });
  await expect(
    shop.as.support.post('/v1/returns', {
      orderId: placed.id,
      lines: [{ lineId: view.lines[0].id, quantity: 1, reason: 'too small' }],
      mode: 'parcel',
      refundTo: 'tenders',
    }),
  ).rejects.toMatchObject({ status: 409 });
  await expect(
    shop.as.support.post(`/v1/orders/${placed.id}/payments`, {
      amount: { amount: 2500, currency: 'EUR' },
      reference: 'B-1',
    }),
  ).rejects.toMatchObject({ status: 409 });

  await system.startWorker();
  expect(await held).toMatchObject({
    id: placed.id,
    status: 'onHold',
    allowedActions: ['cancel', 'cancelLines', 'edit', 'hold', 'release'],
  });
  await shop.as.support.post(`/v1/orders/${placed.id}/release`);
  const decided = await shop.untilOrder(placed.id, (each) => each.decision === 'confirmed');
  expect(decided).toMatchObject({ number: placed.number, lines: [{ byState: { allocated: 2 } }] });
});

test('what was accepted is swept away once it is recorded; what nobody accepted stays unknown', async () => {
  const { id } = await placeWithoutWaiting('accepted-2', 'ACCEPTED');
  await shop.untilOrder(id, (each) => each.decision === 'confirmed');
  await system.db('accepted_orders').insert({ id: 'ord_open', channel: 'web', external_reference: 'never' });
  await forgetAccepted(system.db);
  expect(await system.db('accepted_orders').pluck('id')).toEqual(['ord_open']);
  expect((await shop.order(id)).id).toBe(id);
  // Written beside a start that failed: no workflow, so no order.
  await expect(shop.order('ord_open')).rejects.toMatchObject({ status: 404 });
});
