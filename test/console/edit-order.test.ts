import { piecePrice, shippingPrice, type OrderView, type Shop } from '../support/shop';
import { expectFit } from './support/looks';
import { openSite, phone, type Site } from './support/site';

jest.setTimeout(180_000);

let site: Site;
let shop: Shop;

beforeAll(async () => {
  site = await openSite();
  ({ shop } = site);
  await shop.stock('MOKA', { north: 50 });
  await shop.stock('CUP', { south: 20 });
});
afterAll(() => site?.close());

/** Where the mail sends the customer. */
async function linkOf(id: string): Promise<string> {
  const row = await site.system
    .db('outbox')
    .where({ order_id: id, kind: 'mail' })
    .first<{ payload: OrderView }>('payload');
  return new URL(row!.payload.data.orderUrl).pathname;
}

/** For how long customers may change what they ordered; without a time they may not. */
const setRemorse = (remorseWithin?: string) =>
  shop.as.admin.put('/v1/channels/web', {
    ...{ type: 'webshop', name: 'Test shop' },
    ...(remorseWithin && { settings: { remorseWithin } }),
  });

const euros = (amount: number): string => `€${(amount / 100).toFixed(2)}`;

it('support sees on a phone what a change would do, and makes it', async () => {
  const { id } = await shop.place({ reference: 'BE-1', lines: [{ sku: 'MOKA', quantity: 1 }] });
  const page = await site.signIn('support', phone);
  await page.goto(`/orders/${id}`);
  await page.getByRole('link', { name: 'Change…' }).click();
  await page.getByRole('heading', { name: 'Change the order' }).waitFor();
  await expectFit(page);

  await page.getByRole('button', { name: 'See what it would do' }).click();
  await page.getByRole('alert').getByText('Change something first').waitFor();
  await page.getByLabel(/^Product MOKA/).fill('3');
  await page.getByLabel('SKU to add, 1').fill('CUP');
  await page.getByLabel('Price of each, 1').fill('10,00');
  await page.getByRole('button', { name: 'See what it would do' }).click();
  const preview = page.getByRole('region', { name: 'What it would do' });
  await preview.getByText('MOKA from 1 to 3, 1 × CUP added').waitFor();
  await preview.getByText(euros(3 * piecePrice + shippingPrice + 1000)).waitFor();
  await preview.getByText(/is asked of the/).waitFor();
  await preview.getByText('From Location south: 1 × CUP').waitFor();
  await expectFit(page);
  expect((await shop.order(id)).version).toBe(1);

  // What was typed is still there.
  expect(await page.getByLabel(/^Product MOKA/).inputValue()).toBe('3');
  await page.getByLabel('Why').fill('called us');
  await page.getByRole('button', { name: 'Change the order' }).click();
  await page.getByText('The order was changed.').waitFor();
  await page.getByText('Order changed: MOKA from 1 to 3, 1 × CUP added').waitFor();
  const after = await shop.order(id);
  expect(after).toMatchObject({ version: 2, total: { amount: 3 * piecePrice + shippingPrice + 1000 } });
  await expectFit(page);
  await page.context().close();
});

