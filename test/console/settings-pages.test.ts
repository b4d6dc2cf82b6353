import type { Locator, Page } from 'playwright-core';
import type { Shop } from '../support/shop';
import { expectFit, expectSound } from './support/looks';
import { openSite, phone, type Site } from './support/site';

jest.setTimeout(300_000);

let site: Site;
let shop: Shop;
const eur = (amount: number) => ({ amount, currency: 'EUR' });

beforeAll(async () => {
  site = await openSite();
  ({ shop } = site);
  const { admin } = shop.as;
  await shop.stock('KILIM', { north: 40, south: 3 });
  await admin.put('/v1/suppliers/weavers', { name: 'Weavers', currency: 'EUR', leadTimeDays: 4 });
  await admin.put('/v1/suppliers/weavers/items/KILIM', { cost: eur(3000), packSize: 5 });
});
afterAll(() => site?.close());

/** A menu of the page itself, opened by its button; its form. */
async function opened(page: Page, name: string | RegExp): Promise<Locator> {
  await page.locator('summary').filter({ hasText: name }).click();
  return page.locator('details.act[open] form').first();
}
const notice = (page: Page, text: string) => page.locator('#notice').getByText(text).waitFor();
const read = <T>(path: string) => shop.as.admin.get<T>(path);

it('adds a location, and says what it can do, when and how much; what is wrong is told beside its field', async () => {
  const page = await site.signIn('admin', phone);
  await page.getByRole('link', { name: 'Locations', exact: true }).click();
  await page.getByRole('link', { name: 'Set-up' }).click();
  const form = await opened(page, 'New location');
  await form.getByLabel('Id').fill('north');
  await form.getByLabel('Name').fill('Another');
  await form.getByLabel('Street').fill('Via Po 9');
  await form.getByLabel('Postal code').fill('10123');
  await form.getByLabel('City').fill('Torino');
  await form.getByLabel('Country').fill('xx');
  await form.getByRole('button', { name: 'Add the location' }).click();
  await notice(page, '"north" is there already');
  await form.getByLabel('Id').fill('torino');
  await form.getByLabel('Type').selectOption('store');
  await form.getByRole('button', { name: 'Add the location' }).click();
  await form.getByText('Must be a country').waitFor();
  expect(await form.getByLabel('City').inputValue()).toBe('Torino');
  await form.getByLabel('Country').fill('it');
  await form.getByRole('button', { name: 'Add the location' }).click();
  await notice(page, 'does nothing yet');
  await expectFit(page);

  await page.getByRole('heading', { name: 'Change it' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Torino Po');
  await page.getByLabel('pickup', { exact: true }).check();
  await page.getByLabel('returns', { exact: true }).check();
  await page.getByLabel('Pickup of what it lacks').selectOption('send');
  await page.getByLabel('Fulfillments a day').fill('25');
  await page.getByLabel('Acts within, in hours').fill('1,5');
  await page.getByLabel('Picking a piece costs').fill('0.35');
  await page.getByRole('textbox', { name: 'Its currency' }).fill('euro'.slice(0, 2));
  await page.getByLabel('Tags').fill('centre, small');
  await page.getByLabel('Latitude').fill('45,0677');
  await page.getByLabel('Longitude').fill('700');
  await page.getByLabel('It works by a calendar').check();
  await page.getByLabel('Monday from').fill('09:00');
  await page.getByLabel('Monday to').fill('08:00');
  await page.getByLabel('Holidays').fill('2030-12-25\nChristmas');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const told = page.locator('#location-form .wrong');
  await told.first().waitFor();
  expect(await told.allTextContents()).toEqual([
    expect.stringContaining('180'),
    expect.stringContaining('three capital letters'),
    'Must be after opening',
    'Must be a day such as 2025-03-01',
  ]);
  expect(await page.getByLabel('Monday to').getAttribute('aria-invalid')).toBe('true');
  await expectFit(page);
  await page.getByRole('textbox', { name: 'Its currency' }).fill('EUR');
  await page.getByLabel('Longitude').fill('7.6925');
  await page.getByLabel('Monday to').fill('19:30');
  await page.getByLabel('Monday, orders until').fill('16:00');
  await page.getByLabel('Holidays').fill('2030-12-25');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await notice(page, 'Torino Po is as you wrote it');
  await page.getByText('orders until 16:00', { exact: true }).waitFor();
  await expectFit(page);
  expect(await read('/v1/locations/torino')).toEqual({
    ...{ id: 'torino', type: 'store', name: 'Torino Po', capabilities: ['pickup', 'returns'] },
    address: {
      ...{ name: 'Torino Po', line1: 'Via Po 9', postalCode: '10123', city: 'Torino', country: 'IT' },
      point: { lat: 45.0677, lng: 7.6925 },
    },
    ...{ priority: 100, actWithin: 'PT1H30M', tags: ['centre', 'small'], capacityPerDay: 25 },
    ...{ pickCost: eur(35), hazardAllowed: false, assortment: 'all', pickupWhenShort: 'send' },
    calendar: {
      timeZone: 'Europe/Rome',
      weekdays: { mon: { open: '09:00', close: '19:30', cutOff: '16:00' } },
      holidays: ['2030-12-25'],
    },
  });
  await page.context().close();
});

it('changes nothing of a location that is not asked for, and not what somebody else changed meanwhile', async () => {
  const before = await read<{ name: string }>('/v1/locations/torino');
  const [first, second] = [await site.signIn('admin'), await site.signIn('admin')];
  for (const page of [first, second]) {
    await page.goto('/set-up/locations/torino');
    await page.getByRole('heading', { name: 'Change it' }).click();
  }
  await first.getByLabel('Fulfillments a day').fill('30');
  await first.getByRole('button', { name: 'Save', exact: true }).click();
  await notice(first, 'is as you wrote it');
  expect(await read('/v1/locations/torino')).toEqual({ ...before, capacityPerDay: 30 });
  await second.getByLabel('Priority').fill('5');
  await second.getByRole('button', { name: 'Save', exact: true }).click();
  await second.getByText('Somebody else changed it meanwhile: capacity per day is 30 now').waitFor();
  expect(await read('/v1/locations/torino')).toEqual({ ...before, capacityPerDay: 30 });
  await second.getByRole('link', { name: 'Begin anew' }).click();
  await second.getByRole('heading', { name: 'Change it' }).click();
  expect(await second.getByLabel('Fulfillments a day').inputValue()).toBe('30');
  for (const page of [first, second]) await page.context().close();

  const staff = await site.signIn('warehouse');
  await staff.goto('/set-up/locations/torino');
  await staff.getByText('others send it here').waitFor();
  expect(await staff.getByRole('heading', { name: 'Change it' }).count()).toBe(0);
  await staff.context().close();
});

it('sets a reorder point by hand, shows what it leads to, and computes it with the figures of the formula', async () => {
  const page = await site.signIn('admin', phone);
  await page.goto('/reorder-points');
  const form = await opened(page, 'New reorder point');
  await form.getByLabel('SKU').fill('KILIM');
  await form.getByLabel('Location').selectOption('Location south');
  await form.getByLabel('Point, if set by hand').fill('8');
  await form.getByLabel('Fill up to').fill('5');
  await form.getByRole('button', { name: 'Set it' }).click();
  await form.getByText('Must be above the point').waitFor();
  await form.getByLabel('Fill up to').fill('20');
  await form.getByRole('button', { name: 'Set it' }).click();
  await notice(page, 'At 8 or fewer it is filled up to 20');
  await page.getByText('Set by hand. Computed').waitFor();
  await expectFit(page);
  // The relay looks at it by itself.
  const proposed = page.locator('#proposals').getByRole('link', { name: /^PO-/ });
  for (const end = Date.now() + 20_000; (await proposed.count()) === 0 && Date.now() < end;)
    await page.reload();
  await proposed.waitFor();
  await expectFit(page);

  await page.getByRole('heading', { name: 'Change it' }).click();
  await page.getByLabel('Compute point and target').check();
  await page.getByLabel('If computed').selectOption('98');
  await page.getByLabel('An order lasts for days').fill('21');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('d·L + z·σ·√L').waitFor();
  await page.getByText('98 %: z = 2.054').waitFor();
  expect(await read('/v1/reorder-points?sku=KILIM')).toMatchObject({
    items: [{ computed: true, serviceLevel: 98, coverDays: 21, basis: { leadTimeDays: 4 } }],
  });
  await expectFit(page);
  await page.getByRole('link', { name: 'Reorder points' }).first().click();
  await page.getByRole('search').getByLabel('Location').selectOption('Location north');
  await page.getByRole('heading', { name: 'No reorder point matches' }).waitFor();
  await page.context().close();
});

it('keeps pieces back by channel, location, category and SKU, changes it and ends it', async () => {
  const page = await site.signIn('admin', phone);
  await page.goto('/stock/buffers');
  let form = await opened(page, 'New buffer');
  await form.getByLabel('SKU').fill('KILIM');
  await form.getByLabel('or category').fill('Rugs');
  await form.getByLabel('Pieces').fill('3');
  await form.getByRole('button', { name: 'Keep them back' }).click();
  await form.getByText('Name a SKU or a category, not both').waitFor();
  await form.getByLabel('or category').fill('');
  await form.getByLabel('Location').selectOption('Location north');
  await form.getByLabel('Channel').selectOption('Test shop');
  await form.getByRole('button', { name: 'Keep them back' }).click();
  await notice(page, '3 pieces are kept back from now on');
  await expectFit(page);
  form = await opened(page, 'New buffer');
  await form.getByLabel('Pieces').fill('1');
  await form.getByRole('button', { name: 'Keep them back' }).click();
  await page.getByRole('row').filter({ hasText: 'All goods' }).waitFor();

  const row = page.getByRole('row').filter({ hasText: 'KILIM' });
  await row.locator('summary').click();
  await row.getByLabel('Pieces').fill('4');
  await row.getByRole('button', { name: 'Save' }).click();
  await notice(page, '4 pieces are kept back from now on');
  expect(await read('/v1/buffers')).toMatchObject({
    items: [
      { id: 'all-goods', pieces: 1 },
      { id: 'kilim-north-web', sku: 'KILIM', locationId: 'north', channel: 'web', pieces: 4 },
    ],
  });
  await row.locator('summary').click();
  await row.getByRole('button', { name: 'Keep nothing back by it' }).click();
  await row.waitFor({ state: 'detached' });
  expect(await read<{ items: object[] }>('/v1/buffers')).toMatchObject({ items: [{ id: 'all-goods' }] });
  await page.context().close();
});

it('keeps safety stock at a location, and refuses who saw another figure', async () => {
  const page = await site.signIn('admin', phone);
  await page.goto('/stock/safety');
  const form = await opened(page, 'Keep back');
  await form.getByLabel('SKU').fill('NOPE');
  await form.getByLabel('Location').selectOption('Location north');
  await form.getByLabel('Pieces').fill('2');
  await form.getByRole('button', { name: 'Keep them back' }).click();
  await form.getByText('No product has the SKU "NOPE"').waitFor();
  await form.getByLabel('SKU').fill('KILIM');
  await form.getByRole('button', { name: 'Keep them back' }).click();
  await notice(page, '2 pieces of KILIM are never sold from there');
  const safety = async () => (await read<{ items: object[] }>('/v1/stock?sku=KILIM&locationId=north')).items;
  expect(await safety()).toMatchObject([{ safetyStock: 2, available: 38 }]);
  await expectFit(page);

  const row = page.locator('#safety-KILIM-north');
  await row.locator('summary').click();
  await row.getByLabel('Pieces').fill('-1');
  await row.locator('form').evaluate((element) => element.setAttribute('novalidate', ''));
  await row.getByRole('button', { name: 'Save' }).click();
  await row.locator('.wrong').waitFor();
  await shop.as.admin.put('/v1/stock/safety', {
    items: [{ sku: 'KILIM', locationId: 'north', safetyStock: 7 }],
  });
  await row.getByLabel('Pieces').fill('3');
  await row.getByRole('button', { name: 'Save' }).click();
  await notice(page, 'Somebody else changed it meanwhile: 7 are kept back by now');
  expect(await safety()).toMatchObject([{ safetyStock: 7 }]);
  expect(await row.getByLabel('Pieces').inputValue()).toBe('3');
  await row.getByRole('button', { name: 'Save' }).click();
  await notice(page, '3 pieces of KILIM are never sold from there');
  expect(await safety()).toMatchObject([{ safetyStock: 3, available: 37 }]);

  await page.getByLabel('Also where nothing is kept back').check();
  await page.locator('#safety-KILIM-south').waitFor();
  await row.locator('summary').click();
  await row.getByLabel('Pieces').fill('0');
  await row.getByRole('button', { name: 'Save' }).click();
  await notice(page, 'Nothing of KILIM is kept back there any more');
  // Whoever changed a row stays where they were.
  expect(page.url()).toMatch(/\/stock\/safety\?all=yes$/);
  await page.locator('#safety-KILIM-south').waitFor();
  await page.goto('/stock/safety');
  await page.getByRole('heading', { name: 'Nothing is kept back' }).waitFor();
  await page.context().close();

  const staff = await site.signIn('warehouse');
  await staff.goto('/stock/safety?all=yes');
  await staff.locator('#safety-KILIM-north').waitFor();
  expect(await staff.getByText('Change…').count()).toBe(0);
  await staff.context().close();
});

it('writes a tariff zone by zone, and tells what is wrong beside the rate and the place', async () => {
  const page = await site.signIn('admin', phone);
  await page.goto('/tariffs');
  await page.getByRole('heading', { name: 'New tariff' }).click();
  const create = page.locator('#new-tariff form');
  await create.getByLabel('Id').fill('standard-2027');
  await create.getByRole('textbox', { name: 'Carrier', exact: true }).fill('nobody');
  await create.getByLabel('Service, as').fill('standard');
  await create.getByLabel('Holds from').fill('2026-01-01');
  await create.getByLabel('Zone', { exact: true }).fill('domestic');
  await create.getByLabel('Working days, at least').fill('1');
  await create.getByLabel('At most').fill('2');
  await create.getByLabel('From, a line each').fill('IT');
  await create.getByLabel('To, a line each').fill('IT 38-39\nit');
  await create.getByLabel('Rate 1, up to kilograms').fill('2');
  await create.getByLabel('Rate 1, price').fill('4,90');
  await create.getByLabel('Rate 2, up to kilograms').fill('1');
  await create.getByLabel('Rate 2, price').fill('6.90');
  await create.getByLabel('Rate 2, and per kilogram').fill('0.20');
  await create.getByRole('button', { name: 'Add the tariff' }).click();
  await create.getByText('There is no carrier "nobody"').waitFor();
  await create.getByText('Rates go from light to heavy').waitFor();
  await expectFit(page);
  await create.getByRole('textbox', { name: 'Carrier', exact: true }).fill('sandbox');
  await create.getByLabel('Rate 2, up to kilograms').fill('31.5');
  await create.getByRole('button', { name: 'Add the tariff' }).click();
  await notice(page, 'The tariff is there');
  await expectFit(page);

  await page.getByRole('link', { name: 'Add a zone' }).click();
  await page.getByLabel('Zone', { exact: true }).fill('islands');
  await page.getByLabel('Working days, at least').fill('3');
  await page.getByLabel('From, a line each').fill('north\nIT 8');
  await page.getByLabel('To, a line each').fill('IT 07-9');
  await page.getByLabel('Rate 1, price').fill('12.5.0');
  await page.getByRole('button', { name: 'Save the zone' }).click();
  await page.getByText('Write an amount such as 12.30').first().waitFor();
  await page.getByLabel('Rate 1, price').fill('12.50');
  await page.getByRole('button', { name: 'Save the zone' }).click();
  await page.locator('#zone-form').getByText('Must have as many characters as "from"').waitFor();
  await expectFit(page);
  await page.getByLabel('To, a line each').fill('IT 07-09');
  await page.getByRole('button', { name: 'Save the zone' }).click();
  await notice(page, 'The zone islands is as you wrote it');

  await page.getByRole('link', { name: 'domestic' }).click();
  expect(await page.getByLabel('To, a line each').inputValue()).toBe('IT 38-39\nIT');
  await page.getByLabel('Rate 2, price').fill('7');
  await page.getByRole('button', { name: 'Save the zone' }).click();
  await page.getByText('€7.00').waitFor();
  await page.getByRole('heading', { name: 'Change service and days' }).click();
  await page.getByLabel('For orders with').fill('standard, economy');
  await page.getByLabel('Its last day').fill('2025-12-31');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Ends before it begins').first().waitFor();
  await page.getByLabel('Its last day').fill('2027-12-31');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await notice(page, 'The tariff is as you wrote it');
  expect(await read('/v1/tariffs/standard-2027')).toMatchObject({
    ...{ carrier: 'sandbox', service: 'standard', methods: ['standard', 'economy'], currency: 'EUR' },
    ...{ validFrom: '2026-01-01', validUntil: '2027-12-31' },
    zones: [
      {
        code: 'domestic',
        from: [{ country: 'IT' }],
        to: [{ country: 'IT', postalCodes: { from: '38', to: '39' } }, { country: 'IT' }],
        rates: [
          { upToGrams: 2000, base: 490, perKg: 0 },
          { upToGrams: 31_500, base: 700, perKg: 20 },
        ],
        transitDays: { min: 1, max: 2 },
      },
      {
        code: 'islands',
        from: [{ locationId: 'north' }, { country: 'IT', postalCodes: { from: '8', to: '8' } }],
        to: [{ country: 'IT', postalCodes: { from: '07', to: '09' } }],
        rates: [{ base: 1250, perKg: 0 }],
        transitDays: { min: 3, max: 3 },
      },
    ],
  });
  await page.getByRole('link', { name: 'islands' }).click();
  await (await opened(page, 'Remove')).getByRole('button', { name: 'Remove the zone' }).click();
  await notice(page, 'The zone islands is gone');
  await page.context().close();
});

it('takes a tariff out as a file, and in again, and tells each cell that is wrong', async () => {
  const page = await site.signIn('admin');
  const send = async (form: Locator, text: string, button: string) => {
    const buffer = Buffer.from(text);
    await form.getByLabel('File').setInputFiles({ name: 'tariff.csv', mimeType: 'text/csv', buffer });
    await form.getByRole('button', { name: button }).click();
  };
  await page.goto('/tariffs');
  const template = await (await page.request.get('/tariffs/file/template.csv')).text();
  let form = await opened(page, 'From a file');
  expect(await form.getByRole('link', { name: 'template' }).getAttribute('href')).toBe(
    '/tariffs/file/template.csv',
  );
  await form.getByLabel('Id').fill('standard-2028');
  const wrong = template.replace('2027-01-01', '2028-01-01').replace('6.90', 'six');
  await send(form, wrong.replace('12.90', '-1'), 'Add the tariff');
  form = page.locator('#new-from-file form');
  expect(await form.locator('li').allTextContents()).toEqual([
    'Row 3, column price: Write an amount such as 12.30, not "six"',
    'Row 4, column price: "-1" is below nothing: write 0 or more',
  ]);
  expect(await form.getByLabel('Id').inputValue()).toBe('standard-2028');
  await expectFit(page);
  await send(form, wrong.replace('six', '6.95'), 'Add the tariff');
  await page.getByText('€6.95').waitFor();

  const file = await (await page.request.get('/tariffs/standard-2028/file.csv')).text();
  expect(file).toContain(',30,6.95,0.20\r\n');
  form = await opened(page, 'From a file');
  await send(form, file.replace('islands', 'domestic'), 'Replace the tariff');
  await page
    .locator('#tariff-file')
    .getByText(/Row 4, column to: Says "IT 07-09"/)
    .waitFor();
  await expectFit(page);
  await shop.as.admin.put('/v1/tariffs/standard-2028', {
    ...(await read<Record<string, object>>('/v1/tariffs/standard-2028')),
    ...{ id: undefined, updatedAt: undefined, updatedBy: undefined, methods: ['standard'] },
  });
  form = page.locator('#tariff-file form');
  await send(form, file, 'Replace the tariff');
  await page.getByText('Somebody else changed the tariff "standard-2028" meanwhile: methods').waitFor();
  await page.goto('/tariffs/standard-2028');
  await send(await opened(page, 'From a file'), file.replace('6.95', '7.05'), 'Replace the tariff');
  await page.getByText('€7.05').waitFor();
  expect(await read('/v1/tariffs/standard-2028')).toMatchObject({ methods: ['standard', 'economy'] });
  await page.context().close();
});

it('refuses who was slower, and says what has changed: suppliers, what they sell, accounts, prices, buffers', async () => {
  const { admin } = shop.as;
  const account = { name: 'Galli', channel: 'web', creditLimit: eur(10_000) };
  await admin.put('/v1/accounts/galli', account);
  await admin.put('/v1/price-lists/slow', {
    ...{ name: 'Slow', currency: 'EUR', prices: [{ sku: 'KILIM', price: eur(500) }] },
  });
  await admin.put('/v1/buffers/slow', { sku: 'KILIM', locationId: 'south', pieces: 1 });
  const page = await site.signIn('admin');

  await page.goto('/suppliers/weavers');
  await page.getByRole('heading', { name: 'Change terms' }).click();
  await admin.put('/v1/suppliers/weavers', { name: 'Weavers', currency: 'EUR', leadTimeDays: 9 });
  await page.locator('#terms-form').getByLabel('Name').fill('Knotters');
  await page.locator('#terms-form').getByRole('button', { name: 'Save' }).click();
  await page.getByText('Somebody else changed it meanwhile: lead time days is 9 now').waitFor();
  const item = page.locator('#item-KILIM');
  await item.locator('summary').click();
  await admin.put('/v1/suppliers/weavers/items/KILIM', { cost: eur(3000), packSize: 6 });
  await item.getByRole('button', { name: 'Save' }).click();
  await notice(page, 'Somebody else changed what it sells of KILIM meanwhile: pack size is 6 now');
  expect(await read('/v1/suppliers/weavers')).toMatchObject({ name: 'Weavers', leadTimeDays: 9 });

  await page.goto('/accounts/galli');
  const terms = await opened(page, 'Change terms');
  await admin.put('/v1/accounts/galli', { ...account, creditLimit: eur(50_000) });
  await terms.getByLabel('Name').fill('Galli & Co');
  await terms.getByRole('button', { name: 'Save' }).click();
  await terms.getByText('Somebody else changed it meanwhile: credit limit').waitFor();
  expect(await read('/v1/accounts/galli')).toMatchObject({ name: 'Galli', creditLimit: eur(50_000) });

  await page.goto('/price-lists/slow');
  const price = page.getByRole('row').filter({ hasText: 'KILIM' });
  await price.locator('summary').click();
  await admin.post('/v1/price-lists/slow/prices', { set: [{ sku: 'KILIM', price: eur(600) }] });
  await price.getByRole('button', { name: 'Take it out' }).click();
  await notice(page, 'Somebody else changed the price of KILIM meanwhile: price');
  const added = await opened(page, 'Add a price');
  await added.getByLabel('SKU').fill('KILIM');
  await added.getByLabel('Price in EUR').fill('1');
  await added.getByRole('button', { name: 'Add' }).click();
  await notice(page, 'Somebody else has just added the price of KILIM');

  await page.goto('/stock/buffers');
  const buffer = page.locator('#buffer-slow');
  await buffer.locator('summary').click();
  await admin.put('/v1/buffers/slow', { sku: 'KILIM', locationId: 'south', pieces: 2 });
  await buffer.getByRole('button', { name: 'Keep nothing back by it' }).click();
  await notice(page, 'Somebody else changed the buffer "slow" meanwhile: pieces is 2 now');
  await page.context().close();
});

it('is accessible on each of these pages, light and dark, and fits a phone', async () => {
  await shop.as.admin.put('/v1/buffers/kilim', { sku: 'KILIM', locationId: 'north', pieces: 2 });
  const page = await site.signIn('admin');
  for (const path of [
    '/set-up/locations',
    '/set-up/locations/torino',
    '/set-up/locations/north',
    '/reorder-points',
    '/reorder-points/south/KILIM',
    '/stock/buffers',
    '/stock/safety?all=yes',
    '/stock/count?sku=KILIM&locationId=north',
    '/transfers/new?fromLocationId=north',
    '/tariffs',
    '/tariffs/standard-2027',
    '/tariffs/standard-2027/zones/domestic',
    '/tariffs/standard-2027/add-zone',
  ])
    await expectSound(page, path);
  await page.context().close();
});

it('counts a shelf on a phone: what moved meanwhile is told, and the count is made anew', async () => {
  await shop.stock('TAPESTRY', { north: 7 });
  const page = await site.signIn('warehouse', phone);
  await page.goto('/stock?q=tapestry');
  await page.getByRole('link', { name: /^Count .* at Location north$/ }).click();
  await page.getByRole('heading', { name: /^Count / }).waitFor();
  await expectFit(page);
  const field = page.getByLabel(/Pieces that are there/);
  await field.fill('5');
  const movement = { type: 'adjustment', sku: 'TAPESTRY', locationId: 'north', quantity: -1 };
  await shop.as.warehouse.post('/v1/stock/movements', { movements: [movement] });
  await page.getByRole('button', { name: 'Record the count' }).click();
  await notice(page, 'The shelf has changed while it was counted (−1 corrected)');
  await page.getByRole('button', { name: 'Record the count' }).click();
  await notice(page, 'Counted: −1 against the books, which say 5 now.');
  expect(await read('/v1/stock?sku=TAPESTRY')).toMatchObject({ items: [{ onHand: 5 }] });
  await page.context().close();
});

it('asks one location to send stock to another, and tells what cannot be sent beside its field', async () => {
  await shop.stock('PELMET', { north: 6 });
  const page = await site.signIn('warehouse', phone);
  await page.goto('/stock?q=pelmet');
  await page.getByRole('link', { name: /^Send .* from Location north$/ }).click();
  await page.locator('[name=toLocationId]').selectOption('Location south');
  await page.getByLabel('Pieces 1').fill('9');
  await page.getByLabel('SKU 3').fill('NO-SUCH-PELMET');
  await page.getByLabel('Pieces 3').fill('1');
  await expectFit(page);
  const ask = page.getByRole('button', { name: 'Ask for the transfer' });
  await ask.click();
  // The third row is the second line of the transfer.
  await page.getByText('No product has the SKU "NO-SUCH-PELMET"').last().waitFor();
  expect(await page.getByLabel('SKU 3').getAttribute('aria-invalid')).toBe('true');
  await page.getByLabel('SKU 3').fill('');
  await page.getByLabel('Pieces 1').fill('4');
  await ask.click();
  await notice(page, 'The transfer is asked for');
  await page.waitForURL(/transfers\/tra_/);
  await page.getByRole('button', { name: 'The pieces have left' }).waitFor();
  expect(await read('/v1/stock?sku=PELMET&locationId=north')).toMatchObject({ items: [{ allocated: 4 }] });
  await page.context().close();
});

it('finds each of hundreds of locations, and calls none by its id', async () => {
  const { admin } = shop.as;
  const address = { line1: 'Hauptstraße 1', postalCode: '5020', city: 'Salzburg', country: 'AT' };
  const kiosk = (name: string) => ({ type: 'store', name, address, capabilities: ['ship'], priority: 90 });
  const put = (n: number) => admin.put(`/v1/locations/kiosk-${n}`, kiosk(`Kiosk ${n}`));
  for (let n = 1; n <= 210; n += 15) await Promise.all(Array.from({ length: 15 }, (_, k) => put(n + k)));
  // By id the last of them all: it lay beyond the first 200.
  await admin.put('/v1/locations/zz-last', kiosk('Last kiosk'));
  await admin.post('/v1/stock/movements', {
    movements: [{ type: 'receipt', sku: 'KILIM', locationId: 'zz-last', quantity: 2 }],
  });
  const page = await site.signIn('admin', phone);
  await page.goto('/stock/movements');
  await page.locator('#locationId').selectOption('Last kiosk');
  await page.waitForURL('**/stock/movements?locationId=zz-last');
  await page.getByRole('cell', { name: 'Last kiosk' }).waitFor();

  for (const path of ['/locations', '/set-up/locations']) {
    await page.goto(path);
    await page.getByRole('link', { name: 'Next page' }).waitFor();
    expect(await page.getByRole('link', { name: 'Last kiosk' }).count()).toBe(0);
    await page.getByRole('searchbox').pressSequentially('last salz');
    await page.waitForURL(/\?q=last\+salz/);
    await page.getByRole('link', { name: 'Last kiosk' }).waitFor();
    expect(await page.getByRole('link', { name: /Kiosk \d/ }).count()).toBe(0);
    await expectFit(page);
    await page.getByRole('searchbox').fill('nowhere');
    await page.getByRole('heading', { name: 'No location matches' }).waitFor();
  }
  await page.goto('/sell');
  await page.getByRole('searchbox').pressSequentially('last');
  await page.waitForURL('**/sell?q=last');
  await page.getByRole('link', { name: 'Last kiosk' }).click();
  await page.getByText('Last kiosk: from the whole network').waitFor();
  await page.context().close();
});
