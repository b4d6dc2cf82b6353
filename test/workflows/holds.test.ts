import { openShop, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let shop: Shop;

const rules = [
  {
    when: { all: [{ anyLine: { category: ['jewels'] } }, { firstOrder: true }] },
    type: 'fraud',
    reason: 'A new customer buys jewels',
    owner: 'risk desk',
    within: 'PT4H',
    then: 'cancelOrder',
  },
  {
    when: { paymentMethod: ['cashOnDelivery'] },
    type: 'payment',
    reason: 'Paid at the door',
    within: 'P1D',
    then: 'tellOperations',
  },
];

beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
  await shop.as.admin.put('/v1/channels/web', {
    type: 'webshop',
    name: 'Test shop',
    settings: { holds: rules, holdTerms: { credit: { owner: 'finance', within: 'PT1H' } } },
  });
  await shop.stock('RING', { north: 50 });
  await shop.as.admin.put('/v1/products/RING', { title: 'Ring', category: 'jewels', weightGrams: 10 });
  await shop.stock('MUG', { north: 50 });
});
afterAll(() => system?.stop());

const atTheDoor = [{ method: 'cashOnDelivery' }];
const open = (view: OrderView): OrderView[] => view.holds.filter((hold: OrderView) => !hold.releasedAt);
const holdOn = (id: string, body: object, key?: string): Promise<OrderView> =>
  shop.as.support.post(`/v1/orders/${id}/hold`, body, key === undefined ? {} : { idempotencyKey: key });
const release = (id: string, body: object = {}): Promise<OrderView> =>
  shop.as.support.post(`/v1/orders/${id}/release`, body);

/** Somebody at whom no rule looks: the customer of the tests orders often. */
async function placed(reference: string): Promise<string> {
  const { id } = await shop.place({ reference, lines: [{ sku: 'MUG', quantity: 1 }] });
  return id;
}

test('two rules hold an order, each for its own owner; it goes on when the last is released', async () => {
  const { id, decision } = await shop.place({
    reference: 'holds-1',
    lines: [{ sku: 'RING', quantity: 1 }],
    tenders: atTheDoor,
  });
  expect(decision).toBe('onHold');
  const held = await shop.order(id);
  expect(held.holds).toMatchObject([
    {
      type: 'fraud',
      owner: 'risk desk',
      then: 'cancelOrder',
      because: expect.stringMatching(/^Rule 1 of the channel: RING is of category jewels; it is the/),
    },
    { type: 'payment', owner: 'support', then: 'tellOperations' },
  ]);
  expect(held.waitingFor.map(({ what }: OrderView) => what)).toEqual([
    'risk desk to release the hold: A new customer buys jewels',
    'support to release the hold: Paid at the door',
  ]);
  const listed = await shop.as.support.get<OrderView>('/v1/holds', { owner: 'risk desk' });
  expect(listed.items).toMatchObject([{ orderId: id, type: 'fraud' }]);

  await expect(release(id, { holdId: 'nobody knows' })).rejects.toMatchObject({
    status: 422,
    problem: { errors: [{ pointer: '/holdId' }] },
  });
  const half = await release(id, { holdId: held.holds[0].id });
  expect(half).toMatchObject({ status: 'onHold', fulfillments: [] });
  expect(open(half)).toMatchObject([{ type: 'payment' }]);
  await release(id, { holdId: held.holds[0].id });
  await release(id, { holdId: held.holds[1].id });
  const gone = await shop.untilOrder(id, ({ status }) => status === 'confirmed');
  expect(gone.holds).toMatchObject([
    { releasedBy: expect.stringContaining('support'), releasedAt: expect.any(String) },
    { releasedAt: expect.any(String) },
  ]);
});

test('a customer who came before is not new any more', async () => {
  const { decision } = await shop.place({ reference: 'holds-2', lines: [{ sku: 'RING', quantity: 1 }] });
  expect(decision).toBe('confirmed');
});

