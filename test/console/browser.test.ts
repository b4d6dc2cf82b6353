import type { Page } from 'playwright-core';
import type { Shop } from '../support/shop';
import type { TestSystem } from '../support/system';
import { findFaults } from './support/find-faults';
import { expectFit, expectSound } from './support/looks';
import { openSite, phone, type Site } from './support/site';

jest.setTimeout(180_000);

let site: Site;
let system: TestSystem;
let shop: Shop;
let signIn: Site['signIn'];

beforeAll(async () => {
  site = await openSite();
  ({ system, shop, signIn } = site);
  await shop.stock('MOKA', { north: 50 });
  await shop.stock('CUP', { store: 20 });
  await shop.stock('SPOON', {});
});
afterAll(() => site?.close());

/** From now on it would be noticed if the page were loaded anew. */
const mark = (page: Page) => page.evaluate('window.marked = true');
const isMarked = (page: Page) => page.evaluate<boolean>('window.marked === true');
const live = (page: Page) => page.getByText('Live', { exact: true }).waitFor();

const goods = (page: Page, text: string) =>
  page.getByLabel('State', { exact: true }).getByText(text).waitFor();

it('takes an order from the list to the customer, and every open page moves along by itself', async () => {
  const support = await signIn('support');
  await live(support);
  await mark(support);
  const { id, number } = await shop.place({
    reference: 'B-1',
    name: 'Berta Browser',
    lines: [{ sku: 'MOKA', quantity: 2 }],
  });
  // The list shows the new order by itself; the search finds it while one types.
  await support.getByRole('link', { name: number }).waitFor();
  await support.getByRole('searchbox').pressSequentially('berta b');
  await support.waitForURL('**/orders?q=berta+b');
  expect(await support.getByRole('row').count()).toBe(2);
  expect(await isMarked(support)).toBe(true);

  await support.getByRole('link', { name: number }).click();
  await support.getByRole('heading', { name: `Order ${number}` }).waitFor();
  await goods(support, '2 allocated');
  await live(support);
  await mark(support);

  const picker = await signIn('warehouse', phone);
  await picker.getByRole('link', { name: 'Location north' }).click();
  const card = picker.getByRole('listitem').filter({ hasText: number });
  await card.getByRole('button', { name: 'Pick' }).click();
  await picker.getByText(`Order ${number} is yours`).waitFor();
  await goods(support, '2 picking');

  await picker.getByRole('link', { name: 'To pack' }).click();
  await card.getByRole('link', { name: 'Pack' }).click();
  // Proposed: one carton with everything, as heavy as its products and the carton.
  expect(await picker.getByLabel('Weight in grams').inputValue()).toBe('1000');
  expect(await picker.getByLabel('Product MOKA').inputValue()).toBe('2');
  await picker.getByRole('button', { name: 'Pack and get the label' }).click();
  await picker.getByText(`Order ${number} is packed`).waitFor();
  expect(picker.url()).toContain('tab=toHandOver');
  await goods(support, '2 packed');

  const label = card.getByRole('link', { name: 'Label PDF' });
  await label.waitFor();
  const file = await picker.request.get((await label.getAttribute('href'))!);
  expect(file.headers()['content-type']).toContain('application/pdf');
  expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-');
  await card.getByRole('button', { name: 'Handed over' }).click();
  await picker.getByText('was handed over to the carrier').waitFor();
  await card.waitFor({ state: 'detached' });
  await goods(support, '2 shipped');
  await support.getByText('Payment captured').waitFor();

  await shop.report(await shop.order(id), 'delivered');
  await goods(support, '2 delivered');
  await support.getByText('the return window to close').waitFor();
  expect(await isMarked(support)).toBe(true);
  await support.context().close();
  await picker.context().close();
});

it('keeps what somebody has opened and typed while the order moves on', async () => {
  const { id } = await shop.place({ reference: 'B-2', lines: [{ sku: 'MOKA', quantity: 1 }] });
  const support = await signIn('support');
  await support.goto(`/orders/${id}`);
  await live(support);
  await support.getByText('Cancel…').click();
  const reason = support.getByRole('textbox', { name: 'Reason' });
  await reason.fill('The customer called');
  await support.getByText('Round 1').click(); // closes what was open
  await support.getByText('Cancel…').click();
  const view = await shop.order(id);
  await shop.as.warehouse.post(`/v1/fulfillments/${view.fulfillments[0].id}/pick`);
  await goods(support, '1 picking');
  expect(await reason.inputValue()).toBe('The customer called');
  expect(await support.evaluate<string>('document.activeElement.name')).toBe('reason');
  expect(await support.locator('#round-1').getAttribute('open')).toBeNull();

  await support.getByRole('button', { name: 'Cancel the order' }).click();
  await support.getByText('The order was cancelled.').waitFor();
  await goods(support, '1 cancelled');
  expect(await support.getByRole('button', { name: 'Cancel', exact: true }).isDisabled()).toBe(true);
  await support.getByText('It is cancelled already').first().waitFor();
  await support.context().close();
});

