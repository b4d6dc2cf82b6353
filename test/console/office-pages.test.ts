import type { Page } from 'playwright-core';
import type { Shop } from '../support/shop';
import { expectFit, expectSound } from './support/looks';
import { openSite, phone, type Site } from './support/site';

jest.setTimeout(180_000);

let site: Site;
let shop: Shop;
let purchaseOrder: string;
const eur = (amount: number) => ({ amount, currency: 'EUR' });

beforeAll(async () => {
  site = await openSite();
  ({ shop } = site);
  const { admin } = shop.as;
  await shop.stock('LINEN', {});
  await shop.stock('WOOL', {});
  await shop.stock('UNLISTED', {});
  await shop.stock('SILK', { north: 20 });
  await admin.put('/v1/suppliers/mill', { name: 'Weaving mill', currency: 'EUR', leadTimeDays: 3 });
  await admin.put('/v1/suppliers/mill/items/LINEN', { cost: eur(400), packSize: 6, minimumQuantity: 12 });
  await admin.put('/v1/suppliers/mill/items/WOOL', { cost: eur(900), packSize: 2 });
  await admin.put('/v1/channels/franchise', { type: 'franchise', name: 'Franchise' });
  const { id } = await admin.post<{ id: string }>('/v1/purchase-orders', {
    ...{ supplierId: 'mill', locationId: 'north', lines: [{ sku: 'LINEN', quantity: 12 }] },
  });
  purchaseOrder = id;
});
afterAll(() => site?.close());

const linesOf = async (): Promise<[string, number][]> => {
  const { lines } = await shop.as.admin.get<{ lines: { sku: string; quantity: number }[] }>(
    `/v1/purchase-orders/${purchaseOrder}`,
  );
  return lines.map(({ sku, quantity }) => [sku, quantity]);
};
/** A menu of the page itself, opened by its button; its form. */
async function opened(page: Page, name: string | RegExp) {
  await page.locator('summary').filter({ hasText: name }).click();
  return page.locator('details.act[open] form').first();
}

it('changes a draft of a purchase order on a phone: what does not fit is told, and what was typed stays', async () => {
  const page = await site.signIn('admin', phone);
  await page.goto(`/purchase-orders/${purchaseOrder}`);
  await page.getByRole('link', { name: 'Change…' }).click();
  await page.getByRole('heading', { name: 'Change the draft' }).waitFor();
  await expectFit(page);
  await page.getByLabel('Pieces of Product LINEN').fill('13');
  await page.getByLabel('SKU to add, 1').fill('WOOL');
  await page.getByLabel('Pieces, 1').fill('4');
  await page.getByLabel('Expected on').fill('2027-04-01');
  await page.getByRole('button', { name: 'Save the draft' }).click();
  await page.locator('#notice .bad').getByText('order 12 or 18').waitFor();
  expect(await page.getByLabel('Pieces, 1').inputValue()).toBe('4');
  expect(await linesOf()).toEqual([['LINEN', 12]]);

  // It is told beside the field, and who means it says why.
  const row = page.getByRole('row').filter({ hasText: 'LINEN' });
  await row.getByText('order 12 or 18').waitFor();
  expect(await page.getByLabel('Pieces of Product LINEN').getAttribute('aria-invalid')).toBe('true');
  await row.getByRole('textbox', { name: 'Why it is ordered anyway' }).waitFor();
  await expectFit(page);
  await page.getByLabel('Pieces of Product LINEN').fill('18');
  await page.getByRole('button', { name: 'Save the draft' }).click();
  await page.getByText('is as you wrote it').waitFor();
  await page.getByText('LINEN from 12 to 18, 4 × WOOL added, another date').waitFor();
  expect(await linesOf()).toEqual([
    ['LINEN', 18],
    ['WOOL', 4],
  ]);
  await expectFit(page);
  await page.context().close();
});