test('people add holds to a held order; one asked twice is one, all are released at once', async () => {
  const id = await placed('holds-3');
  await holdOn(id, { reason: 'asks for another colour' });
  await holdOn(id, { type: 'credit', reason: 'over the limit' }, 'holds-3-credit');
  const held = await holdOn(id, { type: 'credit', reason: 'over the limit' }, 'holds-3-credit');
  expect(open(held)).toMatchObject([
    { type: 'manual', owner: 'support', then: 'tellOperations' },
    { type: 'credit', owner: 'finance', then: 'cancelOrder' },
  ]);
  await expect(shop.pack(held, held.fulfillments[0].id)).rejects.toThrow(/hold/);
  const free = await release(id);
  expect(free).toMatchObject({ status: 'confirmed', waitingFor: [expect.objectContaining({})] });
  expect(open(free)).toEqual([]);
  await shop.pack(free, free.fulfillments[0].id);
});

test('a hold that nobody released in time ends the order, also once it is confirmed', async () => {
  const id = await placed('holds-4');
  await holdOn(id, { type: 'credit', reason: 'over the limit' });
  await shop.fastForward(id, 'PT2H');
  const ended = await shop.untilOrder(
    id,
    ({ status, paymentStatus }) => status === 'cancelled' && paymentStatus === 'pending',
  );
  expect(ended.fulfillments).toMatchObject([{ status: 'cancelled' }]);
});

test('a hold whose deadline is told stays, and the desk hears of it once', async () => {
  const id = await placed('holds-5');
  await holdOn(id, { reason: 'calls back tomorrow', owner: 'Giulia' });
  await shop.fastForward(id, 'P4D');
  await shop.untilEvent(id, 'holdOverdue');
  expect(await shop.order(id)).toMatchObject({ status: 'onHold' });
  await release(id);
  expect(await shop.order(id)).toMatchObject({ status: 'confirmed' });
});

test('a deadline in the past is refused', async () => {
  const id = await placed('holds-6');
  await expect(holdOn(id, { reason: 'late', until: '2020-01-01T00:00:00Z' })).rejects.toMatchObject({
    status: 422,
    problem: { errors: [{ pointer: '/until' }] },
  });
});

describe('while a hold keeps an order, the time of its locations does not run', () => {
  const prepare = 'Location north to pick and pack';
  const preparing = ({ waitingFor }: OrderView): OrderView =>
    waitingFor.find(({ what }: OrderView) => what === prepare);
  const hour = 3_600_000;

  test('it says that there is no deadline, and all of the time begins at the release', async () => {
    const id = await placed('holds-7');
    const before = await shop.order(id);
    expect(preparing(before)).toMatchObject({
      until: before.fulfillments[0].actBefore,
      then: 'the lines are sourced elsewhere',
    });

    const held = await holdOn(id, { reason: 'calls back tomorrow' });
    expect(preparing(held)).toMatchObject({
      until: null,
      then: 'the time of the location begins when the order is released',
    });
    expect(held.fulfillments[0].actBefore).toBeNull();

    await shop.fastForward(id, 'P1D');
    const free = await release(id);
    const { until, then } = preparing(free);
    expect(then).toBe('the lines are sourced elsewhere');
    expect(free.fulfillments[0].actBefore).toBe(until);
    expect(Date.parse(until) - Date.parse(before.fulfillments[0].actBefore)).toBeGreaterThanOrEqual(
      24 * hour,
    );
  });

  test('what is released shortly before its first deadline stays with its location until the new one', async () => {
    const id = await placed('holds-8');
    await holdOn(id, { reason: 'calls back tomorrow' });
    await shop.fastForward(id, 'P1D');
    await release(id);
    await shop.fastForward(id, 'P1DT12H');
    // Answered by the order itself, once it has dealt with what was due before.
    await holdOn(id, { reason: 'calls back again' });
    const again = await release(id);
    expect(again.fulfillments).toMatchObject([{ locationId: 'north', status: 'allocated' }]);
    await shop.pack(again, again.fulfillments[0].id);
  });

  test('another hold still keeps it', async () => {
    const id = await placed('holds-9');
    await holdOn(id, { reason: 'one' }, 'holds-9-one');
    const held = await holdOn(id, { type: 'credit', reason: 'two' }, 'holds-9-two');
    const half = await release(id, { holdId: held.holds[0].id });
    expect(preparing(half)).toMatchObject({ until: null });
  });
});
