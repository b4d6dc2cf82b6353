import type { ApiProblem } from '../../api/client';
import { createApiClient, type ApiClient } from '../../api/client';
import { eur } from './support/samples';
import { expectProblem, send } from './support/send';
import { keyOf, startTestApi, type TestApi } from './support/server';

let api: TestApi;
let admin: ApiClient;
beforeAll(async () => {
  api = await startTestApi();
  admin = createApiClient({ baseUrl: api.url, key: keyOf('admin') });
});
afterAll(() => api.close());

const address = { line1: 'Via Emilia 10', postalCode: '40026', city: 'Imola', country: 'IT' };

interface List {
  items: Record<string, unknown>[];
  nextCursor?: string;
}

async function readAll(path: string): Promise<Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = [];
  let cursor: string | undefined;
  do {
    const page: List = await admin.get(path, { limit: 2, cursor });
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return all;
}

describe('products', () => {
  const full = {
    title: 'Cup “Ærø” 🍵',
    price: eur(1250),
    taxRateBps: 2200,
    weightGrams: 350,
    dimensionsMm: { length: 120, width: 90, height: 100 },
    gtin: '4006381333931',
    category: 'kitchen',
    tags: ['fragile'],
    hazard: true,
  };

  it('are kept as they were given', async () => {
    expect(await admin.put('/v1/products/CUP', full)).toEqual({ sku: 'CUP', ...full });
    expect(await admin.get('/v1/products/CUP')).toEqual({ sku: 'CUP', ...full });
  });

  it('are replaced whole', async () => {
    await admin.put('/v1/products/PLATE', { ...full, gtin: '96385074' });
    await admin.put('/v1/products/PLATE', { title: 'Plate' });
    expect(await admin.get('/v1/products/PLATE')).toEqual({ sku: 'PLATE', title: 'Plate' });
  });

  const found = async (q: string) =>
    (await admin.get<List>('/v1/products', { q })).items.map(({ sku }) => sku);

  it('are found by the GTIN that a scanner reads, whatever zeros stand before it, and by a part of it', async () => {
    await admin.put('/v1/products/SCANNED', { title: 'Scanned', gtin: '036000291452' });
    // A title that says the same is not what was scanned.
    await admin.put('/v1/products/LEAFLET', { title: 'Leaflet of 036000291452' });
    for (const code of ['036000291452', '0036000291452', '00036000291452'])
      expect(await found(code)).toEqual(['SCANNED']);
    expect(await found('0291452')).toEqual(['LEAFLET', 'SCANNED']);
    expect(await found('036000291453')).toEqual([]);
  });

  it('are found by a SKU that is written as a GTIN, too', async () => {
    await admin.put('/v1/products/5901234123457', { title: 'Its SKU is its GTIN' });
    expect(await found('5901234123457')).toEqual(['5901234123457']);
  });

  it('do not share a GTIN, not with zeros before it either, nor when two take it at once', async () => {
    await admin.put('/v1/products/FIRST', { title: 'First', gtin: '73513537' });
    const refused = await send(api, {
      ...{ method: 'PUT', path: '/v1/products/SECOND' },
      body: { title: 'Second', gtin: '00000073513537' },
    });
    const { errors } = await expectProblem(refused, 422);
    expect(errors).toMatchObject([{ pointer: '/gtin', detail: expect.stringContaining('"FIRST"') }]);
    await admin.put('/v1/products/FIRST', { title: 'First, changed', gtin: '73513537' });

    const bodies = ['ONE', 'TWO', 'THREE', 'FOUR'].map((sku) => ({
      ...{ method: 'PUT' as const, path: `/v1/products/${sku}` },
      body: { title: sku, gtin: '012345678905' },
    }));
    const answers = await Promise.all(bodies.map((each) => send(api, each)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422, 422]);
  });

  it('may have any SKU that can be written', async () => {
    const sku = 'A/B c+d%?#ü';
    await admin.put(`/v1/products/${encodeURIComponent(sku)}`, { title: 'Odd' });
    expect(await admin.get(`/v1/products/${encodeURIComponent(sku)}`)).toEqual({ sku, title: 'Odd' });
  });

  it('are listed by SKU and found by a part of SKU or title', async () => {
    const skus = (await readAll('/v1/products')).map(({ sku }) => sku);
    expect(skus).toEqual(expect.arrayContaining(['CUP', 'PLATE']));
    expect(new Set(skus).size).toBe(skus.length);
    expect((await admin.get<List>('/v1/products', { q: 'ærø' })).items).toMatchObject([{ sku: 'CUP' }]);
    expect((await admin.get<List>('/v1/products', { q: '%' })).items).toMatchObject([{ sku: 'A/B c+d%?#ü' }]);
  });
});