it('begins a draft with its first line', async () => {
  const page = await site.signIn('admin');
  await page.goto('/purchase-orders');
  const form = await opened(page, 'New draft');
  await form.getByLabel(/^To/).selectOption('Location south');
  await form.getByLabel('First SKU').fill('NOPE');
  await form.getByLabel('Pieces').fill('24');
  await form.getByRole('button', { name: 'Write the draft' }).click();
  await page.locator('#notice .bad').getByText('No product has the SKU "NOPE"').waitFor();
  await form.getByLabel('First SKU').fill('UNLISTED');
  await form.getByRole('button', { name: 'Write the draft' }).click();
  await form.getByText('does not list "UNLISTED"').waitFor();
  await form.getByRole('textbox', { name: 'Why it is ordered anyway' }).waitFor();
  await form.getByLabel('First SKU').fill('LINEN');
  await form.getByLabel('Pieces').fill('25');
  await form.getByRole('button', { name: 'Write the draft' }).click();
  await form.getByText('order 24 or 30').waitFor();
  await form.getByRole('textbox', { name: 'Why it is ordered anyway' }).fill('One for the window');
  await form.getByRole('button', { name: 'Write the draft' }).click();
  await page.getByText('is a draft. Add to it, or send it.').waitFor();
  await page.getByText('25 × LINEN anyway: One for the window').waitFor();
  const { items } = await shop.as.admin.get<{ items: { locationName: string; pieces: number }[] }>(
    '/v1/purchase-orders',
  );
  expect(items[0]).toMatchObject({ locationName: 'Location south', pieces: 25 });
  await page.context().close();
});

it('tells who was slower that somebody else changed the draft, and takes a line out', async () => {
  const [first, second] = [await site.signIn('admin'), await site.signIn('admin')];
  const path = `/purchase-orders/${purchaseOrder}/edit`;
  for (const page of [first, second]) await page.goto(path);
  await first.getByLabel('Pieces of Product WOOL').fill('0');
  await first.getByRole('button', { name: 'Save the draft' }).click();
  await first.getByText('WOOL removed').waitFor();
  await second.getByLabel('Pieces of Product LINEN').fill('24');
  await second.getByRole('button', { name: 'Save the draft' }).click();
  await second.getByText('Somebody else changed it meanwhile').waitFor();
  expect(await linesOf()).toEqual([['LINEN', 18]]);
  await second.getByRole('link', { name: 'Begin anew' }).click();
  expect(await second.getByLabel('Pieces of Product LINEN').inputValue()).toBe('18');

  await first.getByRole('link', { name: 'Send to the supplier…' }).click();
  await first.getByText('This is what Weaving mill gets. Nothing has left yet.').waitFor();
  await first.getByText('18 pieces, €72.00').waitFor();
  await expectFit(first);
  await first.getByRole('button', { name: 'Mark it as sent' }).click();
  await first.getByText('is on its way to the supplier').waitFor();
  await second.goto(path);
  await second.getByText('what its supplier has in hand is not changed here').waitFor();
  for (const page of [first, second]) await page.context().close();
});

it('gives a supplier a calendar, and the lead time counts its days of work', async () => {
  const page = await site.signIn('admin', phone);
  await page.getByRole('link', { name: 'Purchasing' }).click();
  await page.getByRole('link', { name: 'Suppliers' }).click();
  await page.getByRole('link', { name: 'Weaving mill' }).click();
  await page.getByRole('heading', { name: 'Change terms and calendar' }).click();
  await page.getByLabel('It works by a calendar').check();
  await page.getByLabel('Tuesday from').fill('08:00');
  await page.getByLabel('Tuesday to').fill('07:00');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('#notice .bad').getByText('Tuesday, To: ').waitFor();
  await page.getByLabel('Tuesday to').fill('17:00');
  await page.getByLabel('Tuesday, orders until').fill('12:00');
  await page.getByLabel('Holidays').fill('2030-12-24\n2030-12-31');
  await page.getByLabel('Closed').fill('2031-08-05 to 2031-08-26');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('The terms of Weaving mill are saved').waitFor();
  await page.getByText('08:00–17:00').waitFor();
  await page.getByText('orders until 12:00', { exact: true }).waitFor();
  await expectFit(page);
  expect(await shop.as.admin.get('/v1/suppliers/mill')).toMatchObject({
    leadTimeDays: 3,
    calendar: {
      weekdays: { tue: { open: '08:00', close: '17:00', cutOff: '12:00' } },
      holidays: ['2030-12-24', '2030-12-31'],
      closures: [{ from: '2031-08-05', to: '2031-08-26' }],
    },
  });
  const form = await opened(page, 'Add a product');
  await form.getByLabel('SKU', { exact: true }).fill('SILK');
  await form.getByLabel('Cost of one').fill('12,50');
  await form.getByRole('button', { name: 'Add' }).click();
  await page.getByText('Weaving mill sells SILK so.').waitFor();
  await page.locator('#item-SILK').getByText('€12.50').waitFor();
  await page.context().close();
});

