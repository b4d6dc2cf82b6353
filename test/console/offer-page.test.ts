import type { Page } from 'playwright-core';
import { createLinks } from '../../runtime/links';
import type { OrderView, Shop } from '../support/shop';
import { findFaults } from './support/find-faults';
import { expectFit, expectTouchable } from './support/looks';
import { openSite, phone, type Site } from './support/site';

jest.setTimeout(180_000);

let site: Site;
let shop: Shop;

/** What is missing is offered otherwise; without an answer it becomes of it what is told. */
async function publish(otherwise: 'backorder' | 'cancel'): Promise<void> {
  const scenario = {
    ...{ code: 'all', when: { all: [] }, decides: 'software', filters: [], scores: {} },
    ...{ allocation: { split: 'allow' }, onShortage: { then: 'alternative', within: 'P2D', otherwise } },
  };
  const draft = { name: 'offers', currency: 'EUR', scenarios: [scenario] };
  await shop.as.admin.put('/v1/rules/draft', draft);
  await shop.as.admin.post('/v1/rules/publish', { note: 'offers' });
}

beforeAll(async () => {
  site = await openSite();
  ({ shop } = site);
  await publish('backorder');
});
afterAll(() => site?.close());

/** An order of which two pieces are missing, with two products of its kind that are there. */
async function offered(name: string): Promise<{ id: string; page: string }> {
  const product = { category: name, price: { amount: 2440, currency: 'EUR' }, taxRateBps: 2200 };
  for (const [sku, title, colour] of [
    [name, 'Tazza rossa', 'rosso'],
    [`${name}-2`, 'Tazza blu', 'blu'],
    [`${name}-3`, 'Tazza verde', 'verde'],
  ] as const) {
    await shop.stock(sku, sku === name ? {} : { north: 3 });
    await shop.as.admin.put(`/v1/products/${sku}`, { ...product, title, attributes: { colore: colour } });
  }
  const lines = [{ sku: name, quantity: 2 }];
  const { id } = await shop.place({ reference: `page-${name}`, lines, locale: 'it' });
  await shop.untilEvent(id, 'alternativeOffered');
  const links = createLinks(site.system.apiUrl, site.system.config.secret);
  return { id, page: links.orderPage(id) };
}

async function onPhone(url: string): Promise<Page> {
  const page = await site.open(phone);
  await page.goto(url);
  return page;
}

it('lets a customer choose something else on a phone, and says what it costs and when it comes', async () => {
  const { id, page: url } = await offered('TAZZA');
  const page = await onPhone(url);
  await page.getByRole('heading', { name: 'Qualcos’altro al suo posto?' }).waitFor();
  expect(await page.getByText('Diverso (colore): verde').count()).toBe(1);
  expect(await page.getByText('da te entro il').count()).toBe(2);
  await expectFit(page);
  await expectTouchable(page);
  expect(await findFaults(page)).toEqual([]);

  // Nothing else on the page says that they need do nothing; the last moment is told to the minute.
  await page.getByText('Puoi avere qualcos’altro al loro posto: scegli qui sotto.').waitFor();
  expect(await page.getByText('non devi fare nulla').count()).toBe(0);
  const [offer] = (await shop.as.support.get<OrderView>(`/v1/orders/${id}/offers`)).items;
  const until = page.getByText('Scegli entro il').locator('time');
  expect(await until.getAttribute('datetime')).toBe(offer.until);
  expect(await page.getByText('Se non rispondi o dici di no, questi pezzi aspettano').count()).toBe(1);

  await page.getByLabel(/Tazza verde/).check();
  await page.getByRole('button', { name: 'Prendo questo' }).click();
  await page.getByRole('button', { name: 'Prendo questo' }).waitFor({ state: 'detached' });
  const view = await shop.order(id);
  expect(view.lines.map(({ sku, quantity }: OrderView) => [sku, quantity])).toEqual([
    ['TAZZA', 0],
    ['TAZZA-3', 2],
  ]);
  // What is not bought any more is not listed.
  expect(await page.getByText('Tazza rossa').count()).toBe(0);
  expect(await page.getByText('Tazza verde').count()).toBe(1);
  await page.context().close();
});

