import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser';
import { openShop, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';
import { findFaults } from './support/find-faults';

jest.setTimeout(180_000);

let system: TestSystem;
let shop: Shop;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem(), openBrowser()]);
  shop = await openShop(system);
  await shop.stock('MOKA', { north: 50, south: 50 });
  await shop.place({ reference: 'R-1', lines: [{ sku: 'MOKA', quantity: 2 }] });
  const context = await browser.newContext({ baseURL: system.apiUrl });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('console', (message) => {
    const isOrdinary = /Failed to load resource.* status of 4\d\d|Failed to fetch/.test(message.text());
    if (message.type() === 'error' && !isOrdinary) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto('/');
  await page.getByLabel('API key').fill(system.keys.admin);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
  expect(complaints).toEqual([]);
});

const rules = (when: object, filters: object[]) =>
  JSON.stringify(
    {
      ...{ name: 'winter', currency: 'EUR' },
      scenarios: [
        {
          ...{ code: 'everything', when, decides: 'software', filters, scores: { perKm: 0.5 } },
          ...{ allocation: { split: 'allow' }, onShortage: { then: 'backorder' } },
        },
      ],
    },
    null,
    2,
  );

const isSelected = () =>
  page.evaluate<string>(
    `(() => { const { value, selectionStart: a, selectionEnd: b } = document.getElementById('rules'); return value.slice(a, b); })()`,
  );

it('takes rules from a mistake in the draft over last month’s orders into force, and back', async () => {
  await page.getByRole('link', { name: 'Rules' }).click();
  await page.getByText('Nothing was published yet').waitFor();
  await page.getByRole('link', { name: 'Begin a draft' }).click();
  const editor = page.getByLabel('The rules as JSON');

  await editor.fill(rules({ all: [] }, [{ locationIn: ['moon'] }]));
  await page.getByRole('button', { name: 'Save the draft' }).click();
  await page.getByText('1 place is at fault; nothing was saved').waitFor();
  // What was typed stays, and the place can be gone to.
  expect(await editor.inputValue()).toContain('moon');
  await page.getByRole('button', { name: /^Line \d+$/ }).click();
  expect(await isSelected()).toContain('"moon"');

  await editor.fill(rules({ all: [] }, [{ locationIn: ['south'] }]));
  await page.getByRole('button', { name: 'Save the draft' }).click();
  await page.getByText('Only locations that are south').first().waitFor();
  await page.getByRole('button', { name: 'Try on last month' }).click();
  await page.getByRole('heading', { name: '1 of 1 order would go elsewhere' }).waitFor();
  await page.getByRole('link', { name: 'All orders (CSV)' }).waitFor();
  await page.getByText('instead of Location north (2)').click();
  await page.getByText('is not among the locations asked').waitFor();

  await page.goto('/rules/draft');
  await page.getByText('Publish…').click();
  await page.getByLabel('What changed, and why').fill('South sells off');
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Version 1 is in force').waitFor();
  await page.goto('/rules/draft');
  await editor.fill(rules({ all: [] }, []));
  await page.getByRole('button', { name: 'Save the draft' }).click();
  await page.getByLabel('Changes against the version in force').getByText('Gone: Only locations').waitFor();
  await page.getByText('Publish…').click();
  await page.getByLabel('What changed, and why').fill('South is empty');
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Version 2 is in force').waitFor();
  await page.getByText('Roll back to it…').click();
  await page.getByRole('button', { name: 'Roll back to it' }).click();
  await page.getByText('Version 3 is in force').waitFor();

  const { id } = await shop.place({ reference: 'R-2', lines: [{ sku: 'MOKA', quantity: 1 }] });
  await page.goto(`/orders/${id}`);
  const round = page.getByRole('table', { name: 'Candidates of round 1' });
  await round.getByText('is not among the locations asked').waitFor();
  await page.getByRole('link', { name: 'winter/3' }).click();
  await page.getByText('Back to version 1').waitFor();
});

it('is accessible on each of its pages, light and dark, and fits a phone', async () => {
  const { items } = await shop.as.support.get<{ items: { id: string }[] }>('/v1/rules/simulations');
  const { items: orders } = await shop.as.support.get<{ items: { id: string }[] }>('/v1/orders');
  const simulation = `/rules/simulations/${items[0]!.id}`;
  const paths = [
    '/rules',
    '/rules/draft',
    '/rules/versions/2',
    '/rules/simulations',
    simulation,
    `/orders/${orders[0]!.id}`,
  ];
  for (const path of paths) {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(path);
    await page.evaluate(
      `for (const each of document.querySelectorAll('main details:not(.act)')) each.open = true`,
    );
    const light = await findFaults(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await findFaults(page, 'color-contrast');
    await page.setViewportSize({ width: 375, height: 812 });
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect({ path, light, dark, width }).toEqual({ path, light: [], dark: [], width: 375 });
  }
});
