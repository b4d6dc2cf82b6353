import { randomBytes } from 'node:crypto';
import { createApiClient } from '../../api/client';
import { hashApiKey } from '../../api/key-hash';
import { saveKey } from '../../store/keys/save-key';
import { keyOf, testSecret } from '../api/support/server';
import { startTestConsole, type TestConsole } from './support/console-server';
import { mill, openMill, type ReleasedWork } from './support/supplier-work';

let console: TestConsole;
let released: () => Promise<ReleasedWork>;

beforeAll(async () => {
  console = await startTestConsole();
  released = await openMill(console);
  const admin = createApiClient({ baseUrl: console.api.url, key: keyOf('admin') });
  await admin.put('/v1/locations/other', { ...mill, name: 'Other' });
});
afterAll(() => console.close());

const statusOf = async (id: string): Promise<string> =>
  (await console.api.db('fulfillments').where({ id }).first('status')).status;

describe("a supplier's page", () => {
  it('lets it confirm and ship with a carrier of its own', async () => {
    const { id, page } = await released();
    const supplier = console.visitor();
    const first = (await supplier.get(page)).text;
    expect(first).toContain('Yes, we ship it');
    // As its mail calls the order, and in words of its own.
    expect(first).toMatch(/<h1>Order \d+-1-1<\/h1>/);
    expect(first).toContain('to be answered');
    expect(first).toContain('Web shop asks you to ship these goods');
    expect((await supplier.submit(page, `${page}/confirm`, {})).status).toBe(303);
    const again = await supplier.get(page);
    expect(again.text).not.toContain('Yes, we ship it');
    await supplier.submit(page, `${page}/ship`, { 'carrier.1': 'gls', 'tracking.1': `G-${id}` });
    expect(await statusOf(id)).toBe('shipped');
    expect((await supplier.get(page)).text).toContain(`G-${id}`);
  });

  it('stands in the name of the brand that its mail and its slip name', async () => {
    const brand = { sellerName: 'Filo & Trama S.r.l.', logoText: 'Filo & Trama', colour: '#7a1f3d' };
    const { url } = console.api;
    const admin = createApiClient({ baseUrl: url, key: keyOf('admin') });
    const web = { type: 'webShop', name: 'Web shop' };
    await admin.put('/v1/channels/web', { ...web, settings: { brand } });
    const { text } = await console.visitor().get((await released()).page);
    await admin.put('/v1/channels/web', web);
    expect(text).toMatch(/<title>Order \d+-1-1 · Filo &amp; Trama S\.r\.l\.<\/title>/);
    expect(text).toContain('<strong>Filo &amp; Trama</strong>');
    expect(text).toContain('fill="#7a1f3d"');
    expect(text).toContain('Filo &amp; Trama S.r.l. asks you to ship these goods in its name.');
    expect(text).not.toContain('Web shop');
  });

  it('asks for what is in which of several parcels, and says what does not add up', async () => {
    const { id, page } = await released();
    const supplier = console.visitor();
    const parcels = { 'carrier.1': 'gls', 'tracking.1': 'A', 'carrier.2': 'gls', 'tracking.2': 'B' };
    const lines = await console.api.db('fulfillment_lines').where('fulfillment_id', id).select('line_id');
    const half = Object.fromEntries(lines.map(({ line_id }) => [`pieces.1.${line_id}`, '1']));
    const refused = await supplier.submit(page, `${page}/ship`, { ...parcels, ...half });
    expect(refused.status).toBe(422);
    // What was filled in is there still.
    expect(refused.text).toContain('name="tracking.2" value="B"');
    expect(refused.text.match(/name="pieces\.1\.[^"]+"[^>]* value="1"/g)).toHaveLength(lines.length);
    expect(await statusOf(id)).toBe('allocated');
  });

  it('takes the last of a field that is sent twice, and only what can be stored', async () => {
    const { id, page } = await released();
    const supplier = console.visitor();
    const { csrf } = await supplier.get(page);
    const twice: [string, string][] = [
      ['csrf', csrf],
      ['carrier.1', 'gls'],
      ['tracking.1', 'wrong'],
      ['tracking.1', ` T-${id} `],
    ];
    const nul = await supplier.post(`${page}/ship`, { csrf, 'carrier.1': 'gls', 'tracking.1': 'a\u0000b' });
    expect(nul.status).toBe(400);
    expect(nul.text).toContain('This cannot be read');
    expect(await statusOf(id)).toBe('allocated');
    expect((await supplier.post(`${page}/ship`, twice)).status).toBe(303);
    expect((await supplier.get(page)).text).toContain(`T-${id}`);
  });

  it('lets it refuse, and then asks for nothing more', async () => {
    const { id, page } = await released();
    const supplier = console.visitor();
    await supplier.submit(page, `${page}/reject`, { reason: 'sold out' });
    expect(await statusOf(id)).toBe('cancelled');
    const { text } = await supplier.get(page);
    expect(text).toContain('Nothing is to be shipped any more');
    expect(text).not.toContain('<form');
  });

  it('speaks the language of the mails, and calls goods as the supplier does', async () => {
    const admin = createApiClient({ baseUrl: console.api.url, key: keyOf('admin') });
    const terms = { name: 'Lanificio', currency: 'EUR', leadTimeDays: 3, locationId: 'mill', locale: 'it' };
    await admin.put('/v1/suppliers/lanificio', terms);
    await admin.put('/v1/suppliers/lanificio/items/SHIRT', { supplierSku: 'CAM-77' });
    const { id, page } = await released();
    const supplier = console.visitor();
    const { csrf, text } = await supplier.get(page);
    expect(text).toContain('<html lang="it">');
    expect(text).toMatch(/<h1>Ordine \d+-1-1<\/h1>/);
    expect(text).toContain('Web shop vi chiede di spedire questa merce a suo nome.');
    expect(text).toContain('Sì, lo spediamo');
    expect(text).toContain('in attesa di risposta');
    expect(text.match(/vostro codice/g)).toHaveLength(1);
    expect(text).toContain('CAM-77');
    const parcels = { 'carrier.1': 'gls', 'tracking.1': 'A', 'carrier.2': 'gls', 'tracking.2': 'B' };
    const unclear = await supplier.submit(page, `${page}/ship`, parcels);
    expect(unclear.status).toBe(422);
    expect(unclear.text).toContain('Va detto che cosa contiene');
    await createApiClient({ baseUrl: console.api.url, key: keyOf('warehouse') }).post(
      `/v1/fulfillments/${id}/reject`,
      { reason: 'sold out' },
    );
    const late = await supplier.post(`${page}/confirm`, { csrf });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Nel frattempo il lavoro è cambiato.');
    expect(late.text).toContain('Non c’è più nulla da spedire');
    await admin.put('/v1/suppliers/lanificio', { ...terms, locale: 'en' });
  });

  it('stays closed with a forged link and takes no form without its token', async () => {
    const { id, page } = await released();
    expect((await console.visitor().get(`/s/${id}.AAAAAAAAAAAAAAAAAAAAAA`)).status).toBe(404);
    expect((await console.visitor().get(page.replace('/s/', '/o/'))).status).toBe(404);
    expect((await console.visitor().post(`${page}/confirm`, {})).status).toBe(403);
    expect(await statusOf(id)).toBe('allocated');
  });
});

describe('a key that is bound to a location', () => {
  const keyFor = async (boundTo: string): Promise<string> => {
    const key = randomBytes(16).toString('hex');
    const keyHash = hashApiKey(testSecret, key);
    await saveKey(console.api.db, {
      id: `key-${boundTo}`,
      role: 'warehouse',
      name: boundTo,
      keyHash,
      boundTo,
    });
    return key;
  };

  it('sees and does the work of its own location alone', async () => {
    const { id } = await released();
    const own = createApiClient({ baseUrl: console.api.url, key: await keyFor('mill') });
    const other = createApiClient({ baseUrl: console.api.url, key: await keyFor('other') });
    const { items } = await own.get<{ items: { id: string }[] }>('/v1/fulfillments');
    expect(items.map((each) => each.id)).toContain(id);
    expect(await other.get('/v1/fulfillments')).toEqual({ items: [] });
    for (const refused of [
      other.get(`/v1/fulfillments/${id}`),
      other.post(`/v1/fulfillments/${id}/confirm`),
      other.post(`/v1/fulfillments/${id}/reject`, { reason: 'no' }),
    ])
      await expect(refused).rejects.toMatchObject({ status: 404 });
    for (const refused of [own.get('/v1/stock'), other.get('/v1/fulfillments', { locationId: 'mill' })])
      await expect(refused).rejects.toMatchObject({ status: 403 });
    await own.post(`/v1/fulfillments/${id}/confirm`);
    expect(await statusOf(id)).toBe('picking');
  });

  it('does not sign in to the pages, which show all locations', async () => {
    const person = console.visitor();
    const { csrf } = await person.get('/login');
    expect((await person.post('/login', { csrf, key: await keyFor('store') })).status).toBe(401);
  });
});
