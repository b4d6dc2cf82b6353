import type { Page } from 'playwright-core';
import { createLinks } from '../../runtime/links';
import type { OrderView, Shop } from '../support/shop';
import { findFaults } from './support/find-faults';
import { expectFit, expectTouchable } from './support/looks';
import { openSite, phone, type Site } from './support/site';

jest.setTimeout(180_000);

let site: Site;
let shop: Shop;

beforeAll(async () => {
  site = await openSite();
  ({ shop } = site);
  const address = { line1: 'Via Telaio 3', postalCode: '13900', city: 'Biella', country: 'IT' };
  await shop.as.admin.put('/v1/locations/mill', {
    ...{ type: 'supplier', name: 'Mill', address, capabilities: ['ship'], actWithin: 'P2D' },
  });
  await shop.stock('LOOM', { mill: 20 });
});
afterAll(() => site?.close());

/** Work that was released to the mill, and the page that its mail leads to. */
async function released(reference: string): Promise<{ id: string; url: string }> {
  const placed = await shop.place({ reference, lines: [{ sku: 'LOOM', quantity: 2 }] });
  await shop.untilOrder(placed.id, ({ fulfillments: [work] }) => Boolean(work?.releasedAt));
  const { id } = (await shop.order(placed.id)).fulfillments[0];
  return { id, url: createLinks(site.system.apiUrl, site.system.config.secret).supplierWork(id) };
}

async function onPhone(url: string): Promise<Page> {
  const page = await site.open(phone);
  await page.goto(url);
  return page;
}

async function expectGood(page: Page): Promise<void> {
  await expectFit(page);
  await expectTouchable(page);
  expect(await findFaults(page)).toEqual([]);
}

const workOf = (id: string): Promise<OrderView> => shop.as.warehouse.get(`/v1/fulfillments/${id}`);

it('tells a supplier on a phone who orders, and takes its yes and its parcels', async () => {
  const { id, url } = await released('supplier-yes');
  const page = await onPhone(url);
  // Several retailers send work to the same supplier.
  await page.getByText('Test shop asks you to ship these goods in its name.').waitFor();
  expect(await page.title()).toMatch(/^Order \d+-1-1 · Test shop$/);
  await expectGood(page);
  await page.getByRole('button', { name: 'Yes, we ship it' }).click();
  await page.getByRole('button', { name: 'Yes, we ship it' }).waitFor({ state: 'detached' });

  await page.getByRole('group', { name: 'Parcel 1' }).getByLabel('Carrier').fill('GLS');
  await page.getByRole('button', { name: 'One parcel more' }).click();
  await page.getByRole('group', { name: 'Parcel 2' }).waitFor();
  const first = page.getByRole('group', { name: 'Parcel 1' }).getByLabel('Carrier');
  expect(await first.inputValue()).toBe('GLS');
  for (const parcel of ['Parcel 1', 'Parcel 2']) {
    await page.getByRole('group', { name: parcel }).getByLabel('Carrier').fill('GLS');
    await page.getByRole('group', { name: parcel }).getByLabel('Tracking number').fill(`${parcel}-${id}`);
  }
  await expectGood(page);
  await page.getByRole('button', { name: 'Shipped' }).click();
  await page.getByRole('alert').getByText('Must say what is in it').waitFor();
  // What was filled in is there still: only the pieces are missing.
  for (const parcel of ['Parcel 1', 'Parcel 2'])
    await page.getByRole('group', { name: parcel }).getByRole('spinbutton').fill('1');
  await page.getByRole('button', { name: 'Shipped' }).click();
  await page.getByRole('button', { name: 'Shipped' }).waitFor({ state: 'detached' });
  const { status, packages } = await workOf(id);
  expect(status).toBe('shipped');
  expect(packages.map((each: OrderView) => [each.carrier, each.trackingNumber])).toEqual([
    ['GLS', `Parcel 1-${id}`],
    ['GLS', `Parcel 2-${id}`],
  ]);
  await expectGood(page);
  await page.context().close();
});

it('takes a no on a phone, and asks for nothing more', async () => {
  const { id, url } = await released('supplier-no');
  const page = await onPhone(url);
  await page.getByText('We cannot ship it').click();
  await page.getByLabel('Why').fill('sold out');
  await expectGood(page);
  await page.getByRole('button', { name: 'Refuse the order' }).click();
  await page.getByText('Nothing is to be shipped any more').waitFor();
  expect((await workOf(id)).status).toBe('cancelled');
  expect(await page.getByText('Into the box').count()).toBe(0);
  await expectGood(page);
  await page.context().close();
});

it('fits a phone in the language of the mails', async () => {
  const terms = { name: 'Lanificio', email: 'orders@mill.test', locationId: 'mill', locale: 'it' };
  await shop.as.admin.put('/v1/suppliers/mill', { ...terms, currency: 'EUR', leadTimeDays: 3 });
  await shop.as.admin.put('/v1/suppliers/mill/items/LOOM', { supplierSku: 'TELAIO-77' });
  const { url } = await released('supplier-it');
  const page = await onPhone(url);
  await page.getByText('Test shop vi chiede di spedire questa merce a suo nome.').waitFor();
  await page.getByText('vostro codice TELAIO-77').waitFor();
  await page.getByRole('button', { name: 'Un altro pacco' }).click();
  await page.getByRole('group', { name: 'Pacco 2' }).waitFor();
  await page.getByText('Non possiamo spedirlo').click();
  await expectGood(page);
  await page.context().close();
});
