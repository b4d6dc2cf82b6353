import type { Page } from 'playwright-core';
import { createApiClient, type ApiClient, type ApiProblem } from '../../api/client';
import { hashApiKey } from '../../api/key-hash';
import { saveKey } from '../../store/keys/save-key';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import type { OrderView, Shop } from '../support/shop';
import type { TestSystem } from '../support/system';
import { findFaults } from './support/find-faults';
import { expectFit } from './support/looks';
import { openSite, phone, type Site } from './support/site';

jest.setTimeout(180_000);

let site: Site;
let system: TestSystem;
let shop: Shop;
let staff: ApiClient;
const key = 'store-key-of-bologna';
const eur = (amount: number) => ({ amount, currency: 'EUR' });

beforeAll(async () => {
  site = await openSite();
  ({ system, shop } = site);
  const { admin } = shop.as;
  await admin.put('/v1/channels/tills', { type: 'pos', name: 'Tills' });
  await admin.put('/v1/channels/replenishment', { type: 'internal', name: 'Replenishment' });
  await shop.stock('SOFA', { north: 5 });
  await shop.stock('CUP', { north: 40, store: 2 });
  await admin.put('/v1/products/SOFA', {
    title: 'Sofa',
    price: eur(89_000),
    taxRateBps: 2200,
    weightGrams: 400,
    gtin: '4006381333931',
  });
  const levels = { point: 5, target: 12, mode: 'off' };
  await admin.put('/v1/reorder-points/store/CUP', levels);
  const keyHash = hashApiKey(system.config.secret, key);
  await saveKey(system.db, { id: 'bologna', role: 'store', name: 'Bologna', keyHash, boundTo: 'store' });
  staff = createApiClient({ baseUrl: system.apiUrl, key });
});
afterAll(() => site?.close());

/** A member of the store's staff, with a phone, begins at the till. */
async function signIn(): Promise<Page> {
  const page = await site.signIn({ key }, phone);
  await page.getByRole('heading', { name: 'Sell' }).waitFor();
  return page;
}

async function expectFlawless(page: Page): Promise<void> {
  expect(await findFaults(page)).toEqual([]);
  await expectFit(page);
}

const refusal = async (asked: Promise<unknown>): Promise<ApiProblem> =>
  (await asked.catch((error: unknown) => error)) as ApiProblem;

it('sells what the store does not have, paid at its till and sent home', async () => {
  const page = await signIn();
  // A scanner that reads 14 digits.
  await page.getByRole('searchbox').fill('04006381333931');
  await page.getByText('4006381333931', { exact: true }).waitFor();
  await page.getByRole('searchbox').fill('sof');
  await page.getByText('none here').waitFor();
  await page.getByText('Location north 5').waitFor();
  await page.getByText(/With the customer/).waitFor();
  await page.getByRole('link', { name: 'Add' }).click();
  await page.getByRole('heading', { name: 'Basket' }).waitFor();
  await page.getByRole('link', { name: 'One more of Sofa' }).click();
  await page.getByText('2 × Sofa').waitFor();
  await page.getByLabel('Name').fill('Carla Neri');
  await page.getByLabel('Mail').fill('carla@example.org');
  await page.getByLabel('Number of the receipt').fill('R-77');
  await expectFlawless(page);
  // Without an address nothing is sold, and what was typed stays.
  await page.getByRole('button', { name: 'Place the order' }).click();
  await page.locator('#notice .bad').getByText('Street: Must not be empty').waitFor();
  expect(await page.locator('#notice').innerText()).not.toContain('/');
  expect(await page.getByLabel('Name').inputValue()).toBe('Carla Neri');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByLabel('Street').fill('Via Indipendenza 8');
  await page.getByLabel('Postal code').fill('40121');
  await page.getByLabel('City').fill('Bologna');
  await page.getByRole('button', { name: 'Place the order' }).click();
  const link = page.getByRole('paragraph').filter({ hasText: 'is placed' }).getByRole('link');
  await link.waitFor();
  const { items } = await shop.as.support.get<OrderView>('/v1/orders', { soldAt: 'store' });
  expect(items).toHaveLength(1);
  const order = await shop.untilOrder(items[0].id, ({ status }) => status === 'confirmed');
  expect(order).toMatchObject({
    ...{ channel: 'tills', externalReference: 'store/R-77', soldAt: 'store', paymentStatus: 'captured' },
    total: eur(178_000),
  });
  expect(order.fulfillments[0].locationId).toBe('north');
  await link.click();
  await page.getByRole('heading', { name: `Order ${order.number}` }).waitFor();
});

