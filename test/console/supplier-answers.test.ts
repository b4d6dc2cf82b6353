import { createApiClient, type ApiClient } from '../../api/client';
import { createStore } from '../../store';
import { keyOf } from '../api/support/server';
import { startTestConsole, type TestConsole } from './support/console-server';
import { openMill, type ReleasedWork } from './support/supplier-work';

let console: TestConsole;
let released: () => Promise<ReleasedWork>;
let admin: ApiClient;

beforeAll(async () => {
  console = await startTestConsole();
  released = await openMill(console);
  admin = createApiClient({ baseUrl: console.api.url, key: keyOf('admin') });
});
afterAll(() => console.close());

async function speak(locale: 'en' | 'it'): Promise<void> {
  const terms = { name: 'Lanificio', currency: 'EUR', leadTimeDays: 3, locationId: 'mill', locale };
  await admin.put('/v1/suppliers/lanificio', terms);
}

const now = () => new Date().toISOString();

async function hold(orderId: string): Promise<void> {
  await createStore(console.api.db).placeHold({
    orderId,
    hold: {
      ...{ key: 'h1', type: 'manual', reason: 'a look', owner: 'support' },
      ...{ until: '2030-01-01T00:00:00.000Z', then: 'tellOperations' },
    },
    actor: 'support',
    at: now(),
  });
}

const release = (orderId: string): Promise<void> =>
  createStore(console.api.db).releaseHolds({
    ...{
      orderId,
      holds: ['h1'],
      actor: 'support',
      backTo: 'confirmed',
      key: 'h1',
      beginsTime: true,
      at: now(),
    },
  });

/** What the page says did not work. */
const alertOf = (text: string): string | undefined => /role="alert">(.*?)<\/p>/s.exec(text)?.[1];

describe('an order on hold', () => {
  it.each([
    ['en', 'You need not answer now', 'answer before', 'Your answer was not taken'],
    ['it', 'Per ora non serve rispondere', 'rispondere entro', 'la vostra risposta non è stata registrata'],
  ] as const)(
    'asks its supplier for nothing until it goes on (%s)',
    async (locale, rests, until, refused) => {
      await speak(locale);
      const { id, orderId, page } = await released();
      const supplier = console.visitor();
      const { csrf } = await supplier.get(page);
      await hold(orderId);
      const { text } = await supplier.get(page);
      expect(text).toContain(rests);
      expect(text).not.toMatch(/to be answered|in attesa di risposta/);
      expect(text).not.toContain(until);
      expect(text).not.toContain('<form');
      const late = await supplier.post(`${page}/confirm`, { csrf });
      expect(late.status).toBe(409);
      expect(alertOf(late.text)).toContain(refused);
      await release(orderId);
      const after = (await supplier.get(page)).text;
      expect(after).not.toContain(rests);
      expect(after).toContain(until);
      expect((await console.api.db('fulfillments').where({ id }).first()).status).toBe('allocated');
    },
  );

  it.each([
    ['en', 'Reminders that come meanwhile need no answer'],
    ['it', 'Ai solleciti che arrivano nel frattempo non serve rispondere'],
  ] as const)('has what was confirmed stay where it is (%s)', async (locale, waits) => {
    await speak(locale);
    const { orderId, page } = await released();
    const supplier = console.visitor();
    await supplier.submit(page, `${page}/confirm`, {});
    expect((await supplier.get(page)).text).not.toContain(waits);
    await hold(orderId);
    const { text } = await supplier.get(page);
    expect(text).toContain(waits);
    expect(text).not.toContain('<form');
  });

  it('is no matter of a supplier whose parcels have left', async () => {
    await speak('en');
    const { orderId, page } = await released();
    const supplier = console.visitor();
    await supplier.submit(page, `${page}/ship`, { 'carrier.1': 'gls', 'tracking.1': `L-${orderId}` });
    await hold(orderId);
    expect((await supplier.get(page)).text).not.toContain('on hold');
  });
});

