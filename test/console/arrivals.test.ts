import type { Page } from 'playwright-core';
import { hashApiKey } from '../../api/key-hash';
import { saveKey } from '../../store/keys/save-key';
import type { OrderView, Shop } from '../support/shop';
import type { TestSystem } from '../support/system';
import { findFaults } from './support/find-faults';
import { expectFit } from './support/looks';
import { openSite, phone, type Site } from './support/site';

jest.setTimeout(180_000);

let site: Site;
let system: TestSystem;
let shop: Shop;
const key = 'store-key-of-torino';

beforeAll(async () => {
  site = await openSite();
  ({ system, shop } = site);
  await shop.as.admin.put('/v1/locations/torino', {
    type: 'store',
    name: 'Torino Po',
    address: { name: 'Torino Po', line1: 'Via Po 9', city: 'Torino', postalCode: '10121', country: 'IT' },
    capabilities: ['pickup', 'returns'],
    pickupWhenShort: 'send',
  });
  const keyHash = hashApiKey(system.config.secret, key);
  await saveKey(system.db, { id: 'torino', role: 'store', name: 'Torino', keyHash, boundTo: 'torino' });
});
afterAll(() => site?.close());

/** What came for Torino, on a phone there. */
async function openArrivals(): Promise<Page> {
  const page = await site.signIn({ key }, phone);
  await page.goto('/arrivals');
  await page.getByRole('heading', { name: 'Arriving for pickup' }).waitFor();
  return page;
}

async function expectGood(page: Page): Promise<void> {
  expect(await findFaults(page)).toEqual([]);
  await expectFit(page);
}

/** An order that is collected in Torino, packed and handed over by who sends it there. */
async function sent(reference: string, sku: string, pieces: number): Promise<OrderView> {
  const { id } = await shop.place({
    reference: `pickup-arrivals-${reference}`,
    lines: [{ sku, quantity: pieces }],
    mode: 'pickup',
    locationId: 'torino',
    name: `Carla ${reference}`,
  });
  const view = await shop.order(id);
  await shop.pack(view, view.fulfillments[0].id);
  await shop.as.warehouse.post(`/v1/fulfillments/${view.fulfillments[0].id}/ship`);
  return shop.order(id);
}

it('finds a parcel by its label, and tells the customer when all is there', async () => {
  await shop.stock('ARRIVE', { north: 2, south: 5 });
  const order = await sent('Neri', 'ARRIVE', 2);
  const other = await sent('Rossi', 'ARRIVE', 1);
  const page = await openArrivals();
  await page.getByRole('heading', { name: order.number }).waitFor();
  await page.getByText('Carla Neri').waitFor();
  await page.getByText('from Location').first().waitFor();
  await expectGood(page);
  // As a scanner reads it from the label.
  const [{ sscc }] = order.fulfillments[0].packages;
  await page.getByLabel('Scan a parcel').fill(`(00)${sscc}`);
  await page.getByRole('link', { name: 'Show all' }).waitFor();
  expect(await page.getByRole('heading', { name: other.number }).count()).toBe(0);
  await page.getByRole('button', { name: 'It is here' }).click();
  await page.getByText(`Order ${order.number}: keep it for the customer`).waitFor();
  const ready = await shop.untilOrder(order.id, ({ fulfillments }) =>
    fulfillments.some(({ status }: OrderView) => status === 'readyForPickup'),
  );
  expect(ready.mails.map(({ template }: OrderView) => template)).toContain('readyForPickup');
  await page.getByRole('link', { name: 'What is ready to be collected' }).click();
  await page.getByRole('heading', { name: order.number }).waitFor();
  await page.getByLabel('Code').fill(await shop.pickupCode(`${order.fulfillments[0].id}_store`));
  await page.getByRole('button', { name: 'Hand out' }).click();
  await page.getByText(`Order ${order.number} was collected`).waitFor();
  await page.context().close();
});

it('takes in what is good, and has the rest sent anew', async () => {
  await shop.stock('BROKEN', { north: 2, south: 5 });
  const order = await sent('Verdi', 'BROKEN', 2);
  const page = await openArrivals();
  const card = page.locator(`#arrival-${order.fulfillments[0].id}`);
  await card.getByText('Not all is good…').click();
  await card.getByLabel('Damaged').fill('1');
  await expectGood(page);
  await card.getByRole('button', { name: 'The rest is here' }).click();
  await page.getByText(`Order ${order.number}: keep it for the customer`).waitFor();
  await page.getByRole('heading', { name: 'Kept until the rest is here' }).waitFor();
  await page.locator(`#kept-${order.fulfillments[0].id}`).waitFor();
  await expectGood(page);
  const anew = await shop.untilOrder(order.id, ({ fulfillments }) => fulfillments.length > 1);
  expect(anew.lines[0].byState).toMatchObject({ atStore: 1 });
  await page.context().close();
});

it('tells on the page of the order what the store has, and what is sent there', async () => {
  await shop.stock('BOTH', { torino: 1, north: 1 });
  const { id } = await shop.place({
    ...{ reference: 'pickup-arrivals-both', mode: 'pickup', locationId: 'torino' },
    lines: [{ sku: 'BOTH', quantity: 2 }],
  });
  const page = await site.signIn('support', phone);
  await page.goto(`/orders/${id}`);
  await page.getByText('Round 1, from the store itself').waitFor();
  await page.getByText('Round 1, sent to Torino Po').waitFor();
  await page.getByText('to Torino Po, to be collected there').waitFor();
  await expectGood(page);
  await page.context().close();
});

it('shows a store its own arrivals alone', async () => {
  await shop.stock('ELSEWHERE', { north: 1 });
  const order = await sent('Bianchi', 'ELSEWHERE', 1);
  const elsewhere = 'store-key-of-bologna';
  const keyHash = hashApiKey(system.config.secret, elsewhere);
  await saveKey(system.db, { id: 'bologna', role: 'store', name: 'Bologna', keyHash, boundTo: 'store' });
  const asBologna = { Authorization: `Bearer ${elsewhere}` };
  const url = `${system.apiUrl}/v1/fulfillments/${order.fulfillments[0].id}`;
  expect((await fetch(`${url}/arrive`, { method: 'POST', headers: asBologna })).status).toBe(404);
  const asTorino = { Authorization: `Bearer ${key}` };
  const body = JSON.stringify({ reason: 'other' });
  const headers = { ...asTorino, 'Content-Type': 'application/json' };
  expect((await fetch(`${url}/reject`, { method: 'POST', headers, body })).status).toBe(403);
  const list = await fetch(`${system.apiUrl}/v1/fulfillments?pickupLocationId=torino`, {
    headers: asBologna,
  });
  expect(list.status).toBe(403);
});