describe('locations', () => {
  it('take the defaults for what is left out', async () => {
    const sent = { type: 'warehouse', name: 'Imola', address, capabilities: ['ship', 'returns'] };
    const expected = {
      id: 'imola',
      ...sent,
      address: { ...address, name: 'Imola' },
      priority: 100,
      actWithin: 'P2D',
      tags: [],
      assortment: 'all',
      hazardAllowed: false,
      pickupWhenShort: 'wait',
    };
    expect(await admin.put('/v1/locations/imola', sent)).toEqual(expected);
    expect(await admin.get('/v1/locations/imola')).toEqual(expected);
  });

  it('keep what is given', async () => {
    const sent = {
      type: 'store',
      name: 'Milano',
      address: { ...address, name: 'Ordito Milano', point: { lat: 45.47, lng: 9.18 } },
      capabilities: ['pickup'],
      priority: 1,
      actWithin: 'PT4H30M',
      tags: ['flagship', 'centre'],
      capacityPerDay: 40,
      pickCost: eur(45),
      calendar: {
        timeZone: 'Europe/Rome',
        weekdays: {
          mon: { open: '09:00', close: '19:30', cutOff: '15:00' },
          sat: { open: '10:00', close: '24:00' },
        },
        holidays: ['2026-12-25'],
        closures: [{ from: '2026-08-10', to: '2026-08-21' }],
      },
      assortment: 'listed',
      hazardAllowed: true,
      pickupWhenShort: 'send',
    };
    expect(await admin.put('/v1/locations/milano', sent)).toEqual({ id: 'milano', ...sent });
    expect((await readAll('/v1/locations')).map(({ id }) => id)).toEqual(['imola', 'milano']);
  });
});

describe('what a location tells of itself', () => {
  const refused = async (more: object) => {
    const sent = { type: 'store', name: 'X', address, capabilities: [], ...more };
    const error = await admin.put('/v1/locations/X', sent).catch((each: ApiProblem) => each);
    const errors = (error as ApiProblem).problem.errors as { pointer: string }[];
    return errors.map(({ pointer }) => pointer);
  };
  const monday = (hours: object) => ({ calendar: { timeZone: 'UTC', weekdays: { mon: hours } } });

  it.each([
    [{ tags: ['a', 'a'] }, '/tags'],
    [{ tags: [' '] }, '/tags/0'],
    [{ capacityPerDay: -1 }, '/capacityPerDay'],
    [{ pickCost: { amount: 1.5, currency: 'EUR' } }, '/pickCost/amount'],
    [{ assortment: 'some' }, '/assortment'],
    [{ calendar: { timeZone: 'Mars/Olympus', weekdays: {} } }, '/calendar/timeZone'],
    [{ calendar: { timeZone: 'UTC', weekdays: { someday: {} } } }, '/calendar/weekdays'],
    [monday({ open: '08:60', close: '18:00' }), '/calendar/weekdays/mon/open'],
    [monday({ open: '18:00', close: '08:00' }), '/calendar/weekdays/mon/close'],
    [monday({ open: '08:00', close: '18:00', cutOff: '19:00' }), '/calendar/weekdays/mon/cutOff'],
    [{ calendar: { timeZone: 'UTC', weekdays: {}, holidays: ['2026-02-30'] } }, '/calendar/holidays/0'],
    [
      { calendar: { timeZone: 'UTC', weekdays: {}, closures: [{ from: '2026-02-02', to: '2026-02-01' }] } },
      '/calendar/closures/0/to',
    ],
  ])('is refused where it cannot be: %j', async (more, pointer) => {
    expect((await refused(more)).map((each) => each.replace(/\/someday$/, ''))).toEqual([pointer]);
  });

  it('includes what it carries, replaced whole or changed', async () => {
    for (const sku of ['A-1', 'A-2', 'A-3']) await admin.put(`/v1/products/${sku}`, { title: sku });
    const path = '/v1/locations/imola/assortment';
    await admin.put(path, { skus: ['A-1', 'A-2'] });
    await admin.put(path, { skus: ['A-2', 'A-3'] });
    expect((await readAll(path)).map(({ sku }) => sku)).toEqual(['A-2', 'A-3']);
    await admin.post(path, { add: ['A-1'], remove: ['A-3', 'never there'] });
    expect((await readAll(path)).map(({ sku }) => sku)).toEqual(['A-1', 'A-2']);
    await expect(admin.put(path, { skus: ['A-1', 'NOPE'] })).rejects.toMatchObject({
      status: 422,
      problem: { errors: [{ pointer: '/skus/1', detail: expect.stringContaining('NOPE') }] },
    });
    await expect(admin.post(path, { add: ['NOPE'] })).rejects.toMatchObject({
      problem: { errors: [{ pointer: '/add/0' }] },
    });
    expect((await readAll(path)).map(({ sku }) => sku)).toEqual(['A-1', 'A-2']);
    await expect(admin.put('/v1/locations/moon/assortment', { skus: [] })).rejects.toMatchObject({
      status: 404,
    });
    await expect(admin.get('/v1/locations/moon/assortment')).rejects.toMatchObject({ status: 404 });
  });
});

