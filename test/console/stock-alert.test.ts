import { createApiClient, type ApiClient } from '../../api/client';
import { setUp } from '../api/support/samples';
import { expectProblem, send } from '../api/support/send';
import { keyOf } from '../api/support/server';
import { startTestConsole, type TestConsole } from './support/console-server';

let console: TestConsole;
let channel: ApiClient;
beforeAll(async () => {
  console = await startTestConsole();
  await setUp(console.api);
  channel = createApiClient({ baseUrl: console.api.url, key: keyOf('channel') });
});
afterAll(() => console.close());

interface Alert {
  id: string;
  status: string;
  email: string | null;
}
const wanted = (more: object = {}) => ({ sku: 'SHIRT', channel: 'web', email: 'ada@example.org', ...more });
const ask = (more: object = {}) => channel.post<Alert>('/v1/stock-alerts', wanted(more));
const pageOf = ({ id }: Alert) => new URL(console.links.stockAlert(id)).pathname;

describe('an alert', () => {
  it('is asked for by a channel, and told of by availability', async () => {
    const { items } = await channel.get<{ items: { alertUrl?: string }[] }>('/v1/availability', {
      sku: 'SHIRT',
    });
    expect(items[0]!.alertUrl).toBe('http://shop.test/v1/stock-alerts');
    const alert = await ask({ quantity: 2, locale: 'it' });
    expect(alert).toMatchObject({
      status: 'unconfirmed',
      quantity: 2,
      title: 'Red shirt',
      confirmedAt: null,
    });
    expect(await ask()).toMatchObject({ id: alert.id, quantity: 1 });
    expect(await channel.get(`/v1/stock-alerts/${alert.id}`)).toMatchObject({ id: alert.id });
    const listed = await channel.get<{ items: Alert[] }>('/v1/stock-alerts', { sku: 'SHIRT' });
    expect(listed.items.map(({ id }) => id)).toEqual([alert.id]);
  });

  it('is refused with a pointer to what is wrong', async () => {
    const unknown = await expectProblem(
      await send(console.api, { path: '/v1/stock-alerts', body: wanted({ sku: 'NOPE', channel: 'none' }) }),
      422,
    );
    expect(unknown.errors!.map(({ pointer }) => pointer)).toEqual(['/sku', '/channel']);
    const bad = wanted({ email: 'nobody', quantity: 0, productUrl: 'javascript:alert(1)' });
    const shapeless = await expectProblem(
      await send(console.api, { path: '/v1/stock-alerts', body: bad }),
      422,
    );
    expect(shapeless.errors!.map(({ pointer }) => pointer).sort()).toEqual([
      '/email',
      '/productUrl',
      '/quantity',
    ]);
    await expectProblem(await send(console.api, { path: '/v1/stock-alerts/none/cancel', body: {} }), 404);
  });

  it('is confirmed and taken back on the page of its mail, not by opening it', async () => {
    const alert = await ask({ email: 'bea@example.org', locale: 'it' });
    const page = pageOf(alert);
    const bea = console.visitor();
    const opened = await bea.get(page);
    expect(opened.text).toContain('Sì, avvisami');
    expect(opened.text).toContain('lang="it"');
    expect(await channel.get(`/v1/stock-alerts/${alert.id}`)).toMatchObject({ status: 'unconfirmed' });
    expect((await bea.post(`${page}/confirm`, {})).status).toBe(403);
    for (const _ of [1, 2]) expect((await bea.submit(page, `${page}/confirm`, {})).status).toBe(303);
    expect(await channel.get(`/v1/stock-alerts/${alert.id}`)).toMatchObject({ status: 'waiting' });
    expect((await bea.get(page)).text).not.toContain('Sì, avvisami');
    await bea.submit(page, `${page}/cancel`, {});
    expect(await channel.get(`/v1/stock-alerts/${alert.id}`)).toMatchObject({
      ...{ status: 'cancelled', email: null },
    });
    const over = await bea.get(page);
    expect(over.text).toContain('non è più conservato');
    expect(over.text).not.toContain('<button');
    expect((await bea.get('/a/ale_1.forged')).status).toBe(404);
  });
});