it('holds and releases an order, and tells what is refused', async () => {
  const { id } = await shop.place({ reference: 'B-3', lines: [{ sku: 'MOKA', quantity: 1 }] });
  const support = await signIn('support');
  await support.goto(`/orders/${id}`);
  await support.getByText('Hold…').click();
  await support.getByRole('textbox', { name: 'Reason' }).fill('Wrong address?');
  await support.keyboard.press('Enter');
  await support.getByText('The order is on hold.').waitFor();
  await support.getByText('Wrong address?').first().waitFor();

  const picker = await signIn('warehouse');
  await picker.goto('/locations/north/fulfillments');
  await picker.getByText('On hold: leave it').waitFor();
  await support.getByRole('button', { name: 'Release' }).click();
  await support.getByText('The order was released').waitFor();
  await picker.getByText('On hold: leave it').waitFor({ state: 'detached' });
  await picker.getByRole('button', { name: 'Pick' }).first().waitFor();
  await picker.context().close();
  await support.context().close();
});

it('says once what two parts of an order wait for, and tells them apart', async () => {
  const aunt = {
    name: 'Zia Pina',
    line1: 'Via Toledo 210',
    postalCode: '80134',
    city: 'Napoli',
    country: 'IT',
  };
  const { id } = await shop.place({
    reference: 'B-two-parts',
    lines: [
      { sku: 'MOKA', quantity: 1 },
      { sku: 'MOKA', quantity: 2, destination: 'aunt' },
    ],
    destinations: [{ id: 'aunt', shippingAddress: aunt }],
  });
  const isWork = ({ what }: { what: string }) => what === 'Location north to pick and pack';
  const view = await shop.untilOrder(id, ({ waitingFor }) => waitingFor.filter(isWork).length === 2);
  const ids = view.fulfillments.map((part: { id: string }) => part.id);
  expect(view.waitingFor.map((wait: { fulfillmentId: string }) => wait.fulfillmentId).sort()).toEqual(
    ids.sort(),
  );
  const support = await signIn('support', phone);
  await support.goto(`/orders/${id}`);
  const waits = support.getByRole('region', { name: 'Waiting for' });
  expect(await waits.getByText('Location north to pick and pack').count()).toBe(1);
  await waits.getByRole('link', { name: '1 × Product MOKA for Anna Bianchi' }).waitFor();
  const gift = waits.getByRole('link', { name: '2 × Product MOKA for Zia Pina' });
  const work = view.fulfillments.find(({ destination }: { destination: string }) => destination === 'aunt');
  expect(await gift.getAttribute('href')).toBe(`#part-${work.id}`);
  await expectFit(support);
  await support.context().close();
});

it('hands out what is collected, against the code', async () => {
  const { id, number } = await shop.place({
    reference: 'B-4',
    mode: 'pickup',
    locationId: 'store',
    lines: [{ sku: 'CUP', quantity: 1 }],
  });
  const clerk = await signIn('warehouse', phone);
  await clerk.goto('/locations/store/fulfillments');
  const card = clerk.getByRole('listitem').filter({ hasText: number });
  await card.getByRole('button', { name: 'Ready to collect' }).click();
  await clerk.getByText('is ready: the customer gets the code').waitFor();
  await clerk.getByRole('link', { name: 'To collect' }).click();
  await card.getByLabel('Code').fill('WRONG1');
  await card.getByRole('button', { name: 'Hand out' }).click();
  await clerk.locator('#notice .bad').waitFor();
  const { pickupCode } = (await shop.order(id)).fulfillments[0];
  await card.getByLabel('Code').fill(pickupCode.toLowerCase());
  await card.getByRole('button', { name: 'Hand out' }).click();
  await clerk.getByText(`Order ${number} was collected.`).waitFor();
  await clerk.context().close();
});