it('opens an account, sees its orders, records what came in, and never replaces another one', async () => {
  const page = await site.signIn('admin');
  await page.goto('/accounts');
  const form = await opened(page, 'New account');
  await form.getByLabel('Code').fill('torino');
  await form.getByLabel('Name').fill('Bottega Torino');
  await form.getByLabel('Orders through').selectOption('Franchise');
  await form.getByLabel('Limit').fill('300');
  await form.getByLabel('in', { exact: true }).fill('eur');
  await form.getByRole('button', { name: 'Open the account' }).click();
  await page.getByText('can order on account').waitFor();

  const total = 3 * 2440 + 490;
  const { id, number } = await shop.as.channel.post<{ id: string; number: string }>(
    '/v1/orders',
    {
      ...{ channel: 'franchise', externalReference: 'office-1', currency: 'EUR' },
      customer: { name: 'Bottega Torino', email: 'torino@example.org', account: 'torino' },
      shippingAddress: {
        name: 'Bottega',
        line1: 'Via Po 1',
        postalCode: '10123',
        city: 'Torino',
        country: 'IT',
      },
      lines: [{ sku: 'SILK', quantity: 3, unitPrice: eur(2440), taxRateBps: 2200 }],
      shipping: { method: 'standard', price: eur(490) },
      delivery: { mode: 'ship' },
      tenders: [{ method: 'onAccount', amount: eur(total) }],
      total: eur(total),
    },
    { wait: 10 },
  );
  await shop.untilOrder(id, ({ status }) => status === 'confirmed');
  await page.reload();
  await page.getByRole('table', { name: 'Orders on account' }).getByRole('link', { name: number }).waitFor();
  await page.getByText('Held for an order').waitFor();
  const held = page.locator('#balance').getByText('€78.10', { exact: true });
  await held.waitFor();

  const payment = await opened(page, 'Record a payment');
  await payment.getByLabel('Amount in EUR').fill('20.00');
  await payment.getByLabel('Reference of the bank booking').fill('B-77');
  await payment.getByRole('button', { name: 'Record' }).click();
  await page.getByText('The payment is recorded').waitFor();
  await page.locator('#movements').getByText('B-77').waitFor();
  expect(await shop.as.admin.get('/v1/accounts/torino')).toMatchObject({
    ...{ owed: eur(-2000), held: eur(total), available: eur(30_000 + 2000 - total) },
  });

  await page.goto('/accounts');
  const again = await opened(page, 'New account');
  await again.getByLabel('Code').fill('torino');
  await again.getByLabel('Name').fill('Another');
  await again.getByLabel('Limit').fill('1');
  await again.getByLabel('in', { exact: true }).fill('EUR');
  await again.getByRole('button', { name: 'Open the account' }).click();
  await page.locator('#notice .bad').getByText('is there already').waitFor();
  expect(await shop.as.admin.get('/v1/accounts/torino')).toMatchObject({ name: 'Bottega Torino' });
  await page.context().close();
});

