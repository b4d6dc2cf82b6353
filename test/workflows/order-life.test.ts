import { openShop, piecePrice, shippingPrice, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let shop: Shop;

beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
});
afterAll(() => system?.stop());

describe('the life of an order', () => {
  test('placed, packed, shipped, delivered, completed', async () => {
    await shop.stock('A', { north: 5 });
    const placed = await shop.place({ reference: 'life-1', lines: [{ sku: 'A', quantity: 2 }] });
    expect(placed.decision).toBe('confirmed');
    const confirmed = await shop.order(placed.id);
    expect(confirmed).toMatchObject({ status: 'confirmed', paymentStatus: 'authorized' });
    expect(confirmed.lines[0].byState).toEqual({ allocated: 2 });
    const [work] = confirmed.fulfillments;
    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/pick`);
    await shop.pack(confirmed, work.id);
    const packed = await shop.order(placed.id);
    expect(packed.fulfillments[0].packages[0]).toMatchObject({ carrier: 'sandbox' });
    expect(packed.fulfillments[0].packages[0].trackingNumber).toMatch(/^SBX/);
    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ship`);
    const captured = await shop.untilOrder(placed.id, (view) => view.paymentStatus === 'captured');
    expect(captured.payments[0].captured.amount).toBe(2 * piecePrice + shippingPrice);
    await shop.report(captured, 'delivered');
    const delivered = await shop.untilOrder(placed.id, (view) => view.lines[0].byState.delivered === 2);
    expect(delivered.status).toBe('confirmed');
    await shop.fastForward(placed.id, 'P15D');
    const completed = await shop.untilOrder(placed.id, (view) => view.status === 'completed');
    expect(completed.waitingFor).toEqual([]);
  });
});