it('support sends a part of an order to somebody else, and sends the rest on another way', async () => {
  const lines = [
    { sku: 'MOKA', quantity: 2 },
    { sku: 'CUP', quantity: 3 },
  ];
  const { id } = await shop.place({ reference: 'BE-5', lines });
  const page = await site.signIn('support', phone);
  await page.goto(`/orders/${id}/edit`);
  await page.getByText('Where lines go').click();
  await page.getByLabel('Where Product CUP goes').selectOption('another place, named below');
  await page.getByLabel('Pieces of Product CUP that go there; all when empty').fill('2');
  await page.getByText('Another place', { exact: true }).click();
  await page.getByLabel('What it is called in this order').fill('aunt');
  const fields = { Name: 'Zia Pina', 'Street and number': 'Via Toledo 5', 'Postal code': '80132' };
  const added = page.locator('details', { has: page.locator('[name="place.new.id"]') }).last();
  for (const [label, text] of Object.entries({ ...fields, City: 'Napoli', 'Country, two letters': 'IT' }))
    await added.getByLabel(label, { exact: true }).fill(text);
  await added.getByLabel('Shipping method, where it is not that of the order').fill('express');
  await expectFit(page);
  await page.getByRole('button', { name: 'See what it would do' }).click();
  const preview = page.getByRole('region', { name: 'What it would do' });
  await preview.getByText('2 × CUP to aunt, aunt is a new destination').waitFor();
  await preview.getByText('From Location south to aunt: 2 × CUP').waitFor();
  expect(await page.locator('[name="place.new.address.city"]').inputValue()).toBe('Napoli');
  await page.getByRole('button', { name: 'Change the order' }).click();
  await page.getByText('The order was changed.').waitFor();
  const after = await shop.order(id);
  expect(after).toMatchObject({
    destinations: [{ id: 'aunt', shippingAddress: { city: 'Napoli' }, shipping: { method: 'express' } }],
    lines: [
      { sku: 'MOKA', quantity: 2, destination: null },
      { sku: 'CUP', quantity: 1, destination: null },
      { sku: 'CUP', quantity: 2, destination: 'aunt' },
    ],
  });

  await page.goto(`/orders/${id}/edit`);
  await page.getByText('Destination aunt').click();
  await expectFit(page);
  await page.locator('[name="place.0.address.line1"]').fill('Via Toledo 7');
  await page.getByLabel('Where Product MOKA goes').selectOption('aunt (Zia Pina, Napoli)');
  await page.getByRole('button', { name: 'Change the order' }).click();
  await page.getByText('Order changed: 2 × MOKA to aunt, another address for aunt').waitFor();
  expect(await shop.order(id)).toMatchObject({
    ...{ version: 3, destinations: [{ shippingAddress: { line1: 'Via Toledo 7' } }] },
    lines: [{ destination: 'aunt' }, { destination: null }, { destination: 'aunt' }],
  });

  await shop.as.support.post(`/v1/orders/${id}/edits`, {
    move: [after.lines[0], after.lines[2]].map(({ id: lineId }) => ({ lineId, destination: null })),
  });
  await page.goto(`/orders/${id}`);
  await page.getByRole('heading', { name: 'To places that it does not go to any more' }).waitFor();
  await expectFit(page);
  await page.context().close();
});

it('the office sends what a store ordered to another one', async () => {
  await shop.as.admin.put('/v1/channels/replenishment', { type: 'internal', name: 'Replenishment' });
  const { id } = await shop.as.support.post<{ id: string }>(
    '/v1/orders',
    {
      ...{ channel: 'replenishment', externalReference: 'BE-6', currency: 'EUR' },
      ...{ lines: [{ sku: 'MOKA', quantity: 2 }], delivery: { mode: 'ship', toLocationId: 'store' } },
    },
    { wait: 10 },
  );
  await shop.untilOrder(id, ({ status }) => status === 'confirmed');
  const page = await site.signIn('support', phone);
  await page.goto(`/orders/${id}/edit`);
  expect(await page.locator('[name="address.city"]').count()).toBe(0);
  await page.getByText('Delivery', { exact: true }).click();
  await page.getByLabel('Way').selectOption('Sent to Location south');
  await expectFit(page);
  await page.getByRole('button', { name: 'Change the order' }).click();
  await page.getByText('The order was changed.').waitFor();
  expect((await shop.order(id)).delivery).toMatchObject({ toLocationId: 'south' });
  await page.context().close();
});

it('support holds an order for two reasons and releases one by one', async () => {
  const { id } = await shop.place({ reference: 'BE-2', lines: [{ sku: 'MOKA', quantity: 1 }] });
  const page = await site.signIn('support', phone);
  await page.goto(`/orders/${id}`);
  const hold = async (kind: string, reason: string, owner: string) => {
    await page.getByText('Hold…').click();
    await page.getByLabel('Kind').selectOption(kind);
    await page.getByRole('textbox', { name: 'Reason' }).fill(reason);
    await page.getByLabel('Who is to look').fill(owner);
    await page.getByRole('button', { name: 'Hold the order' }).click();
    await page.getByText('The order is on hold.').waitFor();
    await page.goto(`/orders/${id}`);
  };
  await hold('fraud', 'odd card', 'risk desk');
  await hold('manual', 'wants another colour', 'Giulia');
  await page.goto('/exceptions');
  await page.getByRole('table', { name: 'Orders on hold' }).getByText('risk desk').waitFor();
  await page.goto(`/orders/${id}`);
  await expectFit(page);
  const first = page.getByRole('listitem').filter({ hasText: 'odd card' });
  await first.getByRole('button', { name: 'Release' }).click();
  await page.getByText('The hold was released. Others still keep the order.').waitFor();
  await page.getByRole('button', { name: 'Release', exact: true }).first().click();
  await page.getByText('The order was released and goes on.').waitFor();
  expect((await shop.order(id)).status).toBe('confirmed');
  await page.context().close();
});

