import type { Page } from 'playwright-core';
import { createLinks } from '../../runtime/links';
import { becomesLate, slowPlace, standIns } from '../support/late-work';
import type { OrderView, Shop } from '../support/shop';
import { findFaults } from './support/find-faults';
import { expectFit } from './support/looks';
import { openSite, phone, type Site } from './support/site';

jest.setTimeout(180_000);

let site: Site;
let shop: Shop;

beforeAll(async () => {
  site = await openSite();
  ({ shop } = site);
  await slowPlace(shop);
});
afterAll(() => site?.close());

/** Two products, both late at one place, and something that stands in for the first. */
async function late(sku: string): Promise<{ id: string; work: OrderView; url: string }> {
  for (const each of [sku, `${sku}-TOO`]) await shop.stock(each, { north: 1, slow: 1 });
  await standIns(shop, sku, { [`${sku}-B`]: { price: 2000, there: { west: 3 } } });
  const lines = [sku, `${sku}-TOO`].map((each) => ({ sku: each, quantity: 1 }));
  const { id } = await shop.place({ reference: `late-page-${sku}`, lines, locale: 'it' });
  const work = await becomesLate(shop, id, sku);
  return { id, work, url: createLinks(site.system.apiUrl, site.system.config.secret).orderPage(id) };
}

async function onPhone(url: string): Promise<Page> {
  const page = await site.open(phone);
  await page.goto(url);
  await page.getByRole('heading', { name: 'Più tardi del previsto' }).waitFor();
  return page;
}

it('lets a customer take something else for what comes late, or do without some of it, on a phone', async () => {
  const { id, url } = await late('TARDI');
  const page = await onPhone(url);
  await expectFit(page);
  expect(await findFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Che cosa c’è al loro posto?' }).click();
  await page.getByText('Questo arriva più tardi del previsto:').waitFor();
  await expectFit(page);
  expect(await findFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Prendo questo' }).click();
  await page.getByRole('button', { name: 'Prendo questo' }).waitFor({ state: 'detached' });
  expect((await shop.order(id)).lines.map(({ sku, quantity }: OrderView) => [sku, quantity])).toEqual([
    ['TARDI', 0],
    ['TARDI-TOO', 1],
    ['TARDI-B', 1],
  ]);
  // Of what is late there is the other product.
  const ticks = page.locator('#late').getByRole('checkbox');
  expect(await ticks.count()).toBe(1);
  await page.getByRole('button', { name: 'Non mi servono più' }).click();
  await page.locator('#late').waitFor({ state: 'detached' });
  expect((await shop.order(id)).lines[1].byState).toEqual({ cancelled: 1 });
  await page.context().close();
});

it('cancels what is ticked alone, and says that what was packed meanwhile comes as it was ordered', async () => {
  const { id, work, url } = await late('IERI');
  const page = await onPhone(url);
  await page.getByRole('checkbox', { name: /IERI-TOO/ }).uncheck();
  await page.getByRole('button', { name: 'Che cosa c’è al loro posto?' }).click();
  await page.getByRole('button', { name: 'Prendo questo' }).waitFor();
  const other = await onPhone(url);
  await shop.pack(await shop.order(id), work.id);
  await page.getByRole('button', { name: 'Prendo questo' }).click();
  await page.getByRole('alert').getByText('i tuoi pezzi sono imballati').waitFor();
  expect(await page.getByRole('button', { name: 'Prendo questo' }).count()).toBe(0);
  await other.getByRole('button', { name: 'Non mi servono più' }).click();
  await other.getByRole('alert').getByText('Sono già imballati').waitFor();
  expect((await shop.order(id)).lines.map(({ byState }: OrderView) => byState)).toEqual([
    { packed: 1 },
    { packed: 1 },
  ]);
  await page.context().close();
  await other.context().close();

  const second = await late('POI');
  const choosing = await onPhone(second.url);
  await choosing.getByRole('checkbox', { name: /POI-TOO/ }).uncheck();
  await choosing.getByRole('button', { name: 'Non mi servono più' }).click();
  const after = await shop.untilOrder(second.id, ({ lines }) => lines[0].byState.cancelled === 1);
  expect(after.lines[1].byState).toEqual({ allocated: 1 });
  await choosing.context().close();
});

it('lets staff offer something else for what comes late, and answer for the customer', async () => {
  const { id, work } = await late('STAFF');
  const page = await site.signIn('support');
  await page.goto(`/orders/${id}`);
  await page.getByText('Offer something else…').click();
  await page.getByRole('button', { name: 'Offer something else' }).click();
  const section = page.locator('#offers');
  await section.getByText('else they come as ordered').waitFor();
  await section.getByText('Customer accepts…').click();
  const form = section.locator('details[open] form');
  await form.getByLabel('What the customer told you').fill('on the phone');
  await form.getByRole('button', { name: 'Replace the pieces' }).click();
  await page.getByText('The pieces were replaced.').waitFor();
  const view = await shop.untilOrder(id, ({ fulfillments }) => fulfillments.length === 3);
  expect(view.fulfillments.find((each: OrderView) => each.id === work.id).lines).toMatchObject([
    { sku: 'STAFF-TOO' },
  ]);
  await page.getByText('Cancel some pieces…').click();
  const cancelling = page.locator('#act-cancelLines form');
  await cancelling.getByLabel(/STAFF-TOO slow/).fill('1');
  await cancelling.getByLabel('Reason').fill('rather not');
  await cancelling.getByRole('button', { name: 'Cancel these pieces' }).click();
  await page.getByText('The pieces were cancelled.').waitFor();
  expect((await shop.order(id)).lines[1].byState).toEqual({ cancelled: 1 });
  await page.context().close();
});
