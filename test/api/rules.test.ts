import { createApiClient, type ApiClient } from '../../api/client';
import type { RuleSet } from '../../domain/rules/types';
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

interface Version {
  number: number;
  note: string;
  rules: RuleSet;
  isInForce: boolean;
}

const rest = {
  code: 'rest',
  when: { all: [] },
  decides: 'software',
  filters: [],
  scores: {},
  allocation: { split: 'allow' },
  onShortage: { then: 'backorder' },
};
const rulesNamed = (name: string, more: object[] = []) => ({
  name,
  currency: 'EUR',
  scenarios: [...more, rest],
});

const tariff = {
  ...{ carrier: 'posta', service: 'standard', currency: 'EUR', validFrom: '2026-01-01' },
  zones: [
    {
      ...{ code: 'italy', from: [{ country: 'IT' }], to: [{ country: 'IT' }] },
      ...{ rates: [{ base: 490 }], transitDays: { min: 1, max: 2 } },
    },
  ],
};

const refusal = (body: object) =>
  admin.put('/v1/rules/draft', body).then(
    () => 'taken',
    (error) => error.problem.errors,
  );

const withFirst = (change: object) => rulesNamed('x', [{ ...rest, code: 'first', ...change }]);
const withRest = (change: object) => ({ name: 'x', currency: 'EUR', scenarios: [{ ...rest, ...change }] });

test('a draft becomes a version, versions stay, and an older one can be published again', async () => {
  expect(await admin.get('/v1/rules/draft')).toMatchObject({
    isSaved: false,
    rules: { name: 'built-in', version: 'draft' },
  });
  await expect(admin.post('/v1/rules/publish', { note: 'nothing' })).rejects.toMatchObject({ status: 409 });

  await admin.put('/v1/rules/draft', { ...rulesNamed('spring'), version: '77' });
  expect(await admin.get('/v1/rules/draft')).toMatchObject({
    isSaved: true,
    rules: { name: 'spring', version: 'draft' },
    updatedBy: 'admin:admin',
  });
  const first = await admin.post<Version>('/v1/rules/publish', { note: 'begins' });
  expect(first).toMatchObject({ number: 1, note: 'begins', rules: { name: 'spring', version: '1' } });
  await admin.put('/v1/rules/draft', rulesNamed('summer'));
  await admin.post('/v1/rules/publish', { note: 'warmer' });
  const back = await admin.post<Version>('/v1/rules/publish', { note: 'back again', version: 1 });
  expect(back).toMatchObject({ number: 3, isInForce: true, rules: { name: 'spring', version: '3' } });
  expect(await admin.get('/v1/rules/draft')).toMatchObject({ rules: { name: 'summer' } });

  const page = await admin.get<{ items: Version[]; nextCursor: string }>('/v1/rules/versions', { limit: 2 });
  const next = await admin.get<{ items: Version[] }>('/v1/rules/versions', { cursor: page.nextCursor });
  expect([...page.items, ...next.items].map(({ number, isInForce }) => [number, isInForce])).toEqual([
    [3, true],
    [2, false],
    [1, false],
  ]);
  expect(await admin.get('/v1/rules/versions/2')).toMatchObject({
    note: 'warmer',
    rules: { name: 'summer' },
  });
  await expect(admin.get('/v1/rules/versions/9')).rejects.toMatchObject({ status: 404 });
  const change = api.db('rule_versions').where({ number: 1 }).update({ note: 'other' });
  await expect(change).rejects.toThrow(/append only/);
});

test('one request to publish makes one version, however often it comes', async () => {
  const input = {
    ...{ key: 'same', note: 'n', actor: 'test', at: '2026-03-02T10:00:00.000Z' },
    rules: rulesNamed('once') as unknown as RuleSet,
  };
  const versions = await Promise.all([1, 2, 3].map(() => api.deps.store.publishRules(input)));
  expect(new Set(versions.map(({ number }) => number)).size).toBe(1);
  expect(versions[1]).toEqual(versions[0]);
});

test('each place at fault is pointed at, in words', async () => {
  const pointers = async (body: object) =>
    (await refusal(body)).map((each: { pointer: string }) => each.pointer);
  expect(await refusal({ currency: 'EUR', scenarios: [] })).toEqual([
    { pointer: '/name', detail: 'Is missing' },
    { pointer: '/scenarios', detail: 'Must have at least 1 entry' },
  ]);
  expect(await pointers(withRest({ when: { contry: ['IT'] } }))).toEqual(['/scenarios/0/when']);
  expect(await refusal(withRest({ when: { all: [{ country: ['Italy'] }] } }))).toEqual([
    { pointer: '/scenarios/0/when/all/0/country/0', detail: expect.stringContaining('pattern') },
  ]);
  expect(await pointers(withRest({ filters: [{ hasTag: [] }, { country: 'some' }, {}] }))).toEqual([
    '/scenarios/0/filters/0/hasTag',
    '/scenarios/0/filters/1/country',
    '/scenarios/0/filters/2',
  ]);
  expect(await pointers(withRest({ scores: { perKm: -1, perMile: 2 }, decides: 'chance' }))).toEqual(
    expect.arrayContaining([
      '/scenarios/0/scores/perKm',
      '/scenarios/0/scores/perMile',
      '/scenarios/0/decides',
    ]),
  );
  expect(await pointers(withRest({ filters: [{ locationIn: ['warehouse', 'moon'] }] }))).toEqual([
    '/scenarios/0/filters/0/locationIn/1',
  ]);
});