it('orders what its reorder points ask for, and takes it in', async () => {
  const page = await signIn();
  await page.getByRole('link', { name: 'Order goods' }).click();
  await page.getByRole('heading', { name: 'What to order' }).waitFor();
  expect(await page.getByRole('spinbutton').inputValue()).toBe('10');
  await page.getByRole('searchbox').fill('sofa');
  await page.getByRole('link', { name: 'Add' }).click();
  await page.locator('#row-SOFA').waitFor();
  await expectFlawless(page);
  await page.getByRole('button', { name: 'Order', exact: true }).click();
  await page.getByText(/is placed: confirmed/).waitFor();
  // What is ordered is not suggested again.
  expect(await page.getByRole('spinbutton').inputValue()).toBe('0');
  const { items } = await shop.as.support.get<OrderView>('/v1/orders', { channel: 'replenishment' });
  const order = await shop.order(items[0].id);
  expect(order.lines.map(({ sku, quantity }: OrderView) => [sku, quantity])).toEqual([
    ['CUP', 10],
    ['SOFA', 1],
  ]);
  const [work] = order.fulfillments;
  await shop.pack(order, work.id);
  await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ship`);
  await page.getByRole('heading', { name: 'On its way here' }).waitFor();
  await page.getByRole('link', { name: 'Take in' }).click();
  await page.getByRole('heading', { name: 'What arrived' }).waitFor();
  await page.locator('[name="damaged.CUP"]').fill('1');
  await expectFlawless(page);
  await page.getByRole('button', { name: 'Take it in' }).click();
  await page.getByText('The transfer is complete').waitFor();
  await shop.untilOrder(order.id, ({ status }) => status === 'completed');
  const shelf = await system
    .db('stock')
    .where({ sku: 'CUP', location_id: 'store' })
    .first('on_hand', 'unsellable');
  expect(shelf).toEqual({ on_hand: 12, unsellable: 1 });
  expect(await findStockDifferences(system.db)).toEqual([]);
});

describe('a key of one store', () => {
  const sale = (more: object) => ({
    ...{ channel: 'tills', externalReference: 'x', currency: 'EUR', total: eur(100) },
    lines: [{ sku: 'CUP', quantity: 1, unitPrice: eur(100) }],
    shipping: { method: 'none', price: eur(0) },
    tenders: [{ method: 'till', amount: eur(100), token: 'R-1' }],
    ...more,
  });

  test('sells and orders for that store alone', async () => {
    const elsewhere = sale({ delivery: { mode: 'carryOut', locationId: 'north' } });
    expect((await refusal(staff.post('/v1/orders', elsewhere))).status).toBe(403);
    const forOthers = {
      ...{ channel: 'replenishment', externalReference: 'y', currency: 'EUR' },
      ...{ lines: [{ sku: 'CUP', quantity: 1 }], delivery: { mode: 'ship', toLocationId: 'north' } },
    };
    expect((await refusal(staff.post('/v1/orders', forOthers))).status).toBe(403);
    expect((await refusal(staff.get('/v1/locations/north/replenishment'))).status).toBe(403);
    const here = sale({ delivery: { mode: 'carryOut', locationId: 'store' } });
    expect(await staff.post('/v1/orders', here)).toMatchObject({ status: 'placed' });
  });

  test('counts the shelves of that store alone, and moves nothing else', async () => {
    const count = { type: 'count', sku: 'CUP', locationId: 'store', quantity: 2 };
    const record = (movement: object) => staff.post('/v1/stock/movements', { movements: [movement] });
    expect(await refusal(record({ ...count, locationId: 'north' }))).toMatchObject({ status: 403 });
    expect(await refusal(record({ ...count, type: 'receipt' }))).toMatchObject({ status: 403 });
    const page = await signIn();
    await page.goto('/stock?q=cup');
    const links = page.getByRole('link', { name: /^Count / });
    expect(await links.count()).toBe(1);
    await links.click();
    await page.getByText('By the books').waitFor();
    await page.context().close();
  });

  test('sees and does the work of that store alone', async () => {
    const { id } = await shop.place({ reference: 'home', lines: [{ sku: 'CUP', quantity: 1 }] });
    const [work] = (await shop.order(id)).fulfillments;
    expect(work.locationId).toBe('north');
    expect((await refusal(staff.post(`/v1/fulfillments/${work.id}/pick`))).status).toBe(404);
    const transfer = { fromLocationId: 'north', toLocationId: 'south', lines: [{ sku: 'CUP', quantity: 1 }] };
    const { id: other } = await shop.as.warehouse.post<{ id: string }>('/v1/transfers', transfer);
    expect((await refusal(staff.get(`/v1/transfers/${other}`))).status).toBe(404);
    const { items } = await staff.get<OrderView>('/v1/transfers');
    expect(items.every(({ toLocationId }: OrderView) => toLocationId === 'store')).toBe(true);
    const page = await signIn();
    await page.goto('/locations/north/fulfillments');
    await page.getByRole('heading', { name: 'Another location' }).waitFor();
  });

  test('takes back what another place sold: the pieces are on its shelf, the money comes from its till', async () => {
    const { id: _, ...place } = await shop.as.admin.get<OrderView>('/v1/locations/north');
    await shop.as.admin.put('/v1/locations/outlet', { ...place, type: 'store', name: 'Outlet' });
    const body = sale({ externalReference: 'z', delivery: { mode: 'carryOut', locationId: 'outlet' } });
    const { id } = await shop.as.support.post<{ id: string }>('/v1/orders', body, { wait: 10 });
    const order = await shop.untilOrder(id, (view) => view.fulfillments[0]?.status === 'delivered');
    const [line] = order.lines;
    const asked = {
      ...{ orderId: id, mode: 'store', refundTo: 'tenders' },
      lines: [{ lineId: line.id, quantity: 1, reason: 'changed my mind' }],
    };
    const { id: returnId } = await staff.post<{ id: string }>('/v1/returns', asked);
    const north = staff.post(`/v1/returns/${returnId}/receive`, { locationId: 'north' });
    expect((await refusal(north)).status).toBe(403);
    const before = await system.db('stock').where({ sku: 'CUP', location_id: 'store' }).first('on_hand');
    await staff.post(`/v1/returns/${returnId}/receive`);
    const inspected = [{ lineId: line.id, quantity: 1, outcome: 'restock' }];
    await staff.post(`/v1/returns/${returnId}/inspect`, { lines: inspected });
    await shop.untilOrder(id, ({ paymentStatus }) => paymentStatus === 'refunded');
    const after = await system.db('stock').where({ sku: 'CUP', location_id: 'store' }).first('on_hand');
    expect(after!.on_hand).toBe(before!.on_hand + 1);
  });
});
