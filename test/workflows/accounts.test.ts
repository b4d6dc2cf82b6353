import { findAccountDifferences } from '../../store/account/find-account-differences';
import { stories } from '../support/stories';
import { openShop, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let shop: Shop;

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const price = 1500;

beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
  await shop.as.admin.put('/v1/channels/franchise', { type: 'franchise', name: 'Franchise' });
  await shop.stock('CHAIR', { north: 500 });
  const prices = [{ sku: 'CHAIR', price: eur(price) }];
  await shop.as.admin.put('/v1/price-lists/partners', { name: 'Partners', currency: 'EUR', prices });
});
afterAll(() => system?.stop());
afterEach(async () => expect(await findAccountDifferences(system.db)).toEqual([]));

const open = (code: string, limit: number) =>
  shop.as.admin.put(`/v1/accounts/${code}`, {
    ...{ channel: 'franchise', name: 'Bottega di Lecce', creditLimit: eur(limit), priceList: 'partners' },
  });
const account = (code: string): Promise<OrderView> => shop.as.support.get(`/v1/accounts/${code}`);

/** Prices are left out: they are those of the list. */
const bodyOf = (reference: string, code: string, pieces: number, more: object = {}) => ({
  ...{ channel: 'franchise', externalReference: reference, currency: 'EUR', total: eur(pieces * price) },
  customer: { email: 'lecce@example.org', name: 'Bottega di Lecce', account: code },
  shippingAddress: {
    name: 'Bottega',
    line1: 'Via Libertini 4',
    postalCode: '73100',
    city: 'Lecce',
    country: 'IT',
  },
  lines: [{ sku: 'CHAIR', quantity: pieces, taxRateBps: 2200 }],
  shipping: { method: 'standard', price: eur(0) },
  delivery: { mode: 'ship' },
  tenders: [{ method: 'onAccount', amount: eur(pieces * price) }],
  ...more,
});

async function order(reference: string, code: string, pieces: number): Promise<OrderView> {
  const body = bodyOf(reference, code, pieces);
  const { id } = await shop.as.support.post<{ id: string }>('/v1/orders', body, { wait: 10 });
  return shop.order(id);
}

