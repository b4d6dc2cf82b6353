import type { MailRequest } from '../../domain/mails';
import type { ConfirmationContent } from '../../domain/documents';
import { findOrder } from '../../store/read/find-order';
import { authorized, confirmation, confirmed } from './support/ladder';
import { openWorld, type World } from './support/world';

let world: World;
beforeAll(async () => (world = await openWorld()));
afterAll(() => world?.close());

const viewOf = async (id: string) => (await findOrder(world.warehouse.db, id))!;

/** Confirmed on Monday 2026-03-02; the location has no calendar and an hour to act. */
const days = { earliest: '2026-03-03', latest: '2026-03-05' };

test('an order is promised when it is confirmed: on itself, its parts, its waits, in the mail and the document', async () => {
  const { order, fulfillmentId } = await confirmed(world);
  const view = await viewOf(order.id);
  expect(view.promise).toMatchObject({ earliest: expect.any(String), latest: expect.any(String) });
  const { earliest, latest, reasons } = view.promise!;
  expect(reasons.join()).toMatch(/The goods are at.*working days from IT to/);
  expect(view.fulfillments).toMatchObject([{ id: fulfillmentId, promise: { earliest, latest } }]);
  expect(view.waitingFor).toMatchObject([{ promise: { earliest, latest } }]);
  const mail = await world.warehouse.db('outbox').where({ order_id: order.id, kind: 'mail' }).first();
  expect((mail.payload as MailRequest).data).toMatchObject({ promise: { earliest, latest } });
  const document = await world.warehouse.db('documents').where({ order_id: order.id }).first();
  expect((document.content as ConfirmationContent).promise).toEqual({ earliest, latest });
  expect({ earliest, latest }).toEqual(days);
});

test('what waits has no day until supply is promised to it, and then follows that', async () => {
  const waiting = await confirmed(world, { stock: { alpha: 1 } });
  expect((await viewOf(waiting.order.id)).promise).toMatchObject({ earliest: null, latest: null });

  const expected = await authorized(world, { stock: { alpha: 1 } });
  await world.warehouse.db('incoming_supply').insert({
    ...{ key: `supply-${expected.sku}`, sku: expected.sku, location_id: 'alpha' },
    ...{ quantity: 5, expected_at: '2026-04-01T08:00:00Z' },
  });
  await world.activities.confirmOrder(confirmation(expected));
  const { promise, waitingFor } = await viewOf(expected.order.id);
  expect(promise!.earliest! > '2026-04-01').toBe(true);
  const wait = waitingFor.find(({ what }) => what.startsWith('stock to come in'))!;
  expect(wait.promise!.reasons.join()).toMatch(/The goods come to .* on Wednesday 1 April 2026/);
});

test('a day that would begin with a transfer is told to nobody before the money is there', async () => {
  const climber = await authorized(world, { tenders: [{ method: 'bankTransfer' }] });
  const { order } = climber;
  await world.activities.confirmOrder({
    ...confirmation(climber),
    ...{ release: [], awaiting: [order.tenders[0]!.id] },
  });
  const mail = await world.warehouse.db('outbox').where({ order_id: order.id, kind: 'mail' }).first();
  expect((mail.payload as MailRequest).data).toMatchObject({ promise: null });
  expect((await viewOf(order.id)).promise!.reasons[0]).toMatch(/as if the bank transfer came/);
});