it('tells a customer who comes too late what there is now, and takes a no', async () => {
  const { id, page: url } = await offered('PIATTO');
  const page = await onPhone(url);
  await page.getByLabel(/Tazza blu/).check();
  await shop.place({ reference: 'page-thief', lines: [{ sku: 'PIATTO-2', quantity: 2 }] });
  await page.getByRole('button', { name: 'Prendo questo' }).click();
  await page.getByRole('alert').getByText('non si può più avere').waitFor();
  expect(await page.getByLabel(/Tazza blu/).count()).toBe(0);
  await page.getByRole('button', { name: 'No, grazie' }).click();
  await page.getByRole('button', { name: 'No, grazie' }).waitFor({ state: 'detached' });
  expect((await shop.order(id)).lines[0].byState).toEqual({ backordered: 2 });
  await page.context().close();
});

it('lets a customer who waits look for something else, or do without, on a phone', async () => {
  const { id, page: url } = await offered('BROCCA');
  const [offer] = (await shop.as.support.get<OrderView>(`/v1/orders/${id}/offers`)).items;
  await shop.as.channel.post(`/v1/orders/${id}/offers/${offer.id}/refuse`, {});
  const page = await onPhone(url);
  const instead = page.getByRole('button', { name: 'Che cosa c’è al loro posto?' });
  await page.getByText('Li spediamo appena arrivano.').waitFor();
  await page.getByText('non devi fare nulla').waitFor();
  await expectFit(page);
  await expectTouchable(page);
  expect(await findFaults(page)).toEqual([]);
  await instead.click();
  await page.getByRole('heading', { name: 'Qualcos’altro al suo posto?' }).waitFor();
  expect(await instead.count()).toBe(0);
  await page.getByRole('button', { name: 'No, grazie' }).click();
  await page.getByRole('button', { name: 'Non mi servono più' }).click();
  await shop.untilOrder(id, ({ status }) => status === 'cancelled');
  await page.context().close();
});

it('says that a no cancels the pieces where the rules have them cancelled, and cancels them', async () => {
  await publish('cancel');
  const { id, page: url } = await offered('TEIERA');
  await publish('backorder');
  const page = await onPhone(url);
  await page.getByText('Se non rispondi o dici di no, questi pezzi vengono annullati').waitFor();
  expect(await page.getByText('non devi fare nulla').count()).toBe(0);
  await page.getByRole('button', { name: 'No, grazie' }).click();
  await shop.untilOrder(id, ({ status }) => status === 'cancelled');
  await page.context().close();
});

it('says why an offer ended when the order was changed, to who chooses at that moment and to who looks later', async () => {
  const { id, page: url } = await offered('CIOTOLA');
  const page = await onPhone(url);
  await page.getByLabel(/Tazza blu/).check();
  const { lines } = await shop.order(id);
  const fewer = { reason: 'one will do', lines: [{ lineId: lines[0].id, quantity: 1 }] };
  await shop.as.support.post(`/v1/orders/${id}/edits`, fewer);
  await page.getByRole('button', { name: 'Prendo questo' }).click();
  await page.getByRole('alert').getByText('perché l’ordine è stato cambiato').waitFor();
  await page.goto(url);
  await page.getByText('l’offerta al loro posto non vale più').waitFor();
  await expectFit(page);
  expect(await findFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Che cosa c’è al loro posto?' }).click();
  await page.getByRole('button', { name: 'Prendo questo' }).waitFor();
  expect(await page.getByText('l’offerta al loro posto non vale più').count()).toBe(0);
  await page.context().close();
  const desk = await site.signIn('support');
  await desk.goto(`/orders/${id}`);
  await desk.locator('#offers').getByText('it ended: the order was changed').waitFor();
  await desk.getByText('An offer ended, for its pieces').first().waitFor();
  await desk.context().close();
});

it('lets staff answer for the customer, with what they were told', async () => {
  const { id } = await offered('VASO');
  const page = await site.signIn('support');
  await page.goto(`/orders/${id}`);
  const section = page.locator('#offers');
  await section.getByText('Customer accepts…').click();
  const form = section.locator('details[open] form');
  await form.getByLabel('Instead').selectOption('VASO-3');
  await form.getByLabel('What the customer told you').fill('on the phone: the green one');
  await form.getByRole('button', { name: 'Replace the pieces' }).click();
  await page.getByText('The pieces were replaced.').waitFor();
  await section.getByText('Replaced by').waitFor();
  const { items } = await shop.as.support.get<OrderView>(`/v1/orders/${id}/offers`);
  expect(items[0]).toMatchObject({
    ...{ status: 'accepted', chosenSku: 'VASO-3', reason: 'on the phone: the green one' },
    answeredBy: expect.stringContaining('support'),
  });
  await page.context().close();
});
