import { createApiClient, type ApiClient } from '../../api/client';
import { keyOf } from '../api/support/server';
import { eur, setUp } from '../api/support/samples';
import { startTestConsole, type TestConsole } from './support/console-server';
import type { TestVisitor } from './support/visitor';

let console: TestConsole;
let admin: ApiClient;
let office: TestVisitor;
const mill = { name: 'Weaving mill', currency: 'EUR', leadTimeDays: 3, locale: 'it' };

beforeAll(async () => {
  console = await startTestConsole();
  await setUp(console.api);
  admin = createApiClient({ baseUrl: console.api.url, key: keyOf('admin') });
  office = await console.as('admin');
});
beforeEach(() => admin.put('/v1/suppliers/mill', { ...mill, email: 'orders@mill.test' }));
afterAll(() => console.close());

async function draft(): Promise<{ id: string; number: string; url: string }> {
  const { id, number } = await admin.post<{ id: string; number: string }>('/v1/purchase-orders', {
    ...{ supplierId: 'mill', locationId: 'warehouse' },
    lines: [
      { sku: 'SHIRT', quantity: 10, unitCost: eur(700) },
      { sku: 'CAP', quantity: 5, unitCost: eur(300) },
    ],
  });
  return { id, number, url: `/purchase-orders/${id}/send` };
}
const statusOf = async (id: string) =>
  (await admin.get<{ status: string }>(`/v1/purchase-orders/${id}`)).status;
const mailsOf = (id: string) =>
  console.api.db('outbox').where('key', `mail:purchaseOrder:${id}`).select('payload');

test('what will be sent to whom is seen before anything leaves', async () => {
  const { id, number, url } = await draft();
  expect((await office.get(`/purchase-orders/${id}`)).text).toContain(`href="${url}"`);
  const { text } = await office.get(url);
  const shown = [
    ...['orders@mill.test', 'Weaving mill', 'Italian', `${number}.pdf`, `${number}.csv`],
    ...['Red shirt', 'Cap', '15 pieces, €85.00', 'Warehouse, Via Emilia 10, 40026 Imola, IT'],
  ];
  for (const each of shown) expect(text).toContain(each);
  expect(text).toContain('name="to" value="orders@mill.test"');
  expect(await statusOf(id)).toBe('draft');
  expect(await mailsOf(id)).toEqual([]);
});

test('the same form sent twice sends once, and leads to the purchase order', async () => {
  const { id, url } = await draft();
  const { csrf } = await office.get(url);
  const form = { csrf, formKey: 'send-once', version: '1', to: 'orders@mill.test' };
  const answers = await Promise.all([1, 2].map(() => office.post(url, form)));
  for (const answer of [...answers, await office.post(url, form)])
    expect(answer).toMatchObject({ status: 303, location: `/purchase-orders/${id}` });
  expect(await mailsOf(id)).toMatchObject([{ payload: { to: 'orders@mill.test' } }]);
  expect((await office.get(url)).text).toContain('it is not sent again');
});

test('what nobody saw is not sent: the draft, or the address, was changed meanwhile', async () => {
  const { id, url } = await draft();
  const seen = { version: '1', to: 'orders@mill.test' };
  await admin.put(`/v1/purchase-orders/${id}`, { version: 1, lines: [{ sku: 'CAP', quantity: 500 }] });
  const changed = await office.submit(url, url, { ...seen, formKey: 'changed' });
  expect(changed.status).toBe(409);
  expect(changed.text).toContain('was changed meanwhile: look at what would be sent now');
  expect(changed.text).toContain('500 pieces');

  await admin.put('/v1/suppliers/mill', { ...mill, email: 'sales@mill.test' });
  const moved = await office.submit(url, url, { ...seen, version: '2', formKey: 'moved' });
  expect(moved.status).toBe(409);
  expect(moved.text).toContain('The supplier has another address now, sales@mill.test');
  expect(await statusOf(id)).toBe('draft');
  const sent = await office.submit(url, url, { version: '2', to: 'sales@mill.test', formKey: 'sent' });
  expect(sent.status).toBe(303);
  expect(await mailsOf(id)).toMatchObject([{ payload: { to: 'sales@mill.test' } }]);
});

test('a supplier without an address is told of: the files are handed over by hand', async () => {
  const { id, url } = await draft();
  await admin.put('/v1/suppliers/mill', mill);
  expect((await office.get(url)).text).toContain('has no mail address: nothing is mailed');
  expect((await office.submit(url, url, { version: '1', to: '', formKey: 'by hand' })).status).toBe(303);
  expect(await statusOf(id)).toBe('sent');
  expect(await mailsOf(id)).toEqual([]);
});

test('who may not send may not look at what would be sent either', async () => {
  const { url } = await draft();
  expect((await (await console.as('warehouse')).get(url)).status).toBe(403);
});
