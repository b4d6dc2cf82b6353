import { createApiClient } from '../../api/client';
import { recordPlaced } from '../api/support/fake-orders';
import { address, orderInput, setUp, type OrderInput } from '../api/support/samples';
import { keyOf } from '../api/support/server';
import { reorder } from '../../relay/replenish';
import { createStore } from '../../store';
import { recordStep } from '../../store/story/record-step';
import { startTestConsole, type TestConsole } from './support/console-server';
import type { TestVisitor } from './support/visitor';

let console: TestConsole;
let support: TestVisitor;

const place = async (more: Partial<OrderInput>): Promise<string> => {
  console.api.orders.onStart = (order) => recordPlaced(console.api.db, order, 'confirmed');
  const channel = createApiClient({ baseUrl: console.api.url, key: keyOf('channel') });
  return (await channel.post<{ id: string }>('/v1/orders', orderInput(more), { wait: 10 })).id;
};

beforeAll(async () => {
  console = await startTestConsole({ mailUrl: 'http://mail.test' });
  support = await console.as('support');
});
afterAll(() => console.close());

describe('an empty system', () => {
  it.each([
    ['/orders', 'No orders yet'],
    ['/locations', 'No locations yet'],
    ['/tariffs', 'No tariffs yet'],
    ['/stock', 'No stock yet'],
    ['/exceptions', 'Nothing is overdue'],
    ['/orders?q=nobody', 'No order matches'],
  ])('%s says what to do next', async (path, words) => {
    expect((await support.get(path)).text).toContain(words);
  });
});

