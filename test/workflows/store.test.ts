import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { openShop, piecePrice, shippingPrice, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let shop: Shop;

beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
  await shop.as.admin.put('/v1/channels/tills', { type: 'pos', name: 'Tills', settings: { holdAbove: 1 } });
});
afterAll(() => system?.stop());

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

/** What a till sends: nobody's name, what was taken, and that it is paid. */
function sale(reference: string, sku: string, quantity: number, more: object = {}) {
  const total = eur(quantity * piecePrice);
  return {
    ...{ channel: 'tills', externalReference: reference, currency: 'EUR', total },
    lines: [{ sku, quantity, unitPrice: eur(piecePrice) }],
    delivery: { mode: 'carryOut', locationId: 'store' },
    tenders: [{ method: 'till', amount: total, token: `R-${reference}`, paidBy: 'cash' }],
    ...more,
  };
}

async function sell(...order: Parameters<typeof sale>): Promise<OrderView> {
  const { id } = await shop.as.support.post<{ id: string }>('/v1/orders', sale(...order), { wait: 10 });
  return shop.untilOrder(id, (view) => view.fulfillments[0]?.status === 'delivered' && isSettled(view));
}
const isSettled = (view: OrderView): boolean =>
  view.waitingFor.some(({ what }: OrderView) => what.includes('return window'));

const onHand = async (sku: string): Promise<Record<string, number>> =>
  system.db('stock').where({ sku, location_id: 'store' }).first('on_hand', 'allocated');

