import { createApiClient, type ApiClient } from '../../api/client';
import { setUp } from './support/samples';
import { keyOf, startTestApi, type TestApi } from './support/server';

let api: TestApi;
let admin: ApiClient;
beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
  admin = createApiClient({ baseUrl: api.url, key: keyOf('admin') });
});
afterAll(() => api.close());

const italy = {
  code: 'italy',
  from: [{ country: 'IT' }],
  to: [{ country: 'IT' }],
  rates: [{ base: 490, perKg: 50 }],
  transitDays: { min: 1, max: 2 },
};
const tariff = (more: object = {}) => ({
  carrier: 'posta',
  service: 'pacco',
  methods: ['standard'],
  currency: 'EUR',
  validFrom: '2026-01-01',
  zones: [italy],
  ...more,
});
const refusal = (id: string, body: object) =>
  admin.put(`/v1/tariffs/${id}`, body).then(
    () => 'taken',
    (error) => error.problem,
  );

test('a tariff is saved whole, read, replaced and deleted', async () => {
  const saved = await admin.put('/v1/tariffs/pacco', tariff());
  expect(saved).toMatchObject({ id: 'pacco', ...tariff(), updatedBy: 'admin:admin' });
  await admin.put('/v1/tariffs/express', tariff({ service: 'express', methods: undefined }));
  const again = tariff({
    validUntil: '2026-12-31',
    zones: [
      { ...italy, code: 'imola', to: [{ country: 'IT', postalCodes: { from: '40026', to: '40026' } }] },
      { ...italy, rates: [{ upToGrams: 2000, base: 400 }, { base: 700 }] },
    ],
  });
  await admin.put('/v1/tariffs/pacco', again);
  expect(await admin.get('/v1/tariffs/pacco')).toMatchObject({
    validUntil: '2026-12-31',
    zones: [
      { code: 'imola' },
      {
        code: 'italy',
        rates: [
          { upToGrams: 2000, base: 400, perKg: 0 },
          { base: 700, perKg: 0 },
        ],
      },
    ],
  });
  const page = await admin.get<{ items: { id: string }[]; nextCursor: string }>('/v1/tariffs', { limit: 1 });
  const next = await admin.get<{ items: object[] }>('/v1/tariffs', { cursor: page.nextCursor });
  expect([...page.items, ...next.items]).toMatchObject([
    { id: 'express', methods: ['express'] },
    { id: 'pacco' },
  ]);
  await admin.delete('/v1/tariffs/pacco');
  await admin.delete('/v1/tariffs/pacco');
  await expect(admin.get('/v1/tariffs/pacco')).rejects.toMatchObject({ status: 404 });
});

test('of a service one tariff holds at a time', async () => {
  await admin.put('/v1/tariffs/old', tariff({ service: 'lento', validUntil: '2026-06-30' }));
  expect(await refusal('new', tariff({ service: 'lento', validFrom: '2026-06-30' }))).toMatchObject({
    status: 409,
    detail: expect.stringMatching(/"old" holds for posta lento/),
  });
  expect(await refusal('new', tariff({ service: 'lento', validFrom: '2026-07-01' }))).toBe('taken');
  expect(await refusal('old', tariff({ service: 'lento' }))).toMatchObject({ status: 409 });
  const beside = api.db('tariffs').where({ id: 'old' }).update({ valid_until: null });
  await expect(beside).rejects.toThrow(/tariffs_one_at_a_time/);
});

test('what cannot be reckoned with is refused, and pointed at', async () => {
  const pointers = async (body: object) =>
    (await refusal('bad', body)).errors.map(({ pointer }: { pointer: string }) => pointer);
  const zones = (...more: object[]) => tariff({ zones: more.map((each) => ({ ...italy, ...each })) });
  expect(await pointers(tariff({ carrier: 'nobody' }))).toEqual(['/carrier']);
  expect(await pointers(zones({}, { code: 'again' }))).toEqual(['/zones/1']);
  expect(await pointers(zones({ from: [{ locationId: 'moon' }] }))).toEqual(['/zones/0/from/0/locationId']);
  expect(
    await pointers(zones({ to: [{ country: 'IT', postalCodes: { from: '39', to: '40100' } }] })),
  ).toEqual(['/zones/0/to/0/postalCodes/to']);
  expect(await pointers(tariff({ currency: 'XXQ' }))).toEqual(['/currency']);
  expect(await pointers(zones({ rates: [{ base: -1 }] }))).toEqual(['/zones/0/rates/0/base']);
  expect(await pointers(zones({ to: [] }))).toEqual(['/zones/0/to']);
  expect(await pointers(zones({ transitDays: { min: 2, max: 1 } }))).toEqual(['/zones/0/transitDays/max']);
  await expect(admin.get('/v1/tariffs/bad')).rejects.toMatchObject({ status: 404 });
});

test('who may read them may not change them, and shops do not see them', async () => {
  const [support, channel] = (['support', 'channel'] as const).map((role) =>
    createApiClient({ baseUrl: api.url, key: keyOf(role) }),
  );
  expect(await support!.get('/v1/tariffs')).toHaveProperty('items');
  await expect(support!.put('/v1/tariffs/mine', tariff())).rejects.toMatchObject({ status: 403 });
  await expect(channel!.get('/v1/tariffs')).rejects.toMatchObject({ status: 403 });
});

test('a shop window counts by the tariff, of the zone that the postal code lies in', async () => {
  await admin.post('/v1/stock/movements', {
    movements: [{ sku: 'SHIRT', locationId: 'warehouse', type: 'receipt', quantity: 3 }],
  });
  const reasons = async (postalCode: string) => {
    const answer = await admin.get<{ items: { promise: { reasons: string[] } }[] }>('/v1/availability', {
      ...{ sku: 'SHIRT', country: 'IT', service: 'priority', postalCode },
    });
    return answer.items[0]!.promise.reasons.join();
  };
  expect(await reasons('39100')).toMatch(/priority takes 1 to 3 working days.*no tariff covers the way/);
  const north = { ...italy, code: 'north', to: [{ country: 'IT', postalCodes: { from: '39', to: '39' } }] };
  await admin.put('/v1/tariffs/priority', {
    ...tariff({ service: 'priority', methods: undefined }),
    zones: [italy, { ...north, transitDays: { min: 4, max: 6 } }],
  });
  expect(await reasons('39100')).toMatch(/posta priority takes 4 to 6 working days.*zone north/);
  expect(await reasons('40026')).toMatch(/posta priority takes 1 to 2 working days.*zone italy/);
});