describe('with orders', () => {
  beforeAll(() => setUp(console.api));

  it('shows what customers wrote as text and never as markup', async () => {
    const evil = `"><img src=x onerror="alert(1)"><script>alert('${'x'}')</script>{{7*7}}`;
    const id = await place({
      externalReference: 'X-1',
      customer: { email: 'x@example.com', name: evil },
      shippingAddress: { ...address, name: evil, line1: evil },
      note: evil,
      lines: [{ sku: 'SHIRT', quantity: 1, unitPrice: { amount: 4000, currency: 'EUR' }, title: evil }],
    });
    await recordStep(console.api.db, {
      orderId: id,
      at: new Date().toISOString(),
      events: [{ key: 'evil', type: evil, actor: evil, data: { reason: evil } }],
      waits: [{ key: 'evil', what: evil, until: '2020-01-01T00:00:00Z', then: evil }],
    });
    const mine = `/o/${console.links.orderPage(id).split('/o/')[1]}`;
    const pages = [`/orders/${id}`, '/orders', `/orders?q=${encodeURIComponent(evil)}`, '/exceptions', mine];
    for (const path of pages) {
      const { status, text } = await support.get(path);
      expect(status).toBe(200);
      expect(text).not.toMatch(/<img src=x|<script>alert/);
      expect(text).toContain('&lt;script&gt;');
      expect(text).not.toContain('{{7*7}}'.replace('7*7', '49'));
    }
  });

  it('lets browsers run and show nothing but our own files', async () => {
    const { headers, text } = await support.get('/orders');
    const policy = headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(text).not.toMatch(/<script(?! src="\/assets\/)|<style|\sstyle=|\son\w+="/);
    for (const [, file] of text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g))
      expect((await support.get(file!)).status).toBe(200);
  });

  it('tells what carriers ask, and how long they take', async () => {
    const admin = createApiClient({ baseUrl: console.api.url, key: keyOf('admin') });
    await admin.put('/v1/tariffs/pacco', {
      ...{ carrier: 'posta', service: 'pacco', methods: ['standard'], currency: 'EUR' },
      ...{ validFrom: '2020-01-01', validUntil: '2020-12-31' },
      zones: [
        {
          code: 'north',
          from: [{ locationId: 'warehouse' }],
          to: [{ country: 'IT', postalCodes: { from: '20', to: '39' } }],
          rates: [
            { upToGrams: 2000, base: 490 },
            { base: 690, perKg: 35 },
          ],
          transitDays: { min: 1, max: 2 },
        },
      ],
    });
    const { text } = await support.get('/tariffs');
    for (const words of ['posta pacco', 'Warehouse', 'Italy 20–39', '€4.90', '€0.35 per kg', '1–2', 'over'])
      expect(text).toContain(words);
    expect(text).not.toMatch(/NaN|undefined|\[object/);
    await admin.delete('/v1/tariffs/pacco');
  });

  it('lets no cache keep pages', async () => {
    expect((await support.get('/orders')).headers.get('cache-control')).toBe('no-store');
  });

  it('finds and filters orders, page by page', async () => {
    for (let index = 1; index <= 55; index += 1)
      await place({
        externalReference: `P-${index}`,
        placedAt: new Date(Date.UTC(2024, 0, 1) + index * 60_000).toISOString(),
        customer: { email: `p${index}@example.com`, name: `Pager ${index}` },
      });
    const rows = (text: string) => [...text.matchAll(/id="order-(ord_\w+)"/g)].map(([, id]) => id!);
    const first = await support.get('/orders?q=pager');
    const next = /href="([^"]+)" rel="next"/
      .exec(first.text)![1]!
      .replaceAll('&amp;', '&')
      .replaceAll('&#x3D;', '=');
    const second = await support.get(next);
    const seen = [...rows(first.text), ...rows(second.text)];
    expect([rows(first.text).length, rows(second.text).length]).toEqual([50, 5]);
    expect(new Set(seen).size).toBe(55);
    expect(second.text).toContain('Back to the first page');
    expect(second.text).not.toContain('rel="next"');
    expect(rows((await support.get('/orders?q=pager&status=cancelled')).text)).toEqual([]);
    expect(rows((await support.get('/orders?q=p7@example&from=2024-01-01&to=2024-01-01')).text).length).toBe(
      1,
    );
    // One or two characters say how a word begins.
    expect(rows((await support.get('/orders?q=p7@example+pa')).text)).toHaveLength(1);
    expect((await support.get('/orders?q=p7@example+ag')).text).toContain('characters for how it begins');
    expect(rows((await support.get('/orders?from=2024-01-02&to=2024-01-02')).text)).toEqual([]);
  }, 60_000);

  it('refuses filters and cursors that it never offered', async () => {
    for (const query of ['status=nonsense', 'cursor=abc', 'from=yesterday'])
      expect((await support.get(`/orders?${query}`)).status).toBe(422);
  });

  it('tells everything of an order', async () => {
    const id = await place({ externalReference: 'D-1', note: 'Ring twice' });
    await recordStep(console.api.db, {
      orderId: id,
      at: new Date().toISOString(),
      events: [{ key: 'later', type: 'somethingNew', actor: 'system', data: { some: 'thing' } }],
      mails: [
        {
          key: `mail:${id}`,
          mail: { template: 'orderConfirmed', to: 'ada@example.com', locale: 'it', data: {} as never },
        },
      ],
    });
    const { text } = await support.get(`/orders/${id}`);
    for (const words of [
      'D-1',
      'Ada Rossi',
      '€45.00',
      'Red shirt',
      '2 unsourced',
      'Ring twice',
      'Order placed',
      'sourcing',
    ])
      expect(text).toContain(words);
    // An event that nobody has words for yet keeps its name and what it carries.
    expect(text).toContain('something New');
    expect(text).toContain('{&quot;some&quot;:&quot;thing&quot;}');
    expect(text).toContain('http://temporal.test/namespaces/default/workflows/order%3Aweb%3AD-1');
    expect(text).toContain('to ada@example.com');
    expect(text).toContain('href="http://mail.test"');
    expect(text).toMatch(/<button class="button" disabled[^>]*>Start a return/);
    expect(text).toContain('Nothing has been delivered yet');
  });

  it('shows stock with what is low, out and coming', async () => {
    const admin = createApiClient({ baseUrl: console.api.url, key: keyOf('admin') });
    const at = (sku: string, locationId: string, quantity: number) => ({
      sku,
      locationId,
      type: 'receipt',
      quantity,
    });
    await admin.post('/v1/stock/movements', {
      movements: [at('SHIRT', 'warehouse', 40), at('SHIRT', 'store', 2)],
    });
    await admin.post('/v1/stock/incoming', {
      incoming: [{ sku: 'CAP', locationId: 'warehouse', quantity: 12, expectedAt: '2031-05-04T10:00:00Z' }],
    });
    const all = (await support.get('/stock')).text;
    expect(all).toContain('12 on 4 May 2031');
    expect(all.match(/>low</g)).toHaveLength(1);
    expect(all.match(/>out</g)).toHaveLength(1);
    const scarce = (await support.get('/stock?scarce=yes&q=shirt')).text;
    expect(scarce.match(/id="stock-/g)).toHaveLength(1);
    expect((await support.get('/stock?q=red+warehouse')).text.match(/id="stock-/g)).toHaveLength(1);
    await console.api.db('products').where('sku', 'SHIRT').update({ gtin: '96385074' });
    for (const scanned of ['96385074', '0000096385074+warehouse', '385074+warehouse'])
      expect((await support.get(`/stock?q=${scanned}`)).text).toContain('Red shirt');
    const movements = '/stock/movements?sku=SHIRT&locationId=warehouse';
    expect(all.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=')).toContain(`href="${movements}"`);
    const told = (await support.get(movements)).text;
    expect(told.match(/id="entry-/g)).toHaveLength(1);
    expect(told).toMatch(/received[\s\S]*Warehouse[\s\S]*\+40 on hand[\s\S]*data-label="Who">admin</);
  });

  it('takes a stock feed from a form with a file, tells what is wrong, and links its report', async () => {
    const staff = await console.as('warehouse');
    const send = async (csv: string, fields: Record<string, string> = {}) => {
      const { csrf } = await staff.get('/stock/feeds');
      const form = new FormData();
      const all = {
        csrf,
        formKey: 'feed-form',
        locationId: 'store',
        mode: 'full',
        minutesAgo: '5',
        ...fields,
      };
      for (const [name, value] of Object.entries(all)) form.set(name, value);
      form.set('file', new Blob([csv]), 'stock.csv');
      return staff.send('/stock/feeds', form);
    };
    const refused = await send('sku;quantity\nSHIRT');
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('the file seems to be cut');
    const taken = await send('sku;quantity\nSHIRT;3\n');
    expect(taken.status).toBe(303);
    expect((await send('sku;quantity\nSHIRT;3\n')).location).toBe(taken.location);
    const { text } = await staff.get(taken.location!);
    expect(text).toContain(`href="${taken.location}/report"`);
    const report = await staff.get(`${taken.location}/report`);
    expect(report.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(report.text).toContain('2,SHIRT,pending');
    expect((await support.get('/stock/feeds')).text).not.toContain('Hand it in');
    const long = await send(`sku,quantity\n${'SHIRT,3\n'.repeat(1001)}`, {
      ...{ mode: 'delta', minutesAgo: '1', formKey: 'long' },
    });
    expect((await staff.get(long.location!)).text).toContain('0 of 1,001');
    expect((await support.get('/stock/feeds')).text).toContain('>1,001<');
    expect((await send('sku\n', { csrf: 'forged' })).status).toBe(403);
  });

  it('takes in a transfer, and keeps what was typed when it is refused', async () => {
    const admin = createApiClient({ baseUrl: console.api.url, key: keyOf('admin') });
    await admin.post('/v1/stock/movements', {
      movements: [{ sku: 'SHIRT', locationId: 'warehouse', type: 'receipt', quantity: 6 }],
    });
    const { id } = await admin.post<{ id: string }>('/v1/transfers', {
      fromLocationId: 'warehouse',
      toLocationId: 'store',
      lines: [{ sku: 'SHIRT', quantity: 6 }],
    });
    const staff = await console.as('warehouse');
    const url = `/transfers/${id}`;
    await staff.submit(url, `${url}/ship`, {});
    const refused = await staff.submit(url, `${url}/receive`, { 'arrived.SHIRT': '7' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Only 6 of');
    expect(refused.text).toContain('value="7"');
    const lone = await staff.submit(url, `${url}/receive`, { 'arrived.SHIRT': '0', 'damaged.SHIRT': '1' });
    expect(lone.status).toBe(422);
    await staff.submit(url, `${url}/receive`, { 'arrived.SHIRT': '2' });
    const { text } = await staff.get(url);
    expect(text).toContain('Arrived, of 4');
    expect(text).toContain('value="4"');
    expect((await support.get('/transfers?status=shipped')).text).toContain(`id="transfer-${id}"`);
    expect((await support.get('/transfers?status=cancelled')).text).toContain('No transfer matches');
    expect((await support.get(url)).text).not.toContain('Take it in');
  });

  it('receives a purchase order, and keeps what was typed when it is refused', async () => {
    const admin = createApiClient({ baseUrl: console.api.url, key: keyOf('admin') });
    await admin.put('/v1/suppliers/mill', { name: 'Weaving mill', currency: 'EUR', leadTimeDays: 3 });
    const { id, number } = await admin.post<{ id: string; number: string }>('/v1/purchase-orders', {
      supplierId: 'mill',
      locationId: 'warehouse',
      lines: [{ sku: 'SHIRT', quantity: 10 }],
    });
    const url = `/purchase-orders/${id}`;
    const office = await console.as('admin');
    expect((await office.get(url)).text).not.toContain('What arrived');
    await office.submit(`${url}/send`, `${url}/send`, { version: '1', to: '' });
    await office.submit(url, `${url}/confirm`, { 'confirmed.SHIRT': '8', confirmedFor: '2030-05-01' });
    await office.submit(url, `${url}/notice`, { 'noticed.SHIRT': '3', noticedFor: '2030-04-20' });
    const tooMany = { 'noticed.SHIRT': '7', noticedFor: '2030-04-21', formKey: 'more' };
    const beyond = await office.submit(url, `${url}/notice`, tooMany);
    expect(beyond.status).toBe(422);
    expect(beyond.text).toContain('8 were ordered, 3 of these are announced or here; 5 are open');
    expect(beyond.text).toContain('name="anyway"');
    expect(beyond.text).toContain('value="2030-04-21"');
    const staff = await console.as('warehouse');
    const page = await staff.get(url);
    expect(page.text).toContain('3 on its way, by 20 April 2030');
    expect(page.text).not.toContain('name="anyway"');
    expect(page.text).toContain('5 by 1 May 2030');
    expect(page.text).not.toContain('Cancel the purchase order');
    const refused = await staff.submit(url, `${url}/receive`, { 'arrived.SHIRT': '9', reference: 'DN-7' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('8 are still to come');
    expect(refused.text).toContain('value="9"');
    expect(refused.text).toContain('value="DN-7"');
    await staff.submit(url, `${url}/receive`, {
      'arrived.SHIRT': '6',
      'damaged.SHIRT': '1',
      reference: 'DN-7',
    });
    const { text } = await office.get(url);
    expect(text).toContain('Arrived, of 2');
    expect(text).toContain('6 × SHIRT, 1 damaged · DN-7');
    await office.submit(url, `${url}/close`, { reason: 'sold out there' });
    expect((await support.get('/purchase-orders?status=closed')).text).toContain(number);
    expect((await support.get('/purchase-orders?status=draft')).text).toContain('No purchase order matches');
    const file = await support.get(`${url}/document?format=csv`);
    expect(file.headers.get('content-disposition')).toContain(`${number}.csv`);
    expect((await (await console.as('channel')).get(`${url}/document`)).status).toBe(403);
  });

  it('lists what is low, with its draft, among the exceptions as well', async () => {
    const admin = createApiClient({ baseUrl: console.api.url, key: keyOf('admin') });
    await admin.put('/v1/suppliers/mill/items/CAP', { packSize: 5 });
    await admin.put('/v1/reorder-points/store/CAP', { mode: 'propose', point: 3, target: 9, owner: 'Olga' });
    const reordering = { office: null, now: () => new Date(), onError: () => undefined };
    await reorder({ store: createStore(console.api.db), ...reordering });
    for (const path of ['/stock/low', '/exceptions']) {
      const { text } = await support.get(path);
      expect(text).toContain('Olga');
      expect(text).toMatch(/PO-\d+/);
    }
    expect((await support.get('/stock/low?all=yes')).text).toContain('Olga');
  });

  it('lists what is overdue and what could not be delivered', async () => {
    const id = await place({ externalReference: 'E-1' });
    await recordStep(console.api.db, {
      orderId: id,
      at: '2024-01-01T00:00:00Z',
      waits: [
        { key: 'late', what: 'a parcel that never came', until: '2024-01-05T00:00:00Z', then: 'we look' },
      ],
      mails: [
        {
          key: 'failed',
          mail: { template: 'shipped', to: 'a@example.com', locale: 'en', data: {} as never },
        },
      ],
    });
    await console.api
      .db('outbox')
      .where('key', 'like', '%failed')
      .update({ attempts: 4, last_error: 'mailbox full' });
    const { text } = await support.get('/exceptions');
    expect(text).toContain('a parcel that never came');
    expect(text).toContain('mailbox full');
    expect(text).toContain(`/orders/${id}`);
  });

  it('turns the pages of each list of exceptions by itself', async () => {
    const id = await place({ externalReference: 'E-2' });
    const waits = Array.from({ length: 120 }, (_, n) => ({
      ...{ key: `late-${n}`, what: `overdue ${n};`, until: '2024-02-01T00:00:00Z', then: 'we look' },
    }));
    await recordStep(console.api.db, { orderId: id, at: '2024-01-01T00:00:00Z', waits });
    const seen: string[] = [];
    let pages = 0;
    for (let path: string | undefined = '/exceptions'; path !== undefined; pages += 1) {
      const { text } = await support.get(path);
      expect(text).toContain('mailbox full');
      seen.push(...(text.match(/overdue \d+;/g) ?? []));
      path = /href="([^"]+)" rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=');
    }
    expect(pages).toBe(3);
    expect(new Set(seen).size).toBe(120);
    expect(seen).toHaveLength(120);
  });

  it('lists findings about money until somebody has dealt with them', async () => {
    const finding = { provider: 'sandbox', type: 'payment.refunded', payload: '{}', outcome: 'finding' };
    await console.api
      .db('payment_notices')
      .insert({ ...finding, notice_id: 'evt_1', finding: 'Somebody refunded at the provider' });
    expect((await support.get('/exceptions')).text).toContain('Somebody refunded at the provider');
    const path = '/exceptions/findings/sandbox/evt_1/resolve';
    const after = await support.submit('/exceptions', path, {});
    expect(after.location).toBe('/exceptions');
    expect((await support.get('/exceptions')).text).not.toContain('Somebody refunded');
  });

  it('shows the newest of a long story first, and what came before on further pages', async () => {
    const id = await place({ externalReference: 'E-3' });
    const events = Array.from({ length: 70 }, (_, n) => ({
      ...{ key: `told-${n}`, type: 'holdPlaced', actor: 'system', data: { reason: `chapter ${n};` } },
    }));
    await recordStep(console.api.db, { orderId: id, at: '2024-01-01T00:00:00Z', events });
    const chapters = (text: string) => text.match(/chapter \d+;/g) ?? [];
    const newest = (await support.get(`/orders/${id}`)).text;
    expect(chapters(newest)).toHaveLength(50);
    expect(chapters(newest)[0]).toBe('chapter 69;');
    const next = /href="([^"]+)" rel="next"/.exec(newest)![1]!.replaceAll('&#x3D;', '=');
    const older = (await support.get(next)).text;
    expect(chapters(older)[0]).toBe('chapter 19;');
    expect(chapters(older)).toHaveLength(20);
    expect(older).toContain('Order placed');
    expect(older).not.toContain('rel="next"');
  });
});

describe("a customer's page", () => {
  let id: string;
  let path: string;
  beforeAll(async () => {
    await setUp(console.api);
    id = await place({
      externalReference: 'C-1',
      customer: { email: 'anna@example.com', name: 'Anna', locale: 'it-IT' },
    });
    path = new URL(console.links.orderPage(id)).pathname;
  });

  it('opens by its link alone, in the customer’s language', async () => {
    const { status, text } = await console.visitor().get(path);
    expect(status).toBe(200);
    expect(text).toContain('<html lang="it">');
    expect(text).toContain('Abbiamo ricevuto il tuo ordine');
    expect(text).toContain('45,00');
    expect(text).not.toContain('/orders/');
  });

  it.each([
    ['a forged signature', () => `/o/${id}.AAAAAAAAAAAAAAAAAAAAAA`],
    ['no signature', () => `/o/${id}`],
    ['the signature of another order', () => path.replace(id, `ord_${'0'.repeat(26)}`)],
    ['the signature of a document', () => `/o/${console.links.document(id).split('/d/')[1]}`],
  ])('stays closed with %s', async (_with, forged) => {
    const { status, text } = await console.visitor().get(forged());
    expect(status).toBe(404);
    expect(text).not.toContain('Anna');
  });

  it('says what goes where, as the order’s own page does, and takes returns from each place apart', async () => {
    const aunt = { ...address, name: 'Zia Pina', city: 'Napoli' };
    const gift = await place({
      externalReference: 'C-gift',
      lines: [
        { sku: 'SHIRT', quantity: 1, unitPrice: { amount: 2000, currency: 'EUR' } },
        { sku: 'CAP', quantity: 2, unitPrice: { amount: 1000, currency: 'EUR' }, destination: 'aunt' },
      ],
      destinations: [{ id: 'aunt', shippingAddress: aunt }],
    });
    const own = (await support.get(`/orders/${gift}`)).text;
    expect(own).toMatch(/Ada Rossi[^]*own address[^]*Red shirt[^]*Zia Pina[^]*aunt[^]*Cap/);
    expect(own).toContain('Napoli');
    const mine = (await console.visitor().get(new URL(console.links.orderPage(gift)).pathname)).text;
    expect(mine).toMatch(/Ada Rossi[^]*Red shirt[^]*Zia Pina[^]*Napoli[^]*2 × Cap/);
  });

  it('says at which store the goods are collected, and what of them', async () => {
    const path = async (body: object) =>
      new URL(console.links.orderPage(await place(body as never))).pathname;
    const atStore = { mode: 'pickup', locationId: 'store' };
    const whole = await console.visitor().get(await path({ externalReference: 'C-pick', delivery: atStore }));
    expect(whole.text).toMatch(/Where you collect it[^]*Store/);
    expect(whole.text).not.toContain('Delivery address');
    const divided = await path({
      externalReference: 'C-pick-one',
      lines: [
        { sku: 'SHIRT', quantity: 1, unitPrice: { amount: 2000, currency: 'EUR' } },
        { sku: 'CAP', quantity: 2, unitPrice: { amount: 1000, currency: 'EUR' }, destination: 'shop' },
      ],
      destinations: [{ id: 'shop', delivery: atStore }],
    });
    const { text } = await console.visitor().get(divided);
    expect(text).toMatch(/Delivery address[^]*1 × Red shirt[^]*Where you collect it[^]*2 × Cap/);
  });

  it('offers to cancel to who was told of a delay, and to nobody else', async () => {
    const customer = console.visitor();
    const cancels = () => console.api.orders.asked.filter(({ action }) => action === 'cancel');
    expect((await customer.get(path)).text).not.toContain(`${path}/cancel`);
    expect((await customer.submit(path, `${path}/cancel`, {})).status).toBe(403);
    expect(cancels()).toEqual([]);
    await recordStep(console.api.db, {
      ...{ orderId: id, at: new Date().toISOString() },
      mails: [{ key: `late:${id}`, mail: { template: 'promiseChanged', to: 'anna@example.com' } as never }],
    });
    expect((await customer.get(path)).text).toContain('Annulla l’ordine');
    expect((await customer.post(`${path}/cancel`, {})).status).toBe(403);
    expect((await customer.submit(path, `${path}/cancel`, {})).status).toBe(303);
    expect(cancels()).toHaveLength(1);
  });

  it('leaves no signature in the log', async () => {
    console.api.logged.length = 0;
    await console.visitor().get(path);
    const lines = JSON.stringify(console.api.logged);
    expect(lines).toContain(`/o/${id}.*`);
    expect(lines).not.toContain(path.split('.').at(-1));
  });

  it('serves documents by their own links alone', async () => {
    const content = { kind: 'orderConfirmation', number: '1' } as never;
    await recordStep(console.api.db, {
      orderId: id,
      at: new Date().toISOString(),
      documents: [{ id: 'doc_1', title: 'Order confirmation', content }],
    });
    const anybody = console.visitor();
    expect((await anybody.get(path)).text).toContain('Conferma d’ordine');
    const served = await anybody.get(new URL(console.links.document('doc_1')).pathname);
    expect(served.headers.get('content-type')).toContain('application/pdf');
    expect((await anybody.get('/d/doc_1.AAAAAAAAAAAAAAAAAAAAAA')).status).toBe(404);
    expect((await anybody.get('/documents/doc_1')).status).toBe(303);
    expect((await support.get('/documents/doc_1')).headers.get('content-type')).toContain('application/pdf');
    expect((await support.get('/documents/doc_2')).status).toBe(404);
  });

  it('lets nobody start a return without the form of the page', async () => {
    const anybody = console.visitor();
    const answer = await anybody.post(`${path}/return`, {
      'pieces.any': '1',
      reason: 'x',
      refundTo: 'tenders',
    });
    expect(answer.status).toBe(403);
    expect(console.api.orders.asked.filter(({ action }) => action === 'requestReturn')).toEqual([]);
  });
});

describe('what cannot be read', () => {
  const half = '--x\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\nsku,quan';
  const send = (path: string, body: string, type: string, cookies = new Map<string, string>()) =>
    fetch(console.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        ...{ Accept: 'text/html', 'Content-Type': type },
        Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      body,
    });

  it('is a file that breaks off, whoever sends it and whether anybody reads it', async () => {
    const anybody = await send('/tariffs/file/new', half, 'multipart/form-data; boundary=x');
    expect(anybody.headers.get('location')).toMatch(/^\/login/);
    const staff = await console.as('warehouse');
    const { csrf } = await staff.get('/stock/feeds');
    const fields = { csrf, locationId: 'store', mode: 'full', formKey: 'half' };
    const parts = Object.entries(fields).map(
      ([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const type = 'multipart/form-data; boundary=x';
    const answer = await send('/stock/feeds', parts.join('') + half, type, staff.cookies);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('It broke off');
    expect((await staff.get('/stock/feeds')).status).toBe(200);
  });

  it.each([
    ['a form that does not say where its parts end', 'multipart/form-data'],
    ['a form of nonsense', 'multipart/form-data; boundary=x'],
  ])('is %s', async (_what, type) => {
    const answer = await send('/tariffs/file/new', 'nonsense', type);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('This cannot be read');
  });

  it('is a form that is too long', async () => {
    const type = 'application/x-www-form-urlencoded';
    const answer = await send('/login', `key=${'x'.repeat(200_000)}`, type);
    expect(answer.status).toBe(413);
    expect(await answer.text()).toContain('at most 100 kB');
  });

  it.each(['/track/%00', '/o/%00.x', '/orders?q=%00'])('is %s', async (path) => {
    const { status, text } = await support.get(path);
    expect(status).toBe(400);
    expect(text).toContain('This cannot be read');
  });

  it.each(['9999-12-31', '+275760-09-13', '0000-01-01', 'soon'])('is an order until %s', async (to) => {
    const { status, text } = await support.get(`/orders?to=${encodeURIComponent(to)}`);
    expect(status).toBe(422);
    expect(text).toContain('To: ');
  });

  it('is an amount of a currency that there is not, and a time since always', async () => {
    const office = await console.as('admin');
    const account = { code: 'odd', name: 'Odd', channel: 'web', limit: '1', currency: '%1' };
    const refused = await office.submit('/accounts', '/accounts', account);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Must be three capital letters');
    const feed = { locationId: 'store', mode: 'full', minutesAgo: '1e300' };
    expect((await office.submit('/stock/feeds', '/stock/feeds', feed)).status).toBe(422);
  });
});

describe('tracking', () => {
  it('says so when a number is unknown', async () => {
    const { status, text } = await console.visitor().get('/track/NOBODY%3Cb%3E');
    expect(status).toBe(404);
    expect(text).toContain('NOBODY&lt;b&gt;');
  });
});
