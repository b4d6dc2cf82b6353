import type { LabelContent, PackingSlipContent } from '../../domain/documents';
import type { MailRequest } from '../../domain/mails';
import { destinationOf } from '../../domain/order/destination';
import { findFulfillment } from '../../store/read/list-fulfillments';
import { packed, settled } from './support/ladder';
import { openWorld, type World } from './support/world';

let world: World;
beforeAll(async () => (world = await openWorld()));
afterAll(() => world?.close());

const parcelShop = {
  ...{ carrier: 'sandbox', id: 'IT-4711', name: 'Edicola Stella' },
  address: {
    line1: 'Via Saragozza 8',
    line2: 'Portico',
    postalCode: '40123',
    city: 'Bologna',
    country: 'IT',
  },
};
const there = {
  name: 'Ada Rossi',
  line1: 'Edicola Stella (IT-4711)',
  line2: 'Via Saragozza 8, Portico',
  ...{ postalCode: '40123', city: 'Bologna', country: 'IT' },
};

test('parcels go to the shop in the name of the customer, and the mails say where', async () => {
  const { order, fulfillmentId } = await settled(world, { parcelShop });
  expect(destinationOf(order)).toMatchObject(there);
  const { db } = world.warehouse;
  const documents = await db('documents').where('order_id', order.id);
  const contentOf = (kind: string) => documents.find((each) => each.kind === kind).content as unknown;
  expect((contentOf('shippingLabel') as LabelContent).recipient).toMatchObject(there);
  expect((contentOf('packingSlip') as PackingSlipContent).shippingAddress).toMatchObject(there);
  expect((await findFulfillment(db, fulfillmentId))!.recipient).toMatchObject(there);
  const rows = await db('outbox').where({ order_id: order.id, kind: 'mail' });
  const told = rows.map(({ payload }) => payload as MailRequest);
  for (const template of ['orderConfirmed', 'shipped'])
    expect(told.find((mail) => mail.template === template)!.data).toMatchObject({
      parcelShop: { name: 'Edicola Stella', address: there },
    });
});

test('no other carrier is booked than that of the shop', async () => {
  const { step, order } = await packed(world, { parcelShop: { ...parcelShop, carrier: 'other' } });
  const booking = await world.activities.bookShipment(step);
  expect(booking).toMatchObject({ outcome: 'refused', message: expect.stringMatching(/parcel shop/) });
  const labels = await world.warehouse.db('documents').where({ order_id: order.id, kind: 'shippingLabel' });
  expect(labels).toEqual([]);
});
