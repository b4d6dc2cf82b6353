import type { Page } from 'playwright-core';
import type { Shop } from '../support/shop';
import { expectSound } from './support/looks';
import { openSite, type Site } from './support/site';

jest.setTimeout(180_000);

let site: Site;
let shop: Shop;
let page: Page;

beforeAll(async () => {
  site = await openSite();
  ({ shop } = site);
  await shop.stock('MOKA', { north: 50, south: 50 });
  await shop.place({ reference: 'R-1', lines: [{ sku: 'MOKA', quantity: 2 }] });
  page = await site.signIn('admin');
});
afterAll(() => site?.close());

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
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Rules' }).click();
  await page.getByText('Nothing was published yet').waitFor();
  await page.getByRole('link', { name: 'Begin a draft' }).click();
  const editor = page.getByLabel('The rules as JSON');
  await page.getByRole('link', { name: 'the schema' }).click();
  await page.getByText('"title": "Sourcing rules"').waitFor();
  await page.goBack();

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

it('begins with a ready-made scenario, and tells what rules can say', async () => {
  await page.goto('/rules/draft');
  const editor = page.getByLabel('The rules as JSON');
  await page.getByText('What rules can say').click();
  await page.getByText('{ "maxDistanceKm": 300 }').waitFor();
  await page.getByText('Add a ready-made scenario…').click();
  await page.getByRole('button', { name: 'Add: Stores near the customer ship first' }).click();
  await page.getByText('It stands before the last scenario. Nothing is saved yet.').waitFor();
  const typed = JSON.parse(await editor.inputValue()) as { scenarios: { code: string }[] };
  expect(typed.scenarios.map(({ code }) => code)).toEqual(['near-stores', 'everything']);
  await page.getByRole('heading', { name: 'near-stores' }).first().waitFor(); // in words, beside the editor
  await page.getByRole('button', { name: 'Save the draft' }).click();
  await page.getByText('The draft is saved').waitFor();
  expect(await editor.inputValue()).toContain('"near-stores"');

  // Without scripts a reload says the same of what is saved.
  await page.goto('/rules/draft?add=hazardous');
  expect(await editor.inputValue()).toContain('"hazardous"');
  await page.goto('/rules/draft?add=nothing');
  await page.getByText('There is no ready-made scenario "nothing"').waitFor();
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
  for (const path of paths) await expectSound(page, path);
});