it('packs into several packages', async () => {
  const { number } = await shop.place({ reference: 'B-5', lines: [{ sku: 'MOKA', quantity: 3 }] });
  const packer = await signIn('warehouse');
  await packer.goto('/locations/north/fulfillments');
  const card = packer.getByRole('listitem').filter({ hasText: number });
  await card.getByRole('link', { name: 'Pack' }).click();
  await packer.getByRole('link', { name: 'Add a package' }).click();
  const [first, second] = [packer.getByRole('group').nth(0), packer.getByRole('group').nth(1)];
  await first.getByLabel('Product MOKA').fill('1');
  await packer.getByRole('button', { name: 'Pack and get the label' }).click();
  // Two pieces are in no package yet: nothing happens, and what was typed stays.
  await packer.locator('#notice .bad').waitFor();
  expect(await first.getByLabel('Product MOKA').inputValue()).toBe('1');
  await second.getByLabel('Product MOKA').fill('2');
  await second.getByLabel('Weight in grams').fill('950');
  await packer.getByRole('button', { name: 'Pack and get the label' }).click();
  await packer.getByText(`Order ${number} is packed`).waitFor();
  await card.getByText('carton 2').waitFor();
  await packer.context().close();
});

it('lets a customer follow their order and send something back', async () => {
  const { id, number } = await shop.place({
    reference: 'B-6',
    locale: 'en',
    lines: [{ sku: 'MOKA', quantity: 2 }],
  });
  const view = await shop.order(id);
  await shop.pack(view, view.fulfillments[0].id);
  await shop.untilOrder(id, (order) => order.fulfillments[0].packages[0]?.trackingNumber);
  await shop.as.warehouse.post(`/v1/fulfillments/${view.fulfillments[0].id}/ship`);
  await shop.report(await shop.order(id), 'delivered');

  const staff = await signIn('support');
  await staff.goto(`/orders/${id}`);
  const link = (await staff.getByRole('link', { name: "The customer's own page" }).getAttribute('href'))!;
  const customer = await site.open(phone);
  await customer.goto(link);
  await customer.getByRole('heading', { name: `Order ${number}` }).waitFor();
  await customer.getByText('Your order has arrived').waitFor();
  expect(await findFaults(customer)).toEqual([]);
  await customer.getByRole('heading', { name: 'Send something back' }).click();
  await customer.getByRole('spinbutton').fill('1');
  await customer.getByRole('button', { name: 'Start the return' }).click();
  await customer.getByText('Waiting for your parcel').waitFor();
  await customer
    .getByRole('link', { name: 'Print the return label' })
    .or(customer.getByText('Returns'))
    .first()
    .waitFor();
  await customer.context().close();

  // The warehouse takes it in; the refund follows by itself.
  const clerk = await signIn('warehouse', phone);
  await clerk.goto('/locations/north/fulfillments?tab=toTakeIn');
  const card = clerk.getByRole('listitem').filter({ hasText: number });
  await card.getByRole('button', { name: 'The goods are here' }).click();
  await card.getByLabel('Product MOKA').selectOption('Unsellable, refund all the same');
  await card.getByRole('button', { name: 'Record the inspection' }).click();
  await clerk.getByText('The inspection was recorded').waitFor();
  await staff.getByText(/^Refunded €/).waitFor();
  await staff.getByText('1 unsellable').waitFor();
  await goods(staff, '1 returned');
  await clerk.context().close();
  await staff.context().close();

  // What came is not sent again.
  const informed = await site.open(phone);
  await informed.goto(link);
  await informed.locator('#returns').getByText('Refunded').waitFor();
  expect(await informed.getByRole('link', { name: 'Print the return label' }).count()).toBe(0);
  await informed.context().close();
});