describe('channels', () => {
  it('keep their settings, durations as ISO 8601 outside and milliseconds inside', async () => {
    const settings = { returnWindow: 'P30D', transferWithin: 'PT36H', holdAbove: 50_000 };
    const shown = { ...settings, transferWithin: 'P1DT12H' };
    const sent = { type: 'webShop', name: 'Web' };
    expect(await admin.put('/v1/channels/web', { ...sent, settings })).toEqual({
      code: 'web',
      ...sent,
      settings: shown,
      warnings: [],
    });
    expect(await admin.get('/v1/channels/web')).toMatchObject({ settings: shown });
    const row = await api.db('channels').where({ code: 'web' }).first('settings');
    expect(row.settings).toEqual({
      returnWindowMs: 30 * 86_400_000,
      transferWithinMs: 36 * 3_600_000,
      holdAbove: 50_000,
    });
    expect(await readAll('/v1/channels')).toHaveLength(1);
  });
});

describe('rules of holds', () => {
  const save = (holds: unknown[]): Promise<unknown> =>
    admin.put('/v1/channels/web', { type: 'webShop', name: 'Web', settings: { holds } });
  const rule = { when: { firstOrder: true }, type: 'fraud', reason: 'New customer' };

  it('are kept as they were sent', async () => {
    const holds = [{ ...rule, owner: 'risk', within: 'PT4H', then: 'tellOperations' }, rule];
    const holdTerms = { manual: { owner: 'Giulia', within: 'P1D' } };
    const settings = { holds, holdTerms };
    const body = { type: 'webShop', name: 'Web', settings };
    expect(await admin.put('/v1/channels/web', body)).toMatchObject({ settings });
    expect(await admin.get('/v1/channels/web')).toMatchObject({ settings });
  });

  it('tell what nothing has now, and hold all the same', async () => {
    await admin.put('/v1/products/BOWL', { title: 'Bowl', category: 'kitchen', tags: ['fragile'] });
    const when = { all: [{ anyLine: { category: ['kitchen', 'kichen'], tag: ['fragile', 'fragil'] } }] };
    const at = '/settings/holds/1/when/all/0/anyLine';
    expect(await save([rule, { ...rule, when }])).toMatchObject({
      warnings: [
        { pointer: `${at}/category/1`, detail: 'No product is of category "kichen" now' },
        { pointer: `${at}/tag/1`, detail: 'No product has the tag "fragil" now' },
      ],
    });
  });

  it.each([
    [{ country: ['Italy'] }, '/settings/holds/1/when/country/0'],
    [{ colour: ['red'] }, '/settings/holds/1/when'],
    [{ all: [{ channel: ['moon'] }] }, '/settings/holds/1/when/all/0/channel/0'],
    [{ time: { zone: 'Mars' } }, '/settings/holds/1/when/time/zone'],
    [{ orderValue: { atLeast: 5, below: 5, currency: 'EUR' } }, '/settings/holds/1/when/orderValue/below'],
    [{ paymentMethod: ['shells'] }, '/settings/holds/1/when/paymentMethod/0'],
  ])('are refused at the place at fault: %j', async (when, pointer) => {
    await expect(save([rule, { ...rule, when }])).rejects.toMatchObject({
      status: 422,
      problem: { errors: [{ pointer }] },
    });
  });

  it('name a type, an end and a time that there are', async () => {
    await expect(save([{ ...rule, type: 'mood', then: 'shrug', within: 'soon' }])).rejects.toMatchObject({
      status: 422,
      problem: {
        errors: expect.arrayContaining(
          ['type', 'then', 'within'].map((field) =>
            expect.objectContaining({ pointer: `/settings/holds/0/${field}` }),
          ),
        ),
      },
    });
  });
});

describe('gift cards', () => {
  it('are opened once, with a line in the ledger', async () => {
    const opened = { code: 'GIFT-1', balance: eur(5000), held: eur(0) };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => admin.put('/v1/gift-cards/GIFT-1', { balance: eur(5000) })),
    );
    for (const answer of answers) expect(answer).toEqual(opened);
    expect(await admin.get('/v1/gift-cards/GIFT-1')).toEqual(opened);
    expect(await api.db('credit_ledger').where({ code: 'GIFT-1' }).select('balance')).toEqual([
      { balance: 5000 },
    ]);
  });

  it('are not opened again with another value or currency', async () => {
    for (const balance of [eur(4000), { amount: 5000, currency: 'SEK' }])
      await expect(admin.put('/v1/gift-cards/GIFT-1', { balance })).rejects.toMatchObject({ status: 409 });
    expect(await admin.get('/v1/gift-cards/GIFT-1')).toMatchObject({ balance: eur(5000) });
  });
});