test('what nothing has now is told, and may be published', async () => {
  const when = { all: [{ channelType: ['kiosk'] }, { not: { anyLine: { category: ['Nowhere'] } } }] };
  const filters = [{ locationType: ['reseller'] }, { maxDistanceKm: 5 }, { hasTag: ['never-a-tag'] }];
  const rules = rulesNamed('slips', [
    { ...rest, code: 'slip', when, filters },
    {
      ...{ ...rest, code: 'nobody', when: { hazard: true } },
      filters: [{ locationIn: ['warehouse'] }, { locationNotIn: ['warehouse'] }],
    },
  ]);
  const told = [
    ['/scenarios/0/when/all/0/channelType/0', 'No channel is of type "kiosk" now'],
    ['/scenarios/0/when/all/1/not/anyLine/category/0', 'No product is of category "Nowhere" now'],
    ['/scenarios/0/filters/0', 'No location passes it now: nobody would supply'],
    ['/scenarios/0/filters/2', 'No location passes it now: nobody would supply'],
    ['/scenarios/1/filters', 'No location passes all of them now: nobody would supply'],
  ].map(([pointer, detail]) => ({ pointer, detail }));
  expect(await admin.put('/v1/rules/draft', rules)).toMatchObject({ warnings: told });
  expect(await admin.get('/v1/rules/draft')).toMatchObject({ warnings: told });
  expect(await admin.post('/v1/rules/publish', { note: 'slips' })).toMatchObject({ warnings: told });
  expect(await admin.put('/v1/rules/draft', rulesNamed('none'))).toMatchObject({ warnings: [] });
});

test('tags that nothing has are told, each word that is wrong, of goods and of locations', async () => {
  await admin.put('/v1/products/TAGGED', { title: 'Tagged', tags: ['bulky'] });
  const warehouse: object = await admin.get('/v1/locations/warehouse');
  const { id: _, ...fields } = warehouse as { id: string };
  await admin.put('/v1/locations/warehouse', { ...fields, tags: ['cool'] });
  const warned = async (change: object) =>
    (await admin.put<{ warnings: object[] }>('/v1/rules/draft', withFirst(change))).warnings;
  const when = { any: [{ everyLine: { tag: ['bulky', 'bulki'] } }, { hazard: true }] };
  const filters = [{ hasTag: ['cool', 'kool'] }, { hasNoTag: ['kool'] }];
  expect(await warned({ when, filters })).toEqual([
    {
      pointer: '/scenarios/0/when/any/0/everyLine/tag/1',
      detail: 'No product has the tag "bulki" now',
    },
    { pointer: '/scenarios/0/filters/0/hasTag/1', detail: 'No location has the tag "kool" now' },
    {
      pointer: '/scenarios/0/filters/1/hasNoTag/0',
      detail: 'No location is kept out by the tag "kool" now',
    },
  ]);
  // Nobody has ordered here: which groups there are is not known.
  expect(await warned({ when: { customerGroup: ['staff'] } })).toEqual([]);
});

test('rules weigh what shipping costs only where a tariff tells it', async () => {
  const scores = { shippingCost: 1, perDay: 50, stockAge: 2, overstock: 100 };
  expect(await refusal(withRest({ scores }))).toEqual([
    {
      pointer: '/scenarios/0/scores/shippingCost',
      detail: expect.stringMatching(/No tariff in EUR is kept/),
    },
    { pointer: '/scenarios/0/scores/perDay', detail: expect.any(String) },
  ]);
  expect(await refusal(withRest({ scores: { withoutTariff: 5 } }))).toMatchObject([
    { pointer: '/scenarios/0/scores/withoutTariff' },
  ]);
  await admin.put('/v1/tariffs/past', { ...tariff, validUntil: '2026-01-31' });
  expect(await refusal(withRest({ scores }))).toHaveLength(2);
  await admin.put('/v1/tariffs/posta', { ...tariff, validFrom: '2026-02-01' });
  expect(await refusal(withRest({ scores }))).toBe('taken');
  expect(await refusal({ ...withRest({ scores }), currency: 'CHF' })).toHaveLength(2);
});

test('who may read the rules may not change them', async () => {
  const support = createApiClient({ baseUrl: api.url, key: keyOf('support') });
  expect(await support.get('/v1/rules/schema')).toMatchObject({ title: 'Sourcing rules' });
  await expect(support.put('/v1/rules/draft', rulesNamed('mine'))).rejects.toMatchObject({ status: 403 });
  await expect(support.post('/v1/rules/publish', { note: 'mine' })).rejects.toMatchObject({ status: 403 });
});

test('a draft that nobody could walk down or keep is refused at its place', async () => {
  const deep = (depth: number): object => (depth === 0 ? { all: [] } : { not: deep(depth - 1) });
  const [tooDeep] = await refusal(rulesNamed('x', [{ ...rest, code: 'deep', when: deep(1500) }]));
  expect(tooDeep).toMatchObject({
    pointer: expect.stringMatching(/^\/scenarios\/0\/when(\/not)+$/),
    detail: 'Must not be nested deeper than 50',
  });
  for (const tag of ['a\u0000b', 'half \ud800'])
    expect(await refusal(withRest({ filters: [{ hasTag: [tag] }] }))).toEqual([
      {
        pointer: '/scenarios/0/filters/0/hasTag/0',
        detail: 'Must not contain U+0000 or half a surrogate pair',
      },
    ]);
});

test('a draft of which very much is wrong is told some of it, and keeps nobody waiting', async () => {
  const wrong = (count: number) => withRest({ when: { all: Array(count).fill(1) } });
  expect(await refusal(wrong(100))).toHaveLength(50);
  // To tell all of so many took minutes, in which nobody was answered.
  expect(await refusal(wrong(20_000))).toEqual([
    { pointer: '/scenarios/0/when/all/0', detail: expect.stringContaining('exactly one of the keys') },
  ]);
});
