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
  const scenario = {
    ...{ code: 'all', when: { all: [] }, decides: 'software', filters: [], scores: {} },
    ...{ allocation: { split: 'allow' }, onShortage: { then: 'backorder', within: 'P30D' } },
  };
  const draft = { name: 'waiting', currency: 'EUR', scenarios: [scenario] };
  await shop.as.admin.put('/v1/rules/draft', draft);
  await shop.as.admin.post('/v1/rules/publish', { note: 'waiting' });
});
afterAll(() => site?.close());

/** An order of which three pieces of one product wait, and one of another. */
async function waiting(name: string, locale: 'it' | 'en'): Promise<{ id: string; url: string }> {
  const lines = [
    { sku: `${name}-THREE`, quantity: 3 },
    { sku: `${name}-ONE`, quantity: 1 },
  ];
  for (const { sku } of lines) await shop.stock(sku, {});
  const { id } = await shop.place({ reference: `without-${name}`, lines, locale });
  await shop.untilOrder(id, ({ lines: [first] }) => first.byState.backordered === 3);
  return { id, url: createLinks(site.system.apiUrl, site.system.config.secret).orderPage(id) };
}

async function visit(url: string, options = {}): Promise<Page> {
  const page = await site.open({ ...phone, ...options });
  await page.goto(url);
  return page;
}

const statesOf = async (id: string) => (await shop.order(id)).lines.map(({ byState }: OrderView) => byState);

it('lets a customer do without some of what waits, and as many pieces as they say, on a phone', async () => {
  const { id, url } = await waiting('SOME', 'it');
  const page = await visit(url);
  await page.getByText('Togli la spunta a quello che vuoi ancora').waitFor();
  await expectFit(page);
  await expectTouchable(page);
  expect(await findFaults(page)).toEqual([]);
  await page.getByRole('checkbox', { name: '1 × Product SOME-ONE' }).uncheck();
  await page.getByLabel('Pezzi che non ti servono di Product SOME-THREE').fill('2');
  await page.getByRole('button', { name: 'Non mi servono più' }).click();
  await page.getByText('1 × Product SOME-THREE').waitFor();
  expect(await statesOf(id)).toEqual([{ backordered: 1, cancelled: 2 }, { backordered: 1 }]);
  await page.context().close();
});

it('takes the same choice without scripts, and asks again when nothing is chosen', async () => {
  const { id, url } = await waiting('PLAIN', 'en');
  const page = await visit(url, { javaScriptEnabled: false });
  const button = page.getByRole('button', { name: 'I do not need these any more' });
  for (const tick of await page.getByRole('checkbox').all()) await tick.uncheck();
  await button.click();
  await page.getByRole('alert').getByText('Tick at least one item that you do not need').waitFor();
  expect(await statesOf(id)).toEqual([{ backordered: 3 }, { backordered: 1 }]);
  await page.getByRole('checkbox', { name: /PLAIN-ONE/ }).uncheck();
  await page.getByLabel('Pieces that you do not need of Product PLAIN-THREE').fill('1');
  await button.click();
  await page.getByText('2 × Product PLAIN-THREE').waitFor();
  expect(await statesOf(id)).toEqual([{ backordered: 2, cancelled: 1 }, { backordered: 1 }]);
  await page.context().close();
});

it('lets go of all that waits when nothing is changed, though some came in since the page was shown', async () => {
  const { id, url } = await waiting('ALL', 'en');
  const page = await visit(url);
  await shop.stock('ALL-THREE', { north: 1 });
  await shop.untilOrder(id, ({ lines: [first] }) => first.byState.allocated === 1);
  await page.getByRole('button', { name: 'I do not need these any more' }).click();
  await page.locator('#waiting').waitFor({ state: 'detached' });
  expect(await statesOf(id)).toEqual([{ allocated: 1, cancelled: 2 }, { cancelled: 1 }]);
  await page.context().close();
});
