import { address, eur, orderInput, setUp, type OrderInput } from './support/samples';
import { expectProblem, send } from './support/send';
import { startTestApi, type TestApi } from './support/server';

/** Orders that say wrongly where they go are refused whole, with a pointer to each place that is wrong. */
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
});
afterAll(() => api.close());

type Destination = NonNullable<OrderInput['destinations']>[number];
const shirt = { sku: 'SHIRT', quantity: 1, unitPrice: eur(2000) };
const caps = { sku: 'CAP', quantity: 2, unitPrice: eur(1000) };
const aunt: Destination = { id: 'aunt', shippingAddress: { ...address, name: 'Zia Pina' } };

/** The shirt goes to the order's own address, the caps as asked. */
const withDestinations = (destinations: Destination[], to: string | null = 'aunt', more: object = {}) =>
  orderInput({ destinations, lines: [shirt, { ...caps, ...(to !== null && { destination: to }) }], ...more });
const { shippingAddress: _, delivery: __, ...placeless } = orderInput();
const all = (to: string) => [
  { ...shirt, destination: to },
  { ...caps, destination: to },
];
const parcelShop = {
  ...{ carrier: 'nobody', id: '1', name: 'Edicola' },
  address: { line1: 'Via 1', postalCode: '40123', city: 'Bologna', country: 'IT' },
};

const table: [string, unknown, string, RegExp?][] = [
  [
    'a line to an unknown destination',
    withDestinations([aunt], 'uncle'),
    '/lines/1/destination',
    /"uncle".*aunt/,
  ],
  [
    'a line to a destination where the order has none',
    orderInput({ lines: [shirt, { ...caps, destination: 'aunt' }] }),
    '/lines/1/destination',
    /has none/,
  ],
  ['a destination that nobody uses', withDestinations([aunt], null), '/destinations/0/id', /No line/],
  [
    'more destinations than lines',
    withDestinations([aunt, { ...aunt, id: 'uncle' }, { ...aunt, id: 'cousin' }]),
    '/destinations/2/id',
    /No line/,
  ],
  ['two of the same name', withDestinations([aunt, aunt]), '/destinations/1/id', /Another/],
  ['none at all', withDestinations([]), '/destinations'],
  ['an empty name', withDestinations([{ ...aunt, id: '' }], ''), '/destinations/0/id'],
  [
    'pickup at an unknown place',
    withDestinations([{ ...aunt, delivery: { mode: 'pickup', locationId: 'moon' } }]),
    '/destinations/0/delivery/locationId',
    /moon/,
  ],
  [
    'pickup where nothing is handed over',
    withDestinations([{ ...aunt, delivery: { mode: 'pickup', locationId: 'warehouse' } }]),
    '/destinations/0/delivery/locationId',
  ],
  [
    'pickup of nowhere',
    withDestinations([{ ...aunt, delivery: { mode: 'pickup' } }]),
    '/destinations/0/delivery/locationId',
  ],
  [
    'carried out to somewhere',
    withDestinations([{ ...aunt, delivery: { mode: 'carryOut', locationId: 'store' } }]),
    '/destinations/0/delivery/mode',
  ],
  [
    'somewhere for what was carried out',
    withDestinations([aunt], 'aunt', { delivery: { mode: 'carryOut', locationId: 'store' } }),
    '/destinations',
    /carried out/,
  ],
  [
    'a parcel shop of an unknown carrier',
    withDestinations([{ ...aunt, delivery: { mode: 'ship', parcelShop } }]),
    '/destinations/0/delivery/parcelShop/carrier',
    /nobody/,
  ],
  [
    'a price in another currency',
    withDestinations([{ ...aunt, shipping: { price: { amount: 100, currency: 'USD' } } }]),
    '/destinations/0/shipping/price/currency',
    /USD/,
  ],
  [
    'prices beyond the shipping price',
    withDestinations([{ ...aunt, shipping: { price: eur(501) } }]),
    '/destinations',
    /at most 500.*501/,
  ],
  [
    'prices that are not the shipping price',
    { ...placeless, lines: all('aunt'), destinations: [{ ...aunt, shipping: { price: eur(499) } }] },
    '/destinations',
    /expected 500.*499/,
  ],
  [
    'no address for anybody',
    { ...placeless, lines: all('aunt'), destinations: [{ id: 'aunt' }] },
    '/destinations/0/shippingAddress',
  ],
  [
    'a line without destination and nothing of its own',
    { ...placeless, lines: [shirt, all('aunt')[1]], destinations: [aunt] },
    '/delivery',
    /every line/,
  ],
  ['nowhere at all', placeless, '/delivery'],
];

it.each(table)('%s', async (...[, body, pointer, detail]) => {
  const { errors } = await expectProblem(await send(api, { body }), 422);
  const found = errors?.find((error) => error.pointer === pointer);
  expect(errors?.map((error) => error.pointer)).toContain(pointer);
  if (detail) expect(found?.detail).toMatch(detail);
});

it('leaves nothing behind', () => {
  expect([...api.orders.started.keys()]).toEqual([]);
});

it('takes in what is sound, as it was handed in', async () => {
  const destinations = [
    { ...aunt, shipping: { method: 'express', price: eur(200) } },
    { id: 'me', delivery: { mode: 'pickup' as const, locationId: 'store' } },
  ];
  const body = orderInput({
    destinations,
    lines: [
      { ...shirt, destination: 'me' },
      { ...caps, destination: 'aunt' },
    ],
  });
  const { id } = (await (await send(api, { body })).json()) as { id: string };
  expect([...api.orders.started.values()].find((order) => order.id === id)).toMatchObject({
    delivery: { mode: 'ship' },
    lines: [{ destination: 'me' }, { destination: 'aunt' }],
    destinations: [
      { ...destinations[0], delivery: { mode: 'ship' } },
      { ...destinations[1], shippingAddress: address },
    ],
  });
});