it('sends stock to another location and takes it in, on a phone', async () => {
  const { id } = await shop.as.warehouse.post<{ id: string }>('/v1/transfers', {
    fromLocationId: 'north',
    toLocationId: 'store',
    lines: [{ sku: 'MOKA', quantity: 6 }],
  });
  const clerk = await signIn('warehouse', phone);
  await clerk.getByRole('link', { name: 'Stock' }).click();
  await clerk.getByRole('link', { name: 'Transfers' }).click();
  await clerk.locator(`#transfer-${id}`).getByRole('link').click();
  await clerk.getByRole('button', { name: 'The pieces have left' }).click();
  await clerk.getByText('The pieces are on their way').waitFor();
  await clerk.getByLabel('Arrived, of 6').fill('4');
  await clerk.getByLabel('Damaged of these').fill('1');
  await clerk.getByRole('button', { name: 'Take it in' }).click();
  await clerk.getByText('The rest is still under way').waitFor();
  await clerk.getByLabel('Arrived, of 2').fill('0');
  await clerk.getByLabel('Nothing more will come').fill('never loaded');
  await clerk.getByRole('button', { name: 'Take it in' }).click();
  await clerk.getByText('The transfer is complete').waitFor();
  await clerk.getByText('never loaded').waitFor();
  await clerk.context().close();
  const level = await system.db('stock').where({ sku: 'MOKA', location_id: 'store' }).first();
  expect(level).toMatchObject({ on_hand: 4, unsellable: 1, incoming: 0 });
});

it('receives a purchase order in parts, on a phone', async () => {
  await shop.as.admin.put('/v1/suppliers/mill', { name: 'Weaving mill', currency: 'EUR', leadTimeDays: 3 });
  const { id, number } = await shop.as.admin.post<{ id: string; number: string }>('/v1/purchase-orders', {
    supplierId: 'mill',
    locationId: 'store',
    lines: [{ sku: 'SPOON', quantity: 9 }],
  });
  await shop.as.admin.post(`/v1/purchase-orders/${id}/send`);
  const clerk = await signIn('warehouse', phone);
  await clerk.getByRole('link', { name: 'Purchasing' }).click();
  await clerk.getByRole('link', { name: number }).click();
  // All of it is proposed to have come.
  expect(await clerk.getByLabel('Arrived, of 9').inputValue()).toBe('9');
  await clerk.getByLabel('Arrived, of 9').fill('7');
  await clerk.getByLabel('Damaged of these').fill('2');
  await clerk.getByLabel('Delivery note').fill('DN-1');
  await clerk.getByRole('button', { name: 'Take it in' }).click();
  await clerk.getByText('2 pieces are still to come').waitFor();
  await clerk.getByText('7 × SPOON, 2 damaged · DN-1').waitFor();
  await clerk.getByRole('button', { name: 'Take it in' }).click();
  await clerk.getByText('All of it is here').waitFor();
  await clerk.context().close();
  const level = await system.db('stock').where({ sku: 'SPOON', location_id: 'store' }).first();
  expect(level).toMatchObject({ on_hand: 9, unsellable: 2, incoming: 0 });
});

it('answers what is to be bought for an order: ordered, and refused, on a phone', async () => {
  await shop.as.admin.put('/v1/suppliers/kiln', { name: 'Kiln', currency: 'EUR', leadTimeDays: 3 });
  await shop.stock('VASE', {});
  await shop.as.admin.put('/v1/suppliers/kiln/items/VASE', { packSize: 4 });
  const rules = (then: string) => ({
    ...{ name: 'vases', currency: 'EUR' },
    scenarios: [
      {
        ...{ code: 'all', when: { all: [] }, decides: 'software', filters: [], scores: {} },
        ...{ allocation: { split: 'allow' }, onShortage: { then } },
      },
    ],
  });
  const publish = async (then: string) => {
    await shop.as.admin.put('/v1/rules/draft', rules(then));
    await shop.as.admin.post('/v1/rules/publish', { note: then });
  };
  await publish('purchaseRequest');
  const place = (reference: string) =>
    shop.place({ reference, lines: [{ sku: 'VASE', quantity: 3 }], name: 'Vera Vaso' });
  const first = await place('vase-1');
  const second = await place('vase-2');
  await shop.untilEvent(second.id, 'purchaseRequested');
  await publish('backorder');

  const office = await signIn('admin', phone);
  await office.getByRole('link', { name: 'Purchasing' }).click();
  await office.getByRole('link', { name: 'Requests' }).click();
  const row = (number: string) => office.locator('tr', { hasText: number });
  await row(first.number).getByText('Order…').click();
  const why = office.getByRole('textbox', { name: 'Why it is ordered anyway' });
  expect(await why.count()).toBe(0);
  await row(first.number).getByLabel('Deliver to').selectOption('Location north');
  await row(first.number).getByLabel('Pieces').fill('3');
  await row(first.number).getByRole('button', { name: 'Write a draft' }).click();
  // Asked where it matters, of that request alone; what was chosen stays.
  await row(first.number).locator(why).waitFor();
  expect(await why.count()).toBe(1);
  // What happens to orders meanwhile does not take it away again.
  expect(await office.locator('[data-live]').count()).toBe(0);
  expect(await row(first.number).getByLabel('Deliver to').inputValue()).toBe('north');
  await row(first.number).getByLabel('Pieces').fill('4');
  await row(first.number).getByRole('button', { name: 'Write a draft' }).click();
  await office.getByText('look at it and send it').waitFor();
  await office.goto('/purchase-requests');
  expect(await row(first.number).count()).toBe(0);
  await row(second.number).getByText('Refuse…').click();
  await row(second.number).getByLabel('Why').fill('out of clay');
  await row(second.number).getByRole('button', { name: 'Give the pieces up' }).click();
  await office.getByText('the customer is told').waitFor();
  await office.getByLabel('Status').selectOption('All');
  await row(first.number).getByRole('link', { name: /^PO-/ }).waitFor();
  await row(second.number).getByText('out of clay').waitFor();
  expect(await findFaults(office)).toEqual([]);
  await office.context().close();
  await shop.untilOrder(second.id, ({ status }) => status === 'cancelled');
  const drafts = await system
    .db('purchase_order_lines as l')
    .join('purchase_orders as o', 'o.id', 'l.purchase_order_id')
    .where('l.sku', 'VASE');
  expect(drafts).toMatchObject([{ quantity: 4, location_id: 'north' }]);
});