it('a customer changes pieces and address, then cancels, while nobody works on the order', async () => {
  await setRemorse('PT1H');
  const lines = [{ sku: 'MOKA', quantity: 3 }];
  const { id, number } = await shop.place({ reference: 'BE-3', locale: 'en', lines });
  const page = await site.open(phone);
  const mine = await linkOf(id);
  await page.goto(mine);
  await page.getByRole('heading', { name: `Order ${number}` }).waitFor();
  await page.getByText('Change your order').click();
  await expectFit(page);
  await page.getByLabel('Pieces of Product MOKA').fill('2');
  await page.getByLabel('Street and number').fill('Via Nuova 7');
  await page.getByRole('button', { name: 'Save the changes' }).click();
  await page.getByText('Via Nuova 7').first().waitFor();
  const after = await shop.order(id);
  expect(after).toMatchObject({
    ...{ version: 2, total: { amount: 2 * piecePrice + shippingPrice } },
    shippingAddress: { line1: 'Via Nuova 7', city: 'Bologna' },
  });
  expect(after.fulfillments.every(({ releasedAt }: OrderView) => releasedAt === null)).toBe(true);

  // A price in the form is nobody's to set.
  const csrf = await page.locator('#change-form input[name=csrf]').inputValue();
  const forged = await page.request.post(`${mine}/change`, {
    form: { csrf, formKey: 'forged', fee: '0.00', method: 'standard' },
    maxRedirects: 0,
  });
  expect(forged.status()).toBe(422);
  expect((await shop.order(id)).total).toEqual(after.total);

  await page.getByRole('button', { name: 'Cancel the order' }).click();
  await shop.untilOrder(id, ({ status }) => status === 'cancelled');
  await setRemorse();
  await page.context().close();
});

it('a customer corrects the address of one of several places, and no other', async () => {
  await setRemorse('PT1H');
  const pina = {
    name: 'Zia Pina',
    line1: 'Via Toledo 5',
    postalCode: '80132',
    city: 'Napoli',
    country: 'IT',
  };
  const { id, number } = await shop.place({
    ...{ reference: 'BE-7', locale: 'en', destinations: [{ id: 'aunt', shippingAddress: pina }] },
    lines: [
      { sku: 'MOKA', quantity: 1 },
      { sku: 'CUP', quantity: 1, destination: 'aunt' },
    ],
  });
  const page = await site.open(phone);
  const mine = await linkOf(id);
  await page.goto(mine);
  await page.getByRole('heading', { name: `Order ${number}` }).waitFor();
  await page.getByText('Change your order').click();
  await expectFit(page);
  const aunt = page.getByRole('group', { name: 'Zia Pina, Napoli' });
  await aunt.getByLabel('Street and number').fill('Via Toledo 9');
  await page.getByRole('button', { name: 'Save the changes' }).click();
  await page.getByText('Via Toledo 9').first().waitFor();
  const after = await shop.order(id);
  expect(after).toMatchObject({
    ...{ version: 2, shippingAddress: { line1: 'Via Roma 12' } },
    destinations: [{ id: 'aunt', shippingAddress: { line1: 'Via Toledo 9' } }],
  });

  // Lines and ways are nobody's to send elsewhere from here.
  const csrf = await page.locator('#change-form input[name=csrf]').inputValue();
  const form = { csrf, formKey: 'forged', [`to.${after.lines[1].id}`]: 'own', 'place.0.way': 'pickup:store' };
  const forged = await page.request.post(`${mine}/change`, { form, maxRedirects: 0 });
  expect(forged.status()).toBe(422);
  expect((await shop.order(id)).version).toBe(2);
  await setRemorse();
  await page.context().close();
});

it('who is too late is told so in their language, and nothing has changed', async () => {
  await setRemorse('PT1H');
  const { id } = await shop.place({ reference: 'BE-4', locale: 'it', lines: [{ sku: 'MOKA', quantity: 3 }] });
  await setRemorse();
  const page = await site.open(phone);
  await page.goto(await linkOf(id));
  await page.getByText('Modifica il tuo ordine').click();
  await page.getByLabel('Pezzi di Product MOKA').fill('1');
  await shop.fastForward(id, 'PT2H');
  await shop.untilOrder(id, ({ fulfillments }) => fulfillments[0].releasedAt !== null);
  await page.getByRole('button', { name: 'Salva le modifiche' }).click();
  await page.getByRole('alert').getByText('Questa modifica non è possibile').waitFor();
  expect(await shop.order(id)).toMatchObject({ version: 1, remorseUntil: null });
  expect(await page.locator('#change-form').count()).toBe(0);
  await page.context().close();
});
