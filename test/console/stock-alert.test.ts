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

describe('a mail program', () => {
  const oneClick = (path: string, body: URLSearchParams | FormData) =>
    fetch(console.url + path, { method: 'POST', body, redirect: 'manual' });
  const form = (text: string) => new URLSearchParams(text);

  it.each(['a form', 'parts'])(
    'takes an alert back with one click, sent as %s, however often',
    async (kind) => {
      const alert = await ask({ email: `click-${kind.length}@example.org` });
      const parts = new FormData();
      parts.set('List-Unsubscribe', 'One-Click');
      const body = () => (kind === 'parts' ? parts : form('List-Unsubscribe=One-Click'));
      for (const _ of [1, 2]) expect((await oneClick(pageOf(alert), body())).status).toBe(200);
      expect(await channel.get(`/v1/stock-alerts/${alert.id}`)).toMatchObject({
        ...{ status: 'cancelled', email: null },
      });
    },
  );

  it('does nothing by anything else, nor with a link that is not ours', async () => {
    const alert = await ask({ email: 'careful@example.org' });
    expect((await oneClick(pageOf(alert), form('something=else'))).status).toBe(400);
    expect((await oneClick('/a/ale_1.forged', form('List-Unsubscribe=One-Click'))).status).toBe(404);
    expect(await channel.get(`/v1/stock-alerts/${alert.id}`)).toMatchObject({ status: 'unconfirmed' });
  });

  it('is told where in the mails themselves', async () => {
    const alert = await ask({ email: 'header@example.org' });
    const { payload } = await console.api
      .db('outbox')
      .where('key', `mail:stockAlertAsked:${alert.id}:1`)
      .first();
    expect(payload.unsubscribeUrl).toBe(payload.data.url);
  });
});

describe('the office', () => {
  interface Count {
    sku: string;
    waiting: number;
    pieces: number;
    unconfirmed: number;
  }
  const counts = async (query: Record<string, string | number> = {}) =>
    channel.get<{ items: Count[]; nextCursor?: string }>('/v1/stock-alerts/counts', query);

  it('sees how many wait for what, those most waited for first, a page at a time', async () => {
    await console.api.db('stock_alerts').del();
    for (const [email, sku, quantity] of [
      ['one@example.org', 'CAP', 2],
      ['two@example.org', 'CAP', 3],
      ['three@example.org', 'SHIRT', 1],
      ['four@example.org', 'SHIRT', 1],
    ] as const) {
      const alert = await ask({ email, sku, quantity });
      if (email === 'four@example.org') continue;
      const page = pageOf(alert);
      await console.visitor().submit(page, `${page}/confirm`, {});
    }
    const gone = await ask({ email: 'gone@example.org', sku: 'CAP' });
    await channel.post(`/v1/stock-alerts/${gone.id}/cancel`);
    const expected = [
      { sku: 'CAP', waiting: 2, pieces: 5, unconfirmed: 0 },
      { sku: 'SHIRT', waiting: 1, pieces: 1, unconfirmed: 1 },
    ];
    expect((await counts()).items).toMatchObject(expected);
    const first = await counts({ limit: 1 });
    expect(first.items).toMatchObject([expected[0]!]);
    expect((await counts({ limit: 1, cursor: first.nextCursor! })).items).toMatchObject([expected[1]!]);
    expect((await counts({ channel: 'nobody' })).items).toEqual([]);

    const support = await console.as('support');
    const page = (await support.get('/stock/alerts')).text;
    expect(page.indexOf('Cap')).toBeLessThan(page.indexOf('Red shirt'));
    const who = (await support.get('/stock/alerts/shoppers?sku=CAP')).text;
    expect(who).toContain('two@example.org');
    expect(who).not.toContain('three@example.org');
    // Whose alert is over is forgotten, and so is not shown.
    expect(who).not.toContain('gone@example.org');
    expect(who).toContain('forgotten');
    expect((await (await console.as('warehouse')).get('/stock/alerts')).status).toBe(403);
  });
});