async function ship(view: OrderView): Promise<OrderView> {
  const [work] = view.fulfillments;
  await shop.pack(view, work.id);
  await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ship`);
  return shop.untilOrder(view.id, ({ paymentStatus }) => paymentStatus === 'captured');
}

describe('an order on account', () => {
  test('holds a part of the limit, is owed when it leaves, and less so when it comes back or is paid', async () => {
    await open('lecce', 100_000);
    const view = await order('acc-1', 'lecce', 4);
    expect(view.lines[0].unitPrice).toEqual(eur(price));
    expect(view).toMatchObject({ status: 'confirmed', paymentStatus: 'authorized' });
    expect(await account('lecce')).toMatchObject({ owed: eur(0), held: eur(6000), available: eur(94_000) });
    await ship(view);
    expect(await account('lecce')).toMatchObject({ owed: eur(6000), held: eur(0) });

    await shop.report(await shop.order(view.id), 'delivered');
    await shop.untilOrder(view.id, (each) => each.lines[0].byState.delivered === 4);
    const lines = [{ lineId: view.lines[0].id, quantity: 1, reason: 'scratched' }];
    const { id } = await shop.as.support.post<{ id: string }>('/v1/returns', {
      ...{ orderId: view.id, lines, mode: 'store', refundTo: 'tenders' },
    });
    await shop.as.warehouse.post(`/v1/returns/${id}/receive`, { locationId: 'north' });
    const inspected = [{ lineId: view.lines[0].id, quantity: 1, outcome: 'restock' }];
    await shop.as.warehouse.post(`/v1/returns/${id}/inspect`, { lines: inspected });
    await shop.untilOrder(view.id, ({ paymentStatus }) => paymentStatus === 'partiallyRefunded');
    expect(await account('lecce')).toMatchObject({ owed: eur(4500) });

    const pay = () =>
      shop.as.support.post('/v1/accounts/lecce/payments', { amount: eur(4000), reference: 'BANK-1' });
    await pay();
    await pay();
    expect(await account('lecce')).toMatchObject({ owed: eur(500), available: eur(99_500) });
    const { items } = await shop.as.support.get<OrderView>('/v1/accounts/lecce/entries');
    expect(items.map(({ cause, owed }: OrderView) => [cause, owed.amount])).toEqual([
      ['payment', -4000],
      ['refund', -1500],
      ['capture', 6000],
      ['hold', 0],
    ]);
  });

  test('that is cancelled holds nothing any more', async () => {
    await open('bari', 10_000);
    const view = await order('acc-2', 'bari', 2);
    expect(await account('bari')).toMatchObject({ held: eur(3000) });
    await shop.as.support.post(`/v1/orders/${view.id}/cancel`, { reason: 'customerRequest' });
    await shop.untilOrder(view.id, ({ waitingFor }) => waitingFor.length === 0);
    expect(await account('bari')).toMatchObject({ held: eur(0), owed: eur(0) });
  });
});

describe('beyond the limit', () => {
  test('is held for credit; who releases it agrees to it, and nothing beyond that', async () => {
    await open('pisa', 5000);
    const view = await order('acc-3', 'pisa', 4);
    expect(view.status).toBe('onHold');
    expect(view.holds[0]).toMatchObject({ type: 'credit' });
    expect(view.holds[0].reason).toContain('50.00');
    expect(view.fulfillments).toEqual([]);
    await shop.as.support.post(`/v1/orders/${view.id}/release`);
    await shop.untilOrder(view.id, ({ status }) => status === 'confirmed');
    expect(await account('pisa')).toMatchObject({ held: eur(6000), available: eur(0) });
    expect((await order('acc-4', 'pisa', 1)).status).toBe('onHold');
  });

  test('goes on by itself when a payment makes room, the oldest first', async () => {
    await open('rieti', 6000);
    await ship(await order('acc-5', 'rieti', 4));
    const [first, second] = [await order('acc-6', 'rieti', 3), await order('acc-7', 'rieti', 1)];
    expect([first.status, second.status]).toEqual(['onHold', 'onHold']);
    await shop.as.support.post('/v1/accounts/rieti/payments', { amount: eur(4500), reference: 'BANK-2' });
    await shop.untilOrder(first.id, ({ status }) => status === 'confirmed');
    expect((await shop.order(second.id)).status).toBe('onHold');
    expect(await account('rieti')).toMatchObject({ owed: eur(1500), held: eur(4500), available: eur(0) });
    await open('rieti', 7500);
    await shop.untilOrder(second.id, ({ status }) => status === 'confirmed');
  });

  test('of many orders at once no more are let go than fit; the others wait', async () => {
    await open('siena', 3 * price);
    const views = await Promise.all(
      Array.from({ length: 8 }, (_, index) => order(`race-${index}`, 'siena', 1)),
    );
    const settled = await Promise.all(
      views.map(({ id }) => shop.untilOrder(id, ({ status }) => ['confirmed', 'onHold'].includes(status))),
    );
    expect(settled.filter(({ status }) => status === 'confirmed')).toHaveLength(3);
    expect(await account('siena')).toMatchObject({ held: eur(3 * price), available: eur(0) });
    const held = settled.filter(({ status }) => status === 'onHold');
    for (const { holds } of held) expect(holds[0]).toMatchObject({ type: 'credit' });
  });
});

describe('refused', () => {
  const listed = (amount: number) => [{ sku: 'CHAIR', quantity: 1, unitPrice: eur(amount) }];
  test.each([
    ['another price than that of the list', { lines: listed(1400) }, '/lines/0/unitPrice', '1500'],
    ['a discount', { lines: [{ ...listed(price)[0], discount: eur(100) }] }, '/lines/0/discount', 'discount'],
    ['what is not on the list', { lines: [{ sku: 'STOOL', quantity: 1 }] }, '/lines/0/sku', 'no price'],
    [
      'an account that there is not',
      { customer: { email: 'a@b.example', name: 'A', account: 'nobody' } },
      '/customer/account',
      'nobody',
    ],
    ['an account of another channel', { channel: 'web' }, '/customer/account', 'web'],
    [
      'on account without one',
      { customer: { email: 'a@b.example', name: 'A' }, lines: listed(price) },
      '/tenders/0/method',
      'account',
    ],
    [
      'two parts on account',
      {
        tenders: [
          { method: 'onAccount', amount: eur(500) },
          { method: 'onAccount', amount: eur(1000) },
        ],
      },
      '/tenders/1/method',
      'one tender',
    ],
  ])('%s', async (_what, more, pointer, words) => {
    await open('roma', 100_000);
    await shop.stock('STOOL', { north: 1 });
    const answer = await shop.as.support
      .post('/v1/orders', bodyOf('refused', 'roma', 1, more))
      .catch((error: unknown) => error);
    // That alone: nothing else is wrong with it.
    expect((answer as OrderView).problem.errors).toEqual([
      { pointer, detail: expect.stringContaining(words) },
    ]);
  });
});

test('an order that had room when it was looked at, and none when it is to be paid, is held then', async () => {
  const id = await stories.onAccount!(shop, 'late');
  const view = await shop.order(id);
  expect(view.holds.map(({ type }: OrderView) => type)).toEqual(['fraud', 'credit']);
  expect(await account('bottega')).toMatchObject({ owed: view.total, held: eur(0) });
});