describe('a sale at the till', () => {
  test('is taken off the shelf, paid, and in its return window at once', async () => {
    await shop.stock('LAMP', { store: 5 });
    const view = await sell('till-1', 'LAMP', 2);
    expect(view).toMatchObject({ status: 'confirmed', paymentStatus: 'captured', soldAt: 'store' });
    expect(view.lines[0].byState).toEqual({ delivered: 2 });
    expect(view.payments[0]).toMatchObject({ method: 'till', captured: eur(2 * piecePrice) });
    expect(await onHand('LAMP')).toEqual({ on_hand: 3, allocated: 0 });
    // Nobody left an address: nobody is written to.
    expect(view.mails).toEqual([]);
    await shop.fastForward(view.id, 'P15D');
    await shop.untilOrder(view.id, ({ status }) => status === 'completed');
  });

  test('that was recorded late closes its return window by the day of the sale', async () => {
    await shop.stock('VASE', { store: 5 });
    const { id } = await shop.as.support.post<{ id: string }>(
      '/v1/orders',
      sale('till-2', 'VASE', 1, { placedAt: daysAgo(20) }),
    );
    const view = await shop.untilOrder(id, ({ status }) => status === 'completed');
    expect(Date.parse(view.fulfillments[0].deliveredAt)).toBeLessThan(Date.parse(daysAgo(19)));
  });

  test('of more than the shelf could spare keeps promises to others, and asks for a count', async () => {
    await shop.stock('BOWL', { store: 3 });
    const promised = await shop.place({
      ...{ reference: 'till-3-web', mode: 'pickup', locationId: 'store' },
      lines: [{ sku: 'BOWL', quantity: 2 }],
    });
    expect(promised.decision).toBe('confirmed');
    const view = await sell('till-3', 'BOWL', 4);
    expect(await onHand('BOWL')).toEqual({ on_hand: 2, allocated: 2 });
    const count = view.waitingFor.find(({ what }: OrderView) => what.includes('count BOWL'));
    expect(count.what).toContain('3 more');
    const { items } = await shop.as.admin.get<OrderView>('/v1/stock/movements', { sku: 'BOWL' });
    const told = items.map(({ cause, onHand: moved }: OrderView) => [cause, moved]);
    expect(told).toEqual(
      expect.arrayContaining([
        ['foundAtTill', 3],
        ['tillSale', -4],
      ]),
    );
    expect(await findStockDifferences(system.db)).toEqual([]);
    const asksForCount = async () =>
      (await shop.order(view.id)).waitingFor.some(({ what }: OrderView) => what.includes('count BOWL'));
    const counted = (locationId: string, quantity: number) =>
      shop.as.warehouse.post('/v1/stock/movements', {
        movements: [{ type: 'count', sku: 'BOWL', locationId, quantity }],
      });
    await counted('north', 1);
    expect(await asksForCount()).toBe(true);
    await counted('store', 2);
    expect(await asksForCount()).toBe(false);
  });

  test('asks for a count until a full feed that was taken afterwards has looked at the shelf', async () => {
    await shop.stock('JAR', { north: 1 });
    await shop.stock('PLATE', { north: 1 });
    const [jar, plate] = [await sell('till-6', 'JAR', 2), await sell('till-7', 'PLATE', 2)];
    const asks = async ({ id }: OrderView) =>
      (await shop.order(id)).waitingFor.some(({ what }: OrderView) => what.includes('somebody to count'));
    const feed = async (reference: string, takenAt: string, text: string) => {
      const query = new URLSearchParams({ locationId: 'store', mode: 'full', reference, takenAt });
      const answer = await fetch(`${system.apiUrl}/v1/stock/feeds?${query.toString()}`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${system.keys.warehouse}`, 'Content-Type': 'text/csv' },
        body: text,
      });
      expect(answer.status).toBe(202);
      const { id } = ((await answer.json()) as { feed: { id: string } }).feed;
      const isApplied = async () =>
        (await shop.as.warehouse.get<OrderView>(`/v1/stock/feeds/${id}`)).state === 'applied';
      while (!(await isApplied())) await new Promise((resolve) => setTimeout(resolve, 50));
    };
    const now = Date.now();
    await feed('looked-before', new Date(now - 3_600_000).toISOString(), 'sku,quantity\nJAR,2\n');
    expect([await asks(jar), await asks(plate)]).toEqual([true, true]);
    // Its row of the plate cannot be read; the jar is not named, and there is none.
    await feed('looked-badly', new Date(now).toISOString(), 'sku,quantity\nPLATE,many\nBOWL,2\n');
    expect([await asks(jar), await asks(plate)]).toEqual([false, true]);
    await feed('looked', new Date().toISOString(), 'sku,quantity\nPLATE,3\nBOWL,2\n');
    expect([await asks(jar), await asks(plate)]).toEqual([false, false]);
  });

  test('of goods that the store never had is recorded all the same', async () => {
    await shop.stock('ODD', { north: 1 });
    await sell('till-4', 'ODD', 1);
    expect(await onHand('ODD')).toEqual({ on_hand: 0, allocated: 0 });
  });

  test('comes back at another place: its stock is there, the money goes out of a till', async () => {
    await shop.stock('RUG', { store: 5 });
    const view = await sell('till-5', 'RUG', 2);
    const lines = [{ lineId: view.lines[0].id, quantity: 1, reason: 'too big' }];
    const request = { orderId: view.id, lines, mode: 'store', refundTo: 'tenders' };
    const { id } = await shop.as.support.post<{ id: string }>('/v1/returns', request);
    await shop.as.warehouse.post(`/v1/returns/${id}/receive`, { locationId: 'south' });
    const inspected = [{ lineId: view.lines[0].id, quantity: 1, outcome: 'restock' }];
    await shop.as.warehouse.post(`/v1/returns/${id}/inspect`, { lines: inspected });
    const back = await shop.untilOrder(view.id, (each) => each.payments[0].refunded.amount === piecePrice);
    expect(back.paymentStatus).toBe('partiallyRefunded');
    const south = await system.db('stock').where({ sku: 'RUG', location_id: 'south' }).first('on_hand');
    expect(south).toEqual({ on_hand: 1 });
  });
});

describe('ordered in a store and sent home', () => {
  const address = { name: 'Anna', line1: 'Via Roma 12', postalCode: '40121', city: 'Bologna', country: 'IT' };
  const total = eur(piecePrice + shippingPrice);
  const sent = (reference: string, sku: string) =>
    sale(reference, sku, 1, {
      ...{ channel: 'web', soldAt: 'store', total, delivery: { mode: 'ship' }, shippingAddress: address },
      customer: { email: 'anna@example.org', name: 'Anna' },
      shipping: { method: 'standard', price: eur(shippingPrice) },
      tenders: [{ method: 'till', amount: total, token: `R-${reference}`, paidBy: 'cardTerminal' }],
    });

  test('is paid at once and shipped from anywhere; the store finds what it sold', async () => {
    await shop.stock('SOFA', { north: 2 });
    const { id } = await shop.as.support.post<{ id: string }>('/v1/orders', sent('aisle-1', 'SOFA'), {
      wait: 10,
    });
    const view = await shop.order(id);
    expect(view).toMatchObject({ soldAt: 'store', paymentStatus: 'captured' });
    expect(view.fulfillments[0].locationId).toBe('north');
    const { items } = await shop.as.support.get<OrderView>('/v1/orders', { soldAt: 'store' });
    expect(items.map((each: OrderView) => each.id)).toContain(id);
    const none = await shop.as.support.get<OrderView>('/v1/orders', { soldAt: 'south' });
    expect(none.items).toEqual([]);
  });

  test('is paid back when it is cancelled: the till had taken the money', async () => {
    await shop.stock('DESK', { north: 2 });
    const { id } = await shop.as.support.post<{ id: string }>('/v1/orders', sent('aisle-2', 'DESK'), {
      wait: 10,
    });
    await shop.as.support.post(`/v1/orders/${id}/cancel`, { reason: 'customerRequest' });
    const view = await shop.untilOrder(id, ({ paymentStatus }) => paymentStatus === 'refunded');
    expect(view.payments[0].refunded).toEqual(total);
  });
});

describe('refused', () => {
  const problemsOf = async (body: object): Promise<string[]> => {
    const answer = await shop.as.support.post('/v1/orders', body).catch((error: unknown) => error);
    return (answer as OrderView).problem.errors.map(({ pointer }: OrderView) => pointer);
  };

  test.each([
    ['a carry-out without a place', { delivery: { mode: 'carryOut' } }, '/delivery/locationId'],
    [
      'a carry-out at no place of ours',
      { delivery: { mode: 'carryOut', locationId: 'nowhere' } },
      '/delivery/locationId',
    ],
    [
      'a carry-out of a place without a counter',
      { delivery: { mode: 'carryOut', locationId: 'north' } },
      '/delivery/locationId',
    ],
    [
      'a carry-out that is not paid',
      { tenders: [{ method: 'card', amount: eur(piecePrice), token: 't' }] },
      '/tenders/0/method',
    ],
    [
      'a till without a receipt',
      { tenders: [{ method: 'till', amount: eur(piecePrice) }] },
      '/tenders/0/token',
    ],
    ['a seller that is no place of ours', { soldAt: 'nowhere' }, '/soldAt'],
    ['a parcel to nobody', { delivery: { mode: 'ship' } }, '/customer'],
  ])('%s', async (_what, more, pointer) => {
    await shop.stock('PEN', { store: 1 });
    expect(await problemsOf(sale('refused', 'PEN', 1, more))).toContain(pointer);
  });
});