it('keeps a price list: row by row, and as a file', async () => {
  const page = await site.signIn('admin');
  await page.goto('/price-lists');
  const form = await opened(page, 'New price list');
  await form.getByLabel('Code').fill('partners');
  await form.getByLabel('Name').fill('Partners');
  await form.getByLabel('Currency').fill('EUR');
  await form.getByRole('button', { name: 'Add the list' }).click();
  await page.getByText('Add its prices').waitFor();
  const price = await opened(page, 'Add a price');
  await price.getByLabel('SKU').fill('SILK');
  await price.getByLabel('Price in EUR').fill('19.90');
  await price.getByRole('button', { name: 'Add' }).click();
  await page.getByText('The price of SILK is saved').waitFor();

  const row = page.getByRole('row').filter({ hasText: 'SILK' });
  await row.locator('summary').click();
  await row.getByLabel('Price in EUR').fill('18,40');
  await row.getByRole('button', { name: 'Save' }).click();
  await row.getByText('€18.40').waitFor();
  const pricesOf = () => shop.as.admin.get<{ items: object[] }>('/v1/price-lists/partners/prices');
  expect((await pricesOf()).items).toEqual([{ sku: 'SILK', price: eur(1840) }]);

  const send = async (text: string) => {
    const file = await opened(page, 'From a file');
    await file.getByLabel('File').setInputFiles({
      ...{ name: 'prices.csv', mimeType: 'text/csv' },
      buffer: Buffer.from(text),
    });
    await file.getByRole('button', { name: 'Replace the list' }).click();
  };
  await send('sku;price\nSILK;nineteen\n');
  await page.getByText('Row 2, column price: Write the price of "SILK" as 12.30').waitFor();
  expect((await pricesOf()).items).toHaveLength(1);
  await send('SKU;Price;Valid from\nSILK;17,10;\nWOOL;30;2027-06-01\n');
  await page.getByRole('row').filter({ hasText: 'WOOL' }).getByText('to come').waitFor();
  const now = (await pricesOf()).items;
  expect(now).toEqual([
    { sku: 'SILK', price: eur(1710) },
    { sku: 'WOOL', price: eur(3000), validFrom: '2027-06-01T00:00:00.000Z' },
  ]);
  // What is handed out is what is taken in.
  const file = await (await page.request.get('/price-lists/partners/prices.csv')).text();
  expect(file).toBe('sku,price,validFrom,validUntil\r\nSILK,17.10,,\r\nWOOL,30.00,2027-06-01,\r\n');
  await send(file);
  await page.getByText('17.10').waitFor();
  expect((await pricesOf()).items).toEqual(now);

  await page.getByRole('row').filter({ hasText: 'WOOL' }).locator('summary').click();
  await page
    .getByRole('row')
    .filter({ hasText: 'WOOL' })
    .getByRole('button', { name: 'Take it out' })
    .click();
  await page.getByText('The price of WOOL is taken out').waitFor();
  expect((await pricesOf()).items).toHaveLength(1);
  await page.context().close();
});

it('is accessible on each of these pages, light and dark, and fits a phone', async () => {
  const alert = { sku: 'LINEN', channel: 'web', email: 'vera@example.org' };
  await shop.as.channel.post('/v1/stock-alerts', alert);
  const { id } = await shop.as.admin.post<{ id: string }>('/v1/purchase-orders', {
    ...{ supplierId: 'mill', locationId: 'north', lines: [{ sku: 'LINEN', quantity: 12 }] },
  });
  const page = await site.signIn('admin');
  for (const path of [
    `/purchase-orders/${id}`,
    `/purchase-orders/${id}/edit`,
    `/purchase-orders/${id}/send`,
    '/suppliers',
    '/suppliers/mill',
    '/accounts',
    '/accounts/torino',
    '/price-lists',
    '/price-lists/partners',
    '/stock/alerts',
    '/stock/alerts/shoppers',
    '/orders?account=torino',
    '/sell',
    '/replenish',
  ])
    await expectSound(page, path);
  await page.context().close();
});
