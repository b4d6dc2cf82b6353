import { createApiClient, type ApiClient, type ApiProblem } from '../../api/client';
import { keyOf, startTestApi, type TestApi } from './support/server';

let api: TestApi;
let admin: ApiClient;

interface Told {
  earliest: string;
  latest: string;
  reasons: string[];
}
interface Place {
  locationId: string;
  available: number;
  readyBy: Told | null;
  sentThere: (Told & { locationId: string }) | null;
}

const place = (city: string) => ({ name: city, line1: 'Via 1', city, postalCode: '10121', country: 'IT' });
const location = (id: string, capabilities: string[], more: object = {}) =>
  admin.put(`/v1/locations/${id}`, {
    ...{ type: capabilities.includes('ship') ? 'warehouse' : 'store', name: id, address: place(id) },
    ...{ capabilities, actWithin: 'PT24H', ...more },
  });
const receive = (sku: string, locationId: string, quantity: number) =>
  admin.post('/v1/stock/movements', { movements: [{ sku, locationId, type: 'receipt', quantity }] });

beforeAll(async () => {
  api = await startTestApi();
  admin = createApiClient({ baseUrl: api.url, key: keyOf('admin') });
  await location('hub', ['ship']);
  await location('lodi', ['pickup'], { pickupWhenShort: 'send' });
  await location('pavia', ['pickup']);
  await location('como', ['pickup'], { pickupWhenShort: 'refuse' });
});
afterAll(() => api?.close());

async function placesOf(sku: string, more: object = {}): Promise<Place[]> {
  const answer = await admin.get<{ items: { pickup: Place[] }[] }>('/v1/availability', {
    ...{ sku, country: 'IT' },
    ...more,
  });
  return answer.items[0]!.pickup;
}

describe('where it can be collected', () => {
  it('tells what a store has itself, and when others could send it there', async () => {
    const sku = 'PICKUP-WHERE';
    await admin.put(`/v1/products/${sku}`, { title: 'Where' });
    expect(await placesOf(sku)).toEqual([]);
    await receive(sku, 'hub', 3);
    const [lodi, ...others] = await placesOf(sku);
    expect(others).toEqual([]);
    expect(lodi).toMatchObject({ locationId: 'lodi', available: 0, readyBy: null });
    expect(lodi!.sentThere).toMatchObject({ locationId: 'hub' });
    expect(lodi!.sentThere!.reasons.join()).toMatch(/lodi can have it ready for the customer on/);
    await receive(sku, 'lodi', 1);
    await receive(sku, 'pavia', 1);
    const both = await placesOf(sku);
    expect(both.map((each) => [each.locationId, each.available, each.sentThere === null]).sort()).toEqual([
      ['lodi', 1, false],
      ['pavia', 1, true],
    ]);
    const now = both.find(({ locationId }) => locationId === 'lodi')!;
    expect(now.readyBy!.latest < now.sentThere!.latest).toBe(true);
  });

  it('tells nothing of stores abroad', async () => {
    const sku = 'PICKUP-ABROAD';
    await admin.put(`/v1/products/${sku}`, { title: 'Abroad' });
    await receive(sku, 'hub', 3);
    expect(await placesOf(sku, { country: 'DE' })).toEqual([]);
  });
});

describe('a cart that is to be collected', () => {
  it('holds what the store has, and the rest where it is sent from', async () => {
    const sku = 'PICKUP-CART';
    await admin.put(`/v1/products/${sku}`, { title: 'Cart' });
    await admin.put('/v1/channels/web', { type: 'webshop', name: 'Web' });
    await receive(sku, 'hub', 2);
    await receive(sku, 'lodi', 1);
    const hold = (id: string, quantity: number) =>
      admin.post<{ pieces: object[] }>('/v1/reservations', {
        ...{ id, channel: 'web', locationId: 'lodi', country: 'IT' },
        lines: [{ sku, quantity }],
      });
    const tooMany = (await hold('pickup-too-many', 4).catch((error: unknown) => error)) as ApiProblem;
    expect(tooMany.problem.errors).toMatchObject([{ detail: expect.stringContaining('Only 3') as string }]);
    expect((await hold('pickup-cart', 3)).pieces).toEqual([
      { sku, locationId: 'hub', quantity: 2 },
      { sku, locationId: 'lodi', quantity: 1 },
    ]);
  });
});

describe('bad input', () => {
  const refused = async (asked: Promise<unknown>): Promise<ApiProblem> =>
    (await asked.catch((error: unknown) => error)) as ApiProblem;

  it('of what a location does when it is short', async () => {
    const problem = await refused(location('lecco', ['pickup'], { pickupWhenShort: 'perhaps' }));
    expect(problem.status).toBe(422);
    expect(problem.problem.errors).toMatchObject([{ pointer: '/pickupWhenShort' }]);
  });

  it('of an arrival: what is nowhere, and what makes no sense', async () => {
    expect((await refused(admin.post('/v1/fulfillments/ful_nowhere/arrive'))).status).toBe(404);
    for (const lines of [[], [{ lineId: 'lin_1', damaged: -1 }], [{ damaged: 1 }]])
      expect((await refused(admin.post('/v1/fulfillments/ful_nowhere/arrive', { lines }))).status).toBe(422);
  });

  it('of an order that a store without enough may not take, each store by its own pointer', async () => {
    const sku = 'PICKUP-REFUSED';
    await admin.put(`/v1/products/${sku}`, { title: 'Refused', taxRateBps: 2200 });
    await receive(sku, 'como', 1);
    const eur = (amount: number) => ({ amount, currency: 'EUR' });
    await admin.put('/v1/channels/web', { type: 'webshop', name: 'Web' });
    const collected = { mode: 'pickup', locationId: 'como' };
    const address = { ...place('Como'), name: 'Ada' };
    const order = (reference: string, lines: object[], destinations?: object[]) =>
      admin.post('/v1/orders', {
        ...{ channel: 'web', externalReference: `pickup-${reference}`, currency: 'EUR', lines, destinations },
        ...{ customer: { email: 'ada@example.org', name: 'Ada' }, shippingAddress: address },
        ...{ delivery: collected, shipping: { method: 'pickup', price: eur(0) } },
        ...{ tenders: [{ method: 'card', token: 'tok_ok', amount: eur(200) }], total: eur(200) },
      });
    const line = (more: object = {}) => ({ sku, quantity: 1, unitPrice: eur(100), ...more });
    const own = await refused(order('two', [line({ quantity: 2 })]));
    expect([own.status, own.problem.errors]).toMatchObject([422, [{ pointer: '/delivery/locationId' }]]);
    const gifts = await refused(
      order('gift', [line({ quantity: 2, destination: 'gift' })], [{ id: 'gift', delivery: collected }]),
    );
    expect(gifts.problem.errors).toMatchObject([{ pointer: '/destinations/0/delivery/locationId' }]);
    await admin.put('/v1/products/PICKUP-NONE', { title: 'None', taxRateBps: 2200 });
    const none = await refused(order('none', [line(), line({ sku: 'PICKUP-NONE' })]));
    expect(none.problem.errors).toEqual([
      {
        pointer: '/delivery/locationId',
        detail: expect.stringContaining('has 0 of 1 × "PICKUP-NONE": choose another store') as string,
      },
    ]);
  });
});