it('is accessible on every page, light and dark, and fits a phone', async () => {
  const { items } = await shop.as.support.get<{ items: { id: string; status: string }[] }>('/v1/orders');
  const orders = [...new Map(items.map((order) => [order.status, order])).values()];
  const waiting = await shop.as.warehouse.get<{ items: { id: string }[] }>('/v1/fulfillments', {
    status: 'allocated',
  });
  const parcel = (await shop.order(items.at(-1)!.id)).fulfillments[0].packages[0].trackingNumber;
  const transfer = await shop.as.warehouse.post<{ id: string }>('/v1/transfers', {
    fromLocationId: 'store',
    toLocationId: 'north',
    lines: [{ sku: 'CUP', quantity: 2 }],
  });
  await shop.as.warehouse.post(`/v1/transfers/${transfer.id}/ship`);
  const supplierId = 'paper-mill';
  await shop.as.admin.put(`/v1/suppliers/${supplierId}`, {
    name: 'Paper mill',
    currency: 'EUR',
    leadTimeDays: 3,
  });
  await shop.as.admin.put('/v1/reorder-points/store/CUP', {
    mode: 'propose',
    point: 90,
    target: 99,
    supplierId,
  });
  const lines = [{ sku: 'CUP', quantity: 3, unitCost: { amount: 120, currency: 'EUR' } }];
  const bought = await shop.as.admin.post<{ id: string }>('/v1/purchase-orders', {
    ...{ supplierId, locationId: 'store', lines },
  });
  await shop.as.admin.post(`/v1/purchase-orders/${bought.id}/send`);
  const query = new URLSearchParams({
    locationId: 'store',
    mode: 'delta',
    takenAt: new Date().toISOString(),
  });
  const fed = await fetch(`${system.apiUrl}/v1/stock/feeds?${query.toString()}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${system.keys.warehouse}`, 'Content-Type': 'text/csv' },
    body: 'sku,quantity\nCUP,0\nnobody,1\n',
  });
  const { feed } = (await fed.json()) as { feed: { id: string } };
  const paths = [
    '/orders',
    '/orders?q=nobody',
    ...orders.map(({ id }) => `/orders/${id}`),
    `/orders/${orders[0]!.id}/edit`,
    '/locations',
    '/locations/north/fulfillments?tab=toPick',
    '/locations/north/fulfillments?tab=toHandOver',
    '/locations/store/fulfillments?tab=toCollect',
    '/locations/north/fulfillments?tab=toTakeIn',
    `/fulfillments/${waiting.items[0]!.id}/pack?packages=2`,
    '/stock',
    '/stock/movements',
    '/transfers',
    `/transfers/${transfer.id}`,
    '/stock/low',
    '/stock/feeds',
    `/stock/feeds/${feed.id}`,
    '/purchase-orders',
    '/purchase-requests?status=all',
    `/purchase-orders/${bought.id}`,
    '/exceptions',
    `/track/${parcel}`,
    '/nothing-here',
  ];
  const page = await signIn('admin');
  for (const path of [...paths, '/login']) await expectSound(page, path);
  await page.context().close();
});