describe('one parcel more', () => {
  it('keeps what was typed, saves nothing, and can be taken back', async () => {
    await speak('en');
    const { id, page } = await released();
    const supplier = console.visitor();
    const first = { 'carrier.1': 'GLS', 'tracking.1': 'T "1"', 'url.1': 'https://gls.test/1' };
    const two = await supplier.submit(page, page, { ...first, parcels: '2' });
    expect(two.status).toBe(200);
    expect(two.text).toContain('name="carrier.1" value="GLS"');
    expect(two.text).toContain('name="tracking.1" value="T &quot;1&quot;"');
    expect(two.text).toContain('name="url.1" type="url" value="https://gls.test/1"');
    expect(two.text).toContain('name="tracking.2" value=""');
    expect(two.text).not.toContain('name="tracking.3"');
    expect(two.text).not.toContain('role="alert"');
    const typed = { ...first, 'carrier.2': 'UPS', 'tracking.2': 'T2' };
    const three = await supplier.submit(page, page, { ...typed, parcels: '3' });
    expect(three.text).toContain('name="tracking.2" value="T2"');
    expect(three.text).toContain('name="tracking.3" value=""');
    const one = await supplier.submit(page, page, { ...typed, parcels: '1' });
    expect(one.text).toContain('name="carrier.1" value="GLS"');
    expect(one.text).not.toContain('name="tracking.2"');
    const { status } = await console.api.db('fulfillments').where({ id }).first();
    expect(status).toBe('allocated');
    expect(await console.api.db('packages').where('fulfillment_id', id)).toEqual([]);
  });

  it('is a button of the form, behind the one that a return key presses', async () => {
    const { page } = await released();
    const { text } = await console.visitor().get(page);
    const form = /<form[^>]*action="[^"]*\/ship".*?<\/form>/s.exec(text)![0];
    const buttons = form.match(/<button[^>]*>/g)!;
    expect(buttons).toHaveLength(2);
    expect(buttons[0]).not.toContain('formaction');
    expect(buttons[1]).toContain(`formaction="${page}"`);
    expect(buttons[1]).toMatch(/formnovalidate.*name="parcels" value="2"/);
  });

  it('offers five at most, whatever is asked for', async () => {
    const { page } = await released();
    const supplier = console.visitor();
    for (const parcels of ['5', '99']) {
      const { text } = await supplier.submit(page, page, { parcels });
      expect(text.match(/name="tracking\./g)).toHaveLength(5);
      expect(text).not.toContain('One parcel more');
    }
    const { text } = await supplier.submit(page, page, { parcels: '-1' });
    expect(text.match(/name="tracking\./g)).toHaveLength(1);
    expect((await supplier.post(page, { parcels: '2' })).status).toBe(403);
  });
});

describe('what is refused', () => {
  const parcels = { 'carrier.1': 'gls', 'tracking.1': 'A', 'carrier.2': 'gls', 'tracking.2': 'B' };
  const cases: [string, string, Record<string, string>, string, string][] = [
    ['contents', 'ship', parcels, 'Parcel 2: Must say what is in it', 'Pacco 2: Va detto che cosa contiene'],
    [
      'a carrier that is blank',
      'ship',
      { ...parcels, 'carrier.1': ' ' },
      'Parcel 1, Carrier: Is missing or too long',
      'Pacco 1, Corriere: Manca o è troppo lungo',
    ],
    [
      'a number that is blank',
      'ship',
      { ...parcels, 'tracking.2': ' ' },
      'Parcel 2, Tracking number: Is missing or too long',
      'Pacco 2, Numero di spedizione: Manca o è troppo lungo',
    ],
    [
      'a link that is none',
      'ship',
      { 'carrier.1': 'gls', 'tracking.1': 'A', 'url.1': 'gls' },
      'Parcel 1, Link to follow it, if there is one: Must begin with https://',
      'Pacco 1, Link per seguirlo, se c’è: Deve cominciare con https://',
    ],
    ['nothing at all', 'ship', {}, 'Fill in at least one parcel', 'Compilate almeno un pacco'],
    ['no reason', 'reject', { reason: ' ' }, 'Why: Is missing or too long', 'Perché: Manca o è troppo lungo'],
    [
      'a reason that says too little',
      'reject',
      { reason: 'damaged' },
      'Why: Say in a few words which goods',
      'Perché: Dite in qualche parola quale merce',
    ],
  ];
  it.each(cases)('is told in the language of the page: %s', async (_, action, form, english, italian) => {
    const { page } = await released();
    for (const [locale, words] of [
      ['en', english],
      ['it', italian],
    ] as const) {
      await speak(locale);
      const refused = await console.visitor().submit(page, `${page}/${action}`, form);
      expect(refused.status).toBe(422);
      expect(alertOf(refused.text)).toContain(words);
    }
  });

  it.each([
    ['en', '2 × Cap must be in the parcels, they hold 1', 'is known already'],
    ['it', 'Nei pacchi devono esserci 2 × Cap, ma ce ne sono 1', 'è già stato registrato'],
  ] as const)('is told with goods and numbers (%s)', async (locale, pieces, known) => {
    await speak(locale);
    const { id, page } = await released();
    const supplier = console.visitor();
    const lines = await console.api.db('fulfillment_lines').where('fulfillment_id', id).orderBy('sku');
    const [cap, shirt] = lines.map(({ line_id }) => line_id as string);
    const half = { [`pieces.1.${shirt}`]: '1', [`pieces.2.${cap}`]: '1' };
    const parcel = { 'carrier.1': 'gls', 'tracking.1': `K-${id}` };
    const uneven = await supplier.submit(page, `${page}/ship`, { ...parcels, ...half });
    expect(alertOf(uneven.text)).toContain(pieces);
    await supplier.submit(page, `${page}/ship`, parcel);
    const other = (await released()).page;
    const again = await supplier.submit(other, `${other}/ship`, parcel);
    expect(again.status).toBe(422);
    expect(alertOf(again.text)).toContain(`K-${id}`);
    expect(alertOf(again.text)).toContain(known);
  });

  it.each([
    ['en', 'it has a label of ours'],
    ['it', 'ha già una nostra etichetta'],
  ] as const)('is told when it was packed for a carrier of ours meanwhile (%s)', async (locale, labelled) => {
    await speak(locale);
    const { id, page } = await released();
    const supplier = console.visitor();
    const { csrf } = await supplier.get(page);
    await console.api.db('fulfillments').where({ id }).update({ status: 'packed' });
    const form = { csrf, 'carrier.1': 'gls', 'tracking.1': 'A' };
    const refused = await supplier.post(`${page}/ship`, form);
    expect(alertOf(refused.text)).toContain(labelled);
  });

  it('has a code for programs as well', async () => {
    const { id, orderId } = await released();
    const warehouse = createApiClient({ baseUrl: console.api.url, key: keyOf('warehouse') });
    const packages = ['A', 'B'].map((trackingNumber) => ({ carrier: 'gls', trackingNumber }));
    await expect(warehouse.post(`/v1/fulfillments/${id}/ship`, { packages })).rejects.toMatchObject({
      problem: { errors: [{ code: 'contentsMissing' }, { code: 'contentsMissing' }] },
    });
    await hold(orderId);
    await expect(warehouse.post(`/v1/fulfillments/${id}/confirm`)).rejects.toMatchObject({
      problem: { code: 'onHold', allowed: [] },
    });
  });
});
