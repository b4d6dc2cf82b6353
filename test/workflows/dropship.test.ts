import { openShop, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let shop: Shop;

beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
  const address = { line1: 'Via Telaio 3', postalCode: '13900', city: 'Biella', country: 'IT' };
  await shop.as.admin.put('/v1/locations/mill', {
    ...{ type: 'supplier', name: 'Mill', address, capabilities: ['ship'], priority: 1, actWithin: 'P2D' },
  });
  await shop.as.admin.put('/v1/suppliers/mill', {
    ...{ name: 'Lanificio', email: 'orders@mill.test', locationId: 'mill', currency: 'EUR', leadTimeDays: 3 },
  });
});
afterAll(() => system?.stop());

/** The mails that suppliers got for a fulfillment, by template. */
async function supplierMails(orderId: string): Promise<OrderView[]> {
  const rows = await system.db('outbox').where({ order_id: orderId, kind: 'mail' }).orderBy('id');
  return rows.map(({ payload }) => payload).filter(({ template }) => template.startsWith('supplier'));
}

async function placed(reference: string, sku: string): Promise<OrderView> {
  const { id } = await shop.place({ reference, lines: [{ sku, quantity: 2 }] });
  // A busy machine may decide later than the answer waits.
  return shop.untilOrder(id, ({ decision }) => decision !== null);
}

const parcel = (trackingNumber: string) => ({ packages: [{ carrier: 'gls', trackingNumber }] });

describe('a supplier that ships to our customers', () => {
  test('is asked by mail, confirms, ships with a carrier of its own, and the money is captured', async () => {
    await shop.stock('LOOM', { mill: 5 });
    const order = await placed('drop-1', 'LOOM');
    const [work] = order.fulfillments;
    const [mail] = await supplierMails(order.id);
    expect(mail).toMatchObject({
      template: 'supplierOrder',
      to: 'orders@mill.test',
      data: { orderNumber: `${order.number}-1-1`, buyer: 'Test shop', isReminder: false },
    });
    expect(mail.data.workUrl).toMatch(/\/s\/ful_/);
    const kinds = mail.attachments.map(({ content }: OrderView) => content.kind);
    expect(kinds).toEqual(['purchaseOrder', 'packingSlip']);
    expect(mail.attachments[1].content).toMatchObject({ seller: 'Test shop', location: null });

    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/confirm`);
    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ship`, parcel('GLS-1'));
    const captured = await shop.untilOrder(order.id, (view) => view.paymentStatus === 'captured');
    expect(captured.fulfillments[0].packages[0]).toMatchObject({ carrier: 'gls', trackingNumber: 'GLS-1' });
    await shop.as.admin.post('/v1/carriers/gls/events', {
      events: [
        { id: 'e1', trackingNumber: 'GLS-1', status: 'delivered', occurredAt: new Date().toISOString() },
      ],
    });
    await shop.untilOrder(order.id, (view) => view.lines[0].byState.delivered === 2);
    await shop.fastForward(order.id, 'P15D');
    await shop.untilOrder(order.id, (view) => view.status === 'completed');
  });

  test('may ship without a word in between, and in several parcels', async () => {
    await shop.stock('SHUTTLE', { mill: 5 });
    const order = await placed('drop-2', 'SHUTTLE');
    const [work] = order.fulfillments;
    const lines = [{ sku: 'SHUTTLE', quantity: 1 }];
    const packages = ['GLS-2', 'GLS-3'].map((trackingNumber) => ({ carrier: 'gls', trackingNumber, lines }));
    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ship`, { packages });
    const captured = await shop.untilOrder(order.id, (view) => view.paymentStatus === 'captured');
    expect(captured.fulfillments[0].packages).toHaveLength(2);
  });

  test('refuses: the work goes elsewhere', async () => {
    await shop.stock('BOBBIN', { mill: 5, north: 5 });
    const order = await placed('drop-3', 'BOBBIN');
    const [work] = order.fulfillments;
    // Whoever is chosen first refuses; the other is left.
    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/reject`, { reason: 'sold out' });
    const moved = await shop.untilOrder(order.id, (view) => view.fulfillments.length === 2);
    expect(new Set(moved.fulfillments.map((each: OrderView) => each.locationId)).size).toBe(2);
  });

  test('that does not answer is reminded, and then told that it comes too late', async () => {
    await shop.stock('REED', { mill: 5 });
    const order = await placed('drop-4', 'REED');
    await shop.fastForward(order.id, 'P1DT1H');
    await shop.untilEvent(order.id, 'supplierReminded');
    await shop.fastForward(order.id, 'P1D');
    await shop.untilEvent(order.id, 'fulfillmentExpired');
    const mails = await supplierMails(order.id);
    expect(mails.map(({ template, data }) => [template, data.isReminder])).toEqual([
      ['supplierOrder', false],
      ['supplierOrder', true],
      ['supplierCancelled', undefined],
    ]);
  });

  test('that confirmed is waited for, reminded, and shown to operations', async () => {
    await shop.stock('HEDDLE', { mill: 5 });
    const order = await placed('drop-5', 'HEDDLE');
    const [work] = order.fulfillments;
    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/confirm`);
    await shop.fastForward(order.id, 'P2DT1H');
    await shop.untilEvent(order.id, 'supplierLate');
    const late = await shop.order(order.id);
    expect(late.fulfillments[0].status).toBe('picking');
    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ship`, parcel('GLS-5'));
    await shop.untilOrder(order.id, (view) => view.paymentStatus === 'captured');
  });

  test('is told when the customer cancels', async () => {
    await shop.stock('COMB', { mill: 5 });
    const order = await placed('drop-6', 'COMB');
    await shop.as.support.post(`/v1/orders/${order.id}/cancel`, { reason: 'customerRequest' });
    await shop.untilOrder(order.id, (view) => view.status === 'cancelled');
    const mails = await supplierMails(order.id);
    expect(mails.map(({ template }) => template)).toEqual(['supplierOrder', 'supplierCancelled']);
  });
});
