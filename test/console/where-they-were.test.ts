import { createApiClient } from '../../api/client';
import { eur, setUp } from '../api/support/samples';
import { keyOf } from '../api/support/server';
import { startTestConsole, type TestConsole } from './support/console-server';
import type { TestVisitor } from './support/visitor';

let console: TestConsole;
let visitor: TestVisitor;
const several = Array.from({ length: 120 }, (_, n) => `THING-${n + 100}`);

beforeAll(async () => {
  console = await startTestConsole();
  await setUp(console.api);
  visitor = await console.as('admin');
  const admin = createApiClient({ baseUrl: console.api.url, key: keyOf('admin') });
  await console.api.db('products').insert(several.map((sku) => ({ sku, title: `Title of ${sku}` })));
  await admin.put('/v1/price-lists/trade', {
    ...{ name: 'Trade', currency: 'EUR' },
    prices: [...several, 'SHIRT', 'CAP'].map((sku) => ({ sku, price: eur(500) })),
  });
  await admin.put('/v1/suppliers/mill', { name: 'Mill', currency: 'EUR', leadTimeDays: 3 });
  const { db } = console.api;
  await db('supplier_items').insert(several.map((sku) => ({ supplier_id: 'mill', sku, cost: 400 })));
  for (const sku of several.slice(-60))
    await admin.put(`/v1/buffers/${sku}`, { sku, locationId: 'store', pieces: 1 });
});
afterAll(() => console.close());

/** What a form of the page would be sent to, and the fields that it hides. */
function formOf(text: string, part: RegExp): { action: string; fields: Record<string, string> } {
  const form = text.split('<form').find((each) => part.test(each))!;
  const fields = [...form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)];
  const plain = (value: string) => value.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
  return {
    action: plain(/ action="([^"]+)"/.exec(form)![1]!),
    fields: Object.fromEntries(fields.map(([, name, value]) => [name, plain(value!)])),
  };
}

/** Of a list of several pages, the address of the second. */
const secondOf = async (path: string): Promise<string> => {
  const { text } = await visitor.get(path);
  const [, next] = /href="([^"]*cursor[^"]*)"/.exec(text)!;
  return next!.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
};

const lists = {
  'a price that was searched': {
    page: () => Promise.resolve('/price-lists/trade?q=shirt'),
    form: /\/set\?[^]*value="SHIRT"/,
    typed: { price: '6.00' },
  },
  'a price of the second page': {
    page: () => secondOf('/price-lists/trade'),
    form: /\/set\?[^]*value="THING-160"/,
    typed: { price: '6.00' },
  },
  'what a supplier sells': {
    page: () => secondOf('/suppliers/mill'),
    form: /\/items\?[^]*value="THING-219"/,
    typed: { cost: '6.00', packSize: '1', minimumQuantity: '1' },
  },
  'a buffer': {
    page: () => secondOf('/stock/buffers'),
    form: /\/change\?[^]*value="THING-219"/,
    typed: { pieces: '3' },
  },
};

it.each(Object.entries(lists))(
  'whoever changes %s stays where they were',
  async (_, { page, form, typed }) => {
    const here = await page();
    const { action, fields } = formOf((await visitor.get(here)).text, form);
    const { status, location } = await visitor.post(action, { ...fields, ...typed });
    expect({ status, location }).toEqual({ status: 303, location: here });

    // The page itself sends its forms without leaving: it is shown the same, and its address says so.
    const again = formOf((await visitor.get(here)).text, form);
    const shown = await visitor.post(again.action, { ...again.fields, ...typed }, { 'HX-Request': 'true' });
    expect(shown.headers.get('hx-push-url')).toBe(here);
    expect(formOf(shown.text, form).action).toBe(action);
  },
);
