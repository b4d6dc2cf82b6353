import type { Scenario } from '../../domain/rules/types';
import { mailsOf } from '../support/mails';
import { openShop, piecePrice, shippingPrice, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

/** Orders whose goods go to several places, on the whole system. */
let system: TestSystem;
let shop: Shop;
beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
});
afterAll(() => system?.stop());

const aunt = {
  ...{ name: 'Zia Pina', line1: 'Via Toledo 5', postalCode: '80132', city: 'Napoli', country: 'IT' },
  point: { lat: 40.84, lng: 14.25 },
};
const mode = { mode: 'ship' };

const stockOf = (sku: string) =>
  system.db('stock').where({ sku }).orderBy('location_id').select('location_id', 'on_hand', 'allocated');
const documentsOf = (id: string, kind: string) =>
  system.db('documents').where({ order_id: id, kind }).orderBy('id').pluck('content');

const isToPack = ({ status, releasedAt }: OrderView): boolean =>
  status === 'allocated' && releasedAt !== null;

async function shipAll(id: string): Promise<OrderView> {
  const isReady = (wait: OrderView): boolean => /pick and pack/.test(wait.what);
  const view = await shop.untilOrder(id, (each) => each.waitingFor.some(isReady));
  for (const work of view.fulfillments.filter(isToPack)) {
    await shop.pack(view, work.id);
    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ship`);
  }
  return shop.order(id);
}

const order = (reference: string, sku: string, quantities: [own: number, aunt: number]) => ({
  reference,
  lines: [
    { sku, quantity: quantities[0] },
    { sku, quantity: quantities[1], destination: 'aunt' },
  ],
  destinations: [{ id: 'aunt', shippingAddress: aunt, shipping: { method: 'express' } }],
});

describe('a gift order to two addresses', () => {
  test('goes to each from where it is best, with its own label, slip, mails and page', async () => {
    await shop.stock('GIFT', { north: 3, south: 3 });
    const { id, decision } = await shop.place(order('gift', 'GIFT', [1, 2]));
    expect(decision).toBe('confirmed');
    let view = await shipAll(id);
    const byDestination = (each: OrderView) => [each.destination, each.locationId, each.lines[0].quantity];
    expect(view.fulfillments.map(byDestination)).toEqual([
      [null, 'north', 1],
      ['aunt', 'south', 2],
    ]);
    const labels = await documentsOf(id, 'shippingLabel');
    expect(labels.map(({ recipient, service }) => [recipient.name, service]).sort()).toEqual([
      ['Anna Bianchi', 'standard'],
      ['Zia Pina', 'express'],
    ]);
    const slips = await documentsOf(id, 'packingSlip');
    expect(slips.map(({ shippingAddress }) => shippingAddress.city).sort()).toEqual(['Bologna', 'Napoli']);
    const work = await shop.as.warehouse.get<OrderView>(`/v1/fulfillments/${view.fulfillments[1].id}`);
    expect(work).toMatchObject({ destination: 'aunt', recipient: aunt, shippingMethod: 'express' });

    await shop.report(view, 'delivered');
    view = await shop.untilOrder(id, (each) => each.paymentStatus === 'captured');
    await shop.untilEvent(id, 'delivered', 2);
    expect(view.payments[0].captured.amount).toBe(3 * piecePrice + shippingPrice);
    const [confirmed] = await mailsOf(system.db, id, 'orderConfirmed');
    expect(confirmed.data.destinations.map(({ address }: OrderView) => address.name)).toEqual([
      'Anna Bianchi',
      'Zia Pina',
    ]);
    for (const template of ['shipped', 'delivered']) {
      const names = (await mailsOf(system.db, id, template)).map(({ data }) => data.recipient.name);
      expect(names.sort()).toEqual(['Anna Bianchi', 'Zia Pina']);
    }
    expect(await shop.as.support.get(`/v1/orders?q=${encodeURIComponent('zia pina')}`)).toMatchObject({
      items: [{ id }],
    });

    const lines = (positions: number[]) =>
      positions.map((at) => ({ lineId: view.lines[at].id, quantity: 1, reason: 'tooSmall' }));
    const ask = { orderId: id, mode: 'parcel', refundTo: 'tenders' };
    await expect(shop.as.support.post('/v1/returns', { ...ask, lines: lines([0, 1]) })).rejects.toMatchObject(
      {
        problem: { errors: [{ pointer: '/lines/1/lineId' }] },
      },
    );
    await shop.as.support.post('/v1/returns', { ...ask, lines: lines([1]) });
    await shop.untilEvent(id, 'returnLabelSent');
    expect(await documentsOf(id, 'returnLabel')).toMatchObject([{ sender: { name: 'Zia Pina' } }]);
  });

  test('keeps its address when a location refuses, and when it has to wait for stock', async () => {
    await shop.stock('GIFT2', { north: 1, south: 1 });
    const { id, decision } = await shop.place(order('gift2', 'GIFT2', [1, 2]));
    expect(decision).toBe('backordered');
    const view = await shop.order(id);
    const gift = view.fulfillments.find(({ destination }: OrderView) => destination === 'aunt');
    await shop.as.warehouse.post(`/v1/fulfillments/${gift.id}/reject`, { reason: 'damaged' });
    const movements = [{ sku: 'GIFT2', locationId: 'north', type: 'receipt', quantity: 2 }];
    await shop.as.warehouse.post('/v1/stock/movements', { movements });
    const isThere = (each: OrderView): boolean =>
      each.lines.every(({ byState, quantity }: OrderView) => byState.allocated === quantity);
    const after = await shop.untilOrder(id, isThere);
    const open = after.fulfillments.filter(({ status }: OrderView) => status === 'allocated');
    expect(open.filter(({ destination }: OrderView) => destination === 'aunt')).not.toHaveLength(0);
    for (const each of open)
      for (const { lineId } of each.lines)
        expect(after.lines.find((line: OrderView) => line.id === lineId).destination).toBe(each.destination);
  });

  test('takes the stock of both at once, or waits for what is not there', async () => {
    await shop.stock('SCARCE', { north: 2 });
    const orders = await Promise.all(
      [1, 2, 3].map((n) => shop.place(order(`scarce-${n}`, 'SCARCE', [1, 1]))),
    );
    expect(orders.filter(({ decision }) => decision === 'confirmed')).toHaveLength(1);
    expect(await stockOf('SCARCE')).toEqual([{ location_id: 'north', on_hand: 2, allocated: 2 }]);
  });

  test('may be collected in part, and every line may name where it goes', async () => {
    await shop.stock('PARTS', { north: 2, store: 1 });
    const money = (amount: number) => ({ amount, currency: 'EUR' });
    const total = money(3 * piecePrice + shippingPrice);
    const { id } = await shop.as.channel.post<{ id: string }>(
      '/v1/orders',
      {
        ...{ channel: 'web', externalReference: 'parts', currency: 'EUR', total },
        customer: { email: 'anna@example.org', name: 'Anna Bianchi', locale: 'en' },
        lines: [
          { sku: 'PARTS', quantity: 2, unitPrice: money(piecePrice), destination: 'aunt' },
          { sku: 'PARTS', quantity: 1, unitPrice: money(piecePrice), destination: 'me' },
        ],
        destinations: [
          { id: 'aunt', shippingAddress: aunt, delivery: mode },
          { id: 'me', shippingAddress: aunt, delivery: { mode: 'pickup', locationId: 'store' } },
        ],
        shipping: { method: 'standard', price: money(shippingPrice) },
        tenders: [{ method: 'card', token: 'tok_ok', amount: total }],
      },
      { wait: 10 },
    );
    const view = await shop.order(id);
    expect(view.fulfillments).toMatchObject([
      { destination: 'aunt', mode: 'ship', locationId: 'north' },
      { destination: 'me', mode: 'pickup', locationId: 'store' },
    ]);
    expect(view.promise.latest >= view.fulfillments[1].promise.latest).toBe(true);
    const [, pickup] = view.fulfillments;
    await shop.as.warehouse.post(`/v1/fulfillments/${pickup.id}/ready`);
    await shop.as.warehouse.post(`/v1/fulfillments/${pickup.id}/collect`, {
      code: await shop.pickupCode(pickup.id),
    });
    await shipAll(id);
    await shop.report(await shop.order(id), 'delivered');
    const done = await shop.untilOrder(id, (each) => each.paymentStatus === 'captured');
    expect(done.payments[0].captured).toEqual(total);
  });
});

describe('what is short at one destination', () => {
  async function rules(more: Partial<Scenario>): Promise<void> {
    const scenario = {
      ...{ code: 'all', when: { all: [] }, decides: 'software', filters: [], scores: {} },
      ...{ allocation: { split: 'allow' }, onShortage: { then: 'backorder' } },
      ...more,
    };
    await shop.as.admin.put('/v1/rules/draft', { name: 'parts', currency: 'EUR', scenarios: [scenario] });
    await shop.as.admin.post('/v1/rules/publish', { note: JSON.stringify(more) });
  }
  const transfersOf = async (sku: string): Promise<OrderView[]> => {
    const { items } = await shop.as.warehouse.get<OrderView>('/v1/transfers', { limit: '200' });
    return items.filter(({ lines }: OrderView) => lines.some((line: OrderView) => line.sku === sku));
  };
  const released = ({ fulfillments }: OrderView): OrderView[] =>
    fulfillments.filter(({ releasedAt }: OrderView) => releasedAt !== null);

  const collecting = { split: 'never' } as const;
  const waitForTransfer = { then: 'waitForTransfer', within: 'P3D' } as const;
  const send = async (transfer: OrderView, sku: string): Promise<void> => {
    await shop.as.warehouse.post(`/v1/transfers/${transfer.id}/ship`, {});
    const lines = [{ sku, quantity: transfer.lines[0].quantity }];
    await shop.as.warehouse.post(`/v1/transfers/${transfer.id}/receive`, { lines });
  };

  test('is collected for each of them, and leaves in one parcel to each', async () => {
    await rules({ allocation: collecting, onShortage: waitForTransfer });
    await shop.stock('GATHERED', { north: 2, south: 2, store: 1 });
    const { id } = await shop.place(order('gathered', 'GATHERED', [2, 3]));
    const [transfer, ...others] = await transfersOf('GATHERED');
    expect(others).toEqual([]);
    expect(transfer).toMatchObject({ fromLocationId: 'store', lines: [{ quantity: 1 }] });
    const view = await shop.order(id);
    expect(view.lines.map(({ byState }: OrderView) => byState.backordered ?? 0)).toEqual([0, 1]);
    // What waits for nothing does not wait for the other place.
    expect(released(view)).toMatchObject([{ destination: null, lines: [{ quantity: 2 }] }]);
    await send(transfer!, 'GATHERED');
    const whole = await shop.untilOrder(id, (each) => released(each).length === 2);
    expect(
      whole.fulfillments.map(({ destination, lines: [line] }: OrderView) => [destination, line.quantity]),
    ).toEqual([
      [null, 2],
      ['aunt', 3],
    ]);
    await shipAll(id);
  });

  const two = (reference: string, [own, gift]: [string, string], more: object = {}) => ({
    ...{ reference, ...more },
    lines: [
      { sku: own, quantity: 3 },
      { sku: gift, quantity: 3, destination: 'aunt' },
    ],
    destinations: [{ id: 'aunt', shippingAddress: aunt }],
  });

  test('leaves as soon as its own pieces are there, whatever another place waits for', async () => {
    await rules({ allocation: { ...collecting, respectPreference: true }, onShortage: waitForTransfer });
    await shop.stock('MINE', { north: 2, south: 1 });
    await shop.stock('HERS', { north: 2, south: 1 });
    const { id } = await shop.place(two('each-alone', ['MINE', 'HERS']));
    const waiting = await shop.order(id);
    expect(released(waiting)).toEqual([]);
    expect(waiting.waitingFor.map(({ what }: OrderView) => what)).toContainEqual(
      expect.stringMatching(/^stock to come in, so that what goes to one place can leave together/),
    );
    const { items } = await shop.as.support.get<OrderView>(`/v1/orders/${id}/sourcing`);
    expect(items[0].decision.summary).toMatch(
      /What is collected for one place leaves as soon as its own pieces are there\.$/,
    );
    const [hers] = await transfersOf('HERS');
    await send(hers!, 'HERS');
    const first = await shop.untilOrder(id, (each) => released(each).length === 1);
    expect(released(first)).toMatchObject([
      { destination: 'aunt', locationId: 'north', lines: [{ sku: 'HERS', quantity: 3 }] },
    ]);
    await shipAll(id);
    const captured = (each: OrderView): number => each.payments[0].captured.amount;
    const paid = await shop.untilOrder(id, (each) => captured(each) > 0);
    expect(captured(paid)).toBe(3 * piecePrice + shippingPrice);
    expect(paid.fulfillments.filter(({ status }: OrderView) => status === 'allocated')).toMatchObject([
      { destination: null, releasedAt: null, lines: [{ sku: 'MINE', quantity: 2 }] },
    ]);

    const [mine] = await transfersOf('MINE');
    await send(mine!, 'MINE');
    await shop.untilOrder(id, (each) => released(each).length === 2);
    await shipAll(id);
    const done = await shop.untilOrder(id, (each) => each.paymentStatus === 'captured');
    expect(captured(done)).toBe(6 * piecePrice + shippingPrice);
    expect(done.fulfillments.map(({ lines: [line] }: OrderView) => [line.sku, line.quantity])).toEqual([
      ['MINE', 3],
      ['HERS', 3],
    ]);
    for (const sku of ['MINE', 'HERS'])
      expect((await stockOf(sku)).map((row) => [row.on_hand, row.allocated])).toEqual([
        [0, 0],
        [0, 0],
      ]);
  });

  test('leaves with the others where the order prefers that', async () => {
    await rules({ allocation: { ...collecting, respectPreference: true }, onShortage: waitForTransfer });
    await shop.stock('OURS', { north: 2, south: 1 });
    await shop.stock('THEIRS', { north: 2, south: 1 });
    const preference = { shipComplete: true };
    const { id } = await shop.place(two('all-at-once', ['OURS', 'THEIRS'], { preference }));
    const { items } = await shop.as.support.get<OrderView>(`/v1/orders/${id}/sourcing`);
    expect(items[0].decision.summary).toMatch(/Nothing leaves before all of the order is there/);
    const [theirs] = await transfersOf('THEIRS');
    await send(theirs!, 'THEIRS');
    const isThere = ({ lines }: OrderView): boolean => lines[1].byState.allocated === 3;
    expect(released(await shop.untilOrder(id, isThere))).toEqual([]);
    const [ours] = await transfersOf('OURS');
    await send(ours!, 'OURS');
    await shop.untilOrder(id, (each) => released(each).length === 2);
    await shipAll(id);
  });

  test('is given up, or cancelled, and what was kept for that place alone leaves', async () => {
    await rules({ allocation: collecting, onShortage: { ...waitForTransfer, otherwise: 'cancel' } });
    for (const sku of ['HIS', 'GRANS']) await shop.stock(sku, { north: 2, south: 1 });
    const { id } = await shop.place(two('less-of-one', ['HIS', 'GRANS']));
    const { lines } = await shop.order(id);
    await shop.as.support.post(`/v1/orders/${id}/cancel`, {
      ...{ reason: 'two will do', lines: [{ lineId: lines[1].id, quantity: 1 }] },
    });
    const first = await shop.untilOrder(id, (each) => released(each).length === 1);
    expect(released(first)).toMatchObject([{ destination: 'aunt', lines: [{ quantity: 2 }] }]);
    await shipAll(id);
    await shop.fastForward(id, 'P4D');
    const rest = await shop.untilOrder(id, (each) => released(each).length === 2);
    expect(rest.lines.map(({ byState }: OrderView) => byState)).toEqual([
      { allocated: 2, cancelled: 1 },
      { shipped: 2, cancelled: 1 },
    ]);
    await shipAll(id);
  });

  test('waits for a person where the rules leave nobody, and the others go on by their own rules', async () => {
    await rules({ filters: [{ country: 'same' }], onShortage: { then: 'backorder', within: 'P5D' } });
    await shop.stock('ABROAD', { north: 3 });
    const { destinations, ...rest } = order('abroad', 'ABROAD', [1, 1]);
    const abroad = { ...aunt, country: 'AT', postalCode: '1010', city: 'Wien' };
    const { id } = await shop.place({
      ...rest,
      destinations: [{ ...destinations[0]!, shippingAddress: abroad }],
    });
    await shop.untilEvent(id, 'needsPerson');
    const { items } = await shop.as.support.get<OrderView>('/v1/exceptions', { limit: '200' });
    expect(items.filter(({ orderId }: OrderView) => orderId === id)).toMatchObject([
      { what: expect.stringContaining('1 × ABROAD: the rules leave no location: country excludes') },
    ]);
    const view = await shop.order(id);
    expect(view.lines.map(({ byState }: OrderView) => byState)).toEqual([
      { allocated: 1 },
      { backordered: 1 },
    ]);
    await shipAll(id);
  });

  test('has its own end: what one gives up the other still waits for', async () => {
    const scenarios = [
      { code: 'abroad', when: { country: ['AT'] }, onShortage: { then: 'cancel' } },
      { code: 'home', when: { all: [] }, onShortage: { then: 'purchaseRequest', owner: 'ada' } },
    ].map((each) => ({
      ...{ decides: 'software', filters: [], scores: {}, allocation: { split: 'allow' } },
      ...each,
    }));
    await shop.as.admin.put('/v1/rules/draft', { name: 'parts', currency: 'EUR', scenarios });
    await shop.as.admin.post('/v1/rules/publish', { note: 'each its own' });
    await shop.stock('APART', {});
    const { destinations, ...rest } = order('apart', 'APART', [1, 2]);
    const abroad = { ...aunt, country: 'AT', postalCode: '1010', city: 'Wien' };
    const { id } = await shop.place({
      ...rest,
      destinations: [{ ...destinations[0]!, shippingAddress: abroad }],
    });
    await shop.untilEvent(id, 'purchaseRequested');
    const view = await shop.order(id);
    expect(view.lines.map(({ byState }: OrderView) => byState)).toEqual([
      { backordered: 1 },
      { cancelled: 2 },
    ]);
    expect(view.waitingFor.map(({ what }: OrderView) => what)).toContain(
      'ada to order 1 × APART from a supplier, or to refuse it',
    );
    await shop.stock('APART', { south: 3 });
    await shop.untilOrder(id, ({ fulfillments }) => fulfillments.length === 1);
    const done = await shipAll(id);
    expect(done.fulfillments).toMatchObject([{ destination: null, lines: [{ quantity: 1 }] }]);
  });
});
