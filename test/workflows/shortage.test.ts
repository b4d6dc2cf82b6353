import type { Scenario } from '../../domain/rules/types';
import { mailsOf, templatesOf } from '../support/mails';
import { openShop, piecePrice, shippingPrice, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let shop: Shop;
beforeAll(async () => {
  system = await startSystem({ OFFICE_MAIL: 'office@shop.test' });
  shop = await openShop(system);
});
afterAll(() => system?.stop());

/** What the rules say from now on; orders keep those that they began with. */
async function rules(more: Partial<Scenario>): Promise<void> {
  const scenario = {
    ...{ code: 'all', when: { all: [] }, decides: 'software', filters: [], scores: {} },
    ...{ allocation: { split: 'allow' }, onShortage: { then: 'backorder' } },
    ...more,
  };
  const draft = { name: 'shortage', currency: 'EUR', scenarios: [scenario] };
  await shop.as.admin.put('/v1/rules/draft', draft);
  await shop.as.admin.post('/v1/rules/publish', { note: JSON.stringify(more) });
}

const isOf =
  (name: string) =>
  ({ template }: OrderView): boolean =>
    template === name;

async function refuse(id: string): Promise<void> {
  const { fulfillments } = await shop.order(id);
  const work = fulfillments.find(({ status }: OrderView) => status === 'allocated');
  await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/reject`, { reason: 'other' });
}

async function deliverAll(id: string): Promise<OrderView> {
  const view = await shop.order(id);
  for (const work of view.fulfillments.filter(({ status }: OrderView) => status === 'allocated')) {
    await shop.pack(view, work.id);
    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ship`);
  }
  await shop.untilEvent(id, 'paymentCaptured');
  return shop.order(id);
}

describe('"backorder"', () => {
  test('waits as long as the rule allows, not the channel; then the customer is told', async () => {
    await rules({ onShortage: { then: 'backorder', within: 'P5D' } });
    await shop.stock('WITHIN', { north: 1 });
    const { id } = await shop.place({ reference: 'within-1', lines: [{ sku: 'WITHIN', quantity: 3 }] });
    const waiting = await shop.order(id);
    const wait = waiting.waitingFor.find(({ what }: OrderView) => what === 'stock to come in');
    expect(Date.parse(wait.until) - Date.parse(waiting.placedAt)).toBeLessThan(5.1 * 86_400_000);
    await deliverAll(id);
    await shop.fastForward(id, 'P6D');
    await shop.untilEvent(id, 'backorderGivenUp');
    const view = await shop.untilOrder(
      id,
      ({ waitingFor }) => !waitingFor.some(({ what }: OrderView) => /stock/.test(what)),
    );
    expect(view.lines[0].byState).toMatchObject({ cancelled: 2 });
    await shop.untilOrder(id, ({ mails }) => mails.some(isOf('linesCancelled')));
    expect((await mailsOf(system.db, id)).find(isOf('linesCancelled'))).toMatchObject({
      data: { lines: [{ quantity: 2 }], reason: 'notSupplied', moneyReturned: { amount: 0 } },
    });
  });
});

describe('"cancel"', () => {
  test('gives up what is short at once, says so in the confirmation, and never charges it', async () => {
    await rules({ onShortage: { then: 'cancel' } });
    await shop.stock('SHORT', { north: 1 });
    const placed = await shop.place({ reference: 'short-1', lines: [{ sku: 'SHORT', quantity: 3 }] });
    expect(placed.decision).toBe('confirmed');
    const view = await shop.order(placed.id);
    expect(view.lines[0].byState).toEqual({ allocated: 1, cancelled: 2 });
    const [confirmation, ...others] = await mailsOf(system.db, placed.id);
    expect(confirmation).toMatchObject({
      template: 'orderConfirmed',
      data: { notSupplied: [{ sku: 'SHORT', quantity: 2 }] },
    });
    expect(others).toEqual([]);
    const delivered = await deliverAll(placed.id);
    expect(delivered.payments[0].captured.amount).toBe(piecePrice + shippingPrice);
    // Stock that comes later is not for them.
    await shop.stock('SHORT', { north: 5 });
    expect((await shop.order(placed.id)).fulfillments).toHaveLength(1);
  });

  test('of everything ends the order before any money is asked for', async () => {
    await rules({ onShortage: { then: 'cancel' } });
    await shop.stock('NOTHING', {});
    const placed = await shop.place({ reference: 'short-2', lines: [{ sku: 'NOTHING', quantity: 2 }] });
    expect(placed.decision).toBe('cancelled');
    const view = await shop.untilOrder(placed.id, ({ waitingFor }) => waitingFor.length === 0);
    expect(view).toMatchObject({ status: 'cancelled', payments: [{ authorized: { amount: 0 } }] });
    expect(
      (await mailsOf(system.db, placed.id)).map(({ template, data }) => [template, data.reason]),
    ).toEqual([['cancelled', 'notSupplied']]);
  });

  test('of what a location refused returns what was paid for it', async () => {
    await rules({ onShortage: { then: 'cancel' } });
    await shop.stock('PREPAID', { north: 1, south: 2 });
    const { id } = await shop.place({
      reference: 'short-3',
      lines: [{ sku: 'PREPAID', quantity: 3 }],
      tenders: [{ method: 'bankTransfer' }],
    });
    const total = 3 * piecePrice + shippingPrice;
    await shop.as.support.post(`/v1/orders/${id}/payments`, {
      amount: { amount: total, currency: 'EUR' },
      reference: 'SHORT-3',
    });
    await shop.untilEvent(id, 'workReleased');
    await refuse(id);
    await shop.untilEvent(id, 'moneyGivenBack');
    const view = await shop.order(id);
    const [{ quantity: refused }] = (await mailsOf(system.db, id)).at(-1)!.data.lines;
    expect(view.lines[0].byState).toMatchObject({ cancelled: refused });
    expect(view.payments[0].refunded.amount).toBe(refused * piecePrice);
    expect(await templatesOf(system.db, id)).toEqual(['orderConfirmed', 'paymentReceived', 'linesCancelled']);
  });

  test('and a later refusal of all the rest ends the order', async () => {
    await rules({ onShortage: { then: 'cancel' } });
    await shop.stock('REFUSED', { north: 1 });
    const { id } = await shop.place({ reference: 'short-4', lines: [{ sku: 'REFUSED', quantity: 2 }] });
    await refuse(id);
    const view = await shop.untilOrder(
      id,
      ({ status, waitingFor }) => status === 'cancelled' && waitingFor.length === 0,
    );
    expect(view.payments[0]).toMatchObject({ status: 'voided', captured: { amount: 0 } });
    expect(await templatesOf(system.db, id)).toEqual(['orderConfirmed', 'cancelled']);
  });
});

describe('"purchaseRequest"', () => {
  const requestsOf = async (id: string): Promise<OrderView[]> =>
    (await shop.as.support.get<OrderView>('/v1/purchase-requests', { limit: '200' })).items.filter(
      ({ orderId }: OrderView) => orderId === id,
    );
  const waits = (view: OrderView): string[] => view.waitingFor.map(({ what }: OrderView) => what);

  beforeAll(async () => {
    await shop.as.admin.put('/v1/suppliers/mill', {
      ...{ name: 'Mill', email: 'orders@mill.test', currency: 'EUR', leadTimeDays: 4 },
    });
  });

  test('asks purchasing; the draft it writes is sent, promised to the line, and received for it', async () => {
    await rules({ onShortage: { then: 'purchaseRequest', within: 'P2D', owner: 'ada' } });
    await shop.stock('BUY', { north: 1 });
    await shop.as.admin.put('/v1/suppliers/mill/items/BUY', { packSize: 4 });
    const { id, decision } = await shop.place({ reference: 'buy-1', lines: [{ sku: 'BUY', quantity: 3 }] });
    expect(decision).toBe('backordered');
    await shop.untilEvent(id, 'purchaseRequested');
    expect(waits(await shop.order(id))).toEqual(
      expect.arrayContaining(['stock to come in', 'ada to order 2 × BUY from a supplier, or to refuse it']),
    );
    const [request] = await requestsOf(id);
    expect(request).toMatchObject({
      ...{ status: 'open', sku: 'BUY', quantity: 2, owner: 'ada', allowedActions: ['order', 'refuse'] },
      suppliers: [{ id: 'mill', leadTimeDays: 4 }],
    });
    expect((await mailsOf(system.db, id)).find(isOf('purchaseRequested'))).toMatchObject({
      to: 'office@shop.test',
      data: { owner: 'ada', lines: [{ sku: 'BUY', quantity: 2 }] },
    });

    const ordered = await shop.as.admin.post<OrderView>(`/v1/purchase-requests/${request.id}/order`);
    expect(ordered).toMatchObject({ status: 'ordered', purchaseOrder: { status: 'draft' } });
    expect(waits(await shop.order(id)).join()).not.toContain('to order');
    const purchase = ordered.purchaseOrder.id;
    const { lines, locationId } = await shop.as.admin.get<OrderView>(`/v1/purchase-orders/${purchase}`);
    expect(lines).toMatchObject([{ sku: 'BUY', quantity: 4 }]);
    await shop.as.admin.post(`/v1/purchase-orders/${purchase}/send`);
    await shop.untilOrder(id, ({ waitingFor }) =>
      waitingFor.some(({ supplies }: OrderView) => supplies?.[0]?.purchaseOrderId === purchase),
    );
    await shop.as.warehouse.post(`/v1/purchase-orders/${purchase}/receive`, {
      lines: [{ sku: 'BUY', quantity: 4 }],
    });
    const served = await shop.untilOrder(id, ({ waitingFor }) =>
      waitingFor.every(({ what }: OrderView) => /pick and pack/.test(what)),
    );
    expect(served.lines[0].byState).toEqual({ allocated: 3 });
    expect(served.fulfillments.map((each: OrderView) => each.locationId)).toContain(locationId);
  });

  test('that is refused gives the pieces up; who is not answered in time shows among the exceptions', async () => {
    await rules({ onShortage: { then: 'purchaseRequest', within: 'PT0.001S' } });
    await shop.stock('REFUSE', { north: 1 });
    const { id } = await shop.place({
      reference: 'buy-2',
      lines: [{ sku: 'REFUSE', quantity: 2 }],
      tenders: [{ method: 'card', token: 'tok_ok' }],
    });
    await shop.untilEvent(id, 'purchaseRequested');
    const { items } = await shop.as.support.get<OrderView>('/v1/exceptions', { limit: '200' });
    expect(items.filter(({ orderId }: OrderView) => orderId === id)).toMatchObject([
      { what: 'purchasing to order 1 × REFUSE from a supplier, or to refuse it' },
    ]);
    const [request] = await requestsOf(id);
    expect(await shop.as.support.get('/v1/purchase-requests', { overdue: 'true' })).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ id: request.id })]),
    });
    const answer = { reason: 'out of print' };
    const path = `/v1/purchase-requests/${request.id}`;
    expect(await shop.as.support.post(`${path}/refuse`, answer)).toMatchObject({
      ...{ status: 'refused', refused: { reason: 'out of print' }, allowedActions: [] },
    });
    await expect(shop.as.admin.post(`${path}/order`, { supplierId: 'mill' })).rejects.toMatchObject({
      status: 409,
    });
    const view = await shop.untilOrder(id, ({ mails }) => mails.some(isOf('linesCancelled')));
    expect(view.lines[0].byState).toEqual({ allocated: 1, cancelled: 1 });
    expect(waits(view).join()).not.toContain('stock');
    const delivered = await deliverAll(id);
    expect(delivered.payments[0].captured.amount).toBe(piecePrice + shippingPrice);
  });

  test('is not needed any more when stock comes first, and an order of which all is refused ends', async () => {
    await rules({ onShortage: { then: 'purchaseRequest' } });
    await shop.stock('FIRST', {});
    const first = await shop.place({ reference: 'buy-3', lines: [{ sku: 'FIRST', quantity: 1 }] });
    await shop.untilEvent(first.id, 'purchaseRequested');
    await shop.stock('FIRST', { south: 1 });
    await shop.untilOrder(first.id, ({ fulfillments }) => fulfillments.length === 1);
    expect(await requestsOf(first.id)).toMatchObject([{ status: 'notNeeded', allowedActions: [] }]);
    expect(waits(await shop.order(first.id)).join()).not.toContain('to order');

    const second = await shop.place({ reference: 'buy-4', lines: [{ sku: 'FIRST', quantity: 1 }] });
    await shop.untilEvent(second.id, 'purchaseRequested');
    const [request] = await requestsOf(second.id);
    await shop.as.support.post(`/v1/purchase-requests/${request.id}/refuse`);
    const view = await shop.untilOrder(
      second.id,
      ({ status, waitingFor }) => status === 'cancelled' && waitingFor.length === 0,
    );
    expect(view.payments[0]).toMatchObject({ status: 'voided', captured: { amount: 0 } });
    expect((await mailsOf(system.db, second.id)).at(-1)).toMatchObject({
      template: 'cancelled',
      data: { reason: 'notSupplied' },
    });
  });
});

describe('what nothing in the rules can solve', () => {
  const exceptionsOf = async (id: string): Promise<OrderView[]> =>
    (await shop.as.support.get<OrderView>('/v1/exceptions', { limit: '200' })).items.filter(
      ({ orderId }: OrderView) => orderId === id,
    );

  test('rules that leave no location say so among the exceptions; better rules are taken up by one action', async () => {
    await rules({ filters: [{ country: ['AT'] }, { locationNotIn: ['north'] }] });
    await shop.stock('NOBODY', { north: 2 });
    const { id } = await shop.place({ reference: 'nobody-1', lines: [{ sku: 'NOBODY', quantity: 2 }] });
    await shop.untilEvent(id, 'needsPerson');
    expect(await exceptionsOf(id)).toMatchObject([
      {
        what: 'somebody to decide on 2 × NOBODY: the rules leave no location: country excludes 1, locationNotIn 1',
        then: expect.stringContaining('source the order again'),
      },
    ]);
    expect((await shop.order(id)).allowedActions).toContain('sourceAgain');

    // The same rules leave it where it is, without another mail.
    const again = `/v1/orders/${id}/source-again`;
    await shop.as.support.post(again);
    expect(await exceptionsOf(id)).toHaveLength(1);
    await rules({});
    const view = await shop.as.support.post<OrderView>(again);
    expect(view.lines[0].byState).toEqual({ allocated: 2 });
    expect(await exceptionsOf(id)).toEqual([]);
    expect(await templatesOf(system.db, id)).toEqual(['orderConfirmed', 'backordered']);
    await expect(shop.as.support.post(again)).rejects.toMatchObject({ status: 409 });
    await deliverAll(id);
  });

  test('who is sourced again keeps the place in the queue', async () => {
    await rules({});
    await shop.stock('QUEUE', {});
    const first = await shop.place({ reference: 'queue-1', lines: [{ sku: 'QUEUE', quantity: 1 }] });
    const second = await shop.place({ reference: 'queue-2', lines: [{ sku: 'QUEUE', quantity: 1 }] });
    await shop.as.support.post(`/v1/orders/${first.id}/source-again`);
    await shop.stock('QUEUE', { south: 1 });
    await shop.untilOrder(first.id, ({ lines }) => lines[0].byState.allocated === 1);
    expect((await shop.order(second.id)).lines[0].byState).toEqual({ backordered: 1 });
  });

  test('locations that refuse one after the other end with a person, who chooses one by hand', async () => {
    await shop.as.admin.put('/v1/channels/web', {
      ...{ type: 'webshop', name: 'Test shop', settings: { refusalsAtMost: 2 } },
    });
    await rules({});
    await shop.stock('PINGPONG', { north: 2, south: 2 });
    const { id } = await shop.place({ reference: 'ping-1', lines: [{ sku: 'PINGPONG', quantity: 2 }] });
    await refuse(id);
    await shop.untilEvent(id, 'orderSourced', 2);
    await shop.untilEvent(id, 'workReleased');
    await refuse(id);
    await shop.untilEvent(id, 'needsPerson');
    expect(await exceptionsOf(id)).toMatchObject([
      { what: 'somebody to decide on 2 × PINGPONG: 2 locations refused it or let it lie' },
    ]);
    // Stock that comes does not begin it anew.
    await shop.stock('PINGPONG', { north: 5 });
    expect((await shop.order(id)).lines[0].byState).toEqual({ backordered: 2 });

    const again = `/v1/orders/${id}/source-again`;
    for (const [locationId, words] of [
      ['moon', /No location/],
      ['store', /cannot do "ship"/],
    ] as const)
      await expect(shop.as.support.post(again, { locationId })).rejects.toMatchObject({
        status: 422,
        problem: { errors: [{ pointer: '/locationId', detail: expect.stringMatching(words) }] },
      });
    const view = await shop.as.support.post<OrderView>(again, { locationId: 'north' });
    expect(view.lines[0].byState).toEqual({ allocated: 2 });
    const delivered = await deliverAll(id);
    expect(delivered.fulfillments.at(-1)).toMatchObject({ locationId: 'north', status: 'shipped' });
    await shop.as.admin.put('/v1/channels/web', { type: 'webshop', name: 'Test shop' });
  });
});

describe('an order that is to leave together', () => {
  const receive = (sku: string, locationId: string, quantity: number) =>
    shop.as.warehouse.post('/v1/stock/movements', {
      movements: [{ sku, locationId, type: 'receipt', quantity }],
    });
  const together = { allocation: { split: 'allow', shipComplete: true } } as const;
  const two = (one: string, other: string) => [
    { sku: one, quantity: 1 },
    { sku: other, quantity: 1 },
  ];
  const shown = ({ fulfillments }: OrderView): boolean[] =>
    fulfillments.map(({ releasedAt }: OrderView) => releasedAt !== null);

  test('keeps what is there and shows it to nobody before the last piece has come', async () => {
    await rules(together);
    await shop.stock('HERE', { north: 1 });
    await shop.stock('LATER', {});
    await shop.stock('LAST', {});
    const { id } = await shop.place({
      reference: 'together-1',
      lines: [...two('HERE', 'LATER'), { sku: 'LAST', quantity: 1 }],
    });
    const waiting = await shop.order(id);
    expect(shown(waiting)).toEqual([false]);
    expect(waiting.waitingFor.map(({ what }: OrderView) => what)).toEqual([
      'stock to come in, so that all can leave together',
    ]);
    // Nobody else gets it.
    const other = await shop.place({ reference: 'together-2', lines: [{ sku: 'HERE', quantity: 1 }] });
    expect(other.decision).toBe('backordered');
    await receive('LATER', 'north', 1);
    const second = await shop.untilOrder(id, ({ fulfillments }) => fulfillments.length === 2);
    expect(shown(second)).toEqual([false, false]);
    await receive('LAST', 'south', 1);
    const whole = await shop.untilOrder(id, (view) => shown(view).every(Boolean));
    // What is at one place leaves as one.
    expect(whole.fulfillments).toMatchObject([
      { locationId: 'north', status: 'allocated', lines: [{ sku: 'HERE' }, { sku: 'LATER' }] },
      { locationId: 'south', status: 'allocated', lines: [{ sku: 'LAST' }] },
    ]);
    await deliverAll(id);
  });

  test('lets the rest go when what is missing is given up, and what it kept is free when it is cancelled', async () => {
    await rules({ ...together, onShortage: { then: 'backorder', within: 'P3D' } });
    await shop.stock('KEPT', { north: 2 });
    await shop.stock('MISSING', {});
    const { id } = await shop.place({ reference: 'together-3', lines: two('KEPT', 'MISSING') });
    const cancelled = await shop.place({ reference: 'together-4', lines: two('KEPT', 'MISSING') });
    // Longer than its location may take to act: that time does not run while it is not asked.
    await shop.fastForward(id, 'P4D');
    const view = await shop.untilOrder(id, (each) => shown(each)[0] === true);
    expect(view.lines.map(({ byState }: OrderView) => byState)).toEqual([{ allocated: 1 }, { cancelled: 1 }]);
    await deliverAll(id);
    await rules({});
    const next = await shop.place({ reference: 'together-5', lines: [{ sku: 'KEPT', quantity: 1 }] });
    expect(next.decision).toBe('backordered');
    await shop.as.support.post(`/v1/orders/${cancelled.id}/cancel`, { reason: 'customerRequest' });
    await shop.untilOrder(next.id, ({ lines }) => lines[0].byState.allocated === 1);
  });

  test('asks for it itself, where the rules respect that', async () => {
    await shop.stock('WISH', { north: 1 });
    await shop.stock('WISHED', {});
    const preference = { shipComplete: true };
    const wish = (reference: string) => shop.place({ reference, lines: two('WISH', 'WISHED'), preference });
    await rules({ allocation: { split: 'allow' } });
    const ignored = await wish('wish-1');
    expect(shown(await shop.order(ignored.id))).toEqual([true]);
    await receive('WISH', 'north', 1);
    await rules({ allocation: { split: 'allow', respectPreference: true } });
    const respected = await wish('wish-2');
    const view = await shop.order(respected.id);
    expect(shown(view)).toEqual([false]);
    const { items } = await shop.as.support.get<OrderView>(`/v1/orders/${respected.id}/sourcing`);
    expect(items[0].decision.summary).toContain('nothing leaves before all is there');
  });

  test('and not be split stays at the place that had the first of it', async () => {
    await rules({ allocation: { split: 'never' } });
    await shop.stock('ONE', {});
    await shop.stock('OTHER', {});
    const { id } = await shop.place({ reference: 'never-2', lines: two('ONE', 'OTHER') });
    await receive('ONE', 'south', 1);
    await shop.untilOrder(id, ({ fulfillments }) => fulfillments.length === 1);
    await receive('OTHER', 'north', 1);
    expect((await shop.order(id)).fulfillments).toHaveLength(1);
    await receive('OTHER', 'south', 1);
    const view = await shop.untilOrder(id, ({ fulfillments }) => fulfillments.length === 2);
    expect(view.fulfillments.map(({ locationId }: OrderView) => locationId)).toEqual(['south', 'south']);
  });
});

describe('"waitForTransfer"', () => {
  const first = { then: 'waitForTransfer', within: 'P3D' } as const;
  const transfersOf = async (sku: string): Promise<OrderView[]> => {
    const { items } = await shop.as.warehouse.get<OrderView>('/v1/transfers', { limit: '200' });
    return items.filter(({ lines }: OrderView) => lines.some((line: OrderView) => line.sku === sku));
  };
  const act = (id: string, action: string, body: object = {}) =>
    shop.as.warehouse.post(`/v1/transfers/${id}/${action}`, body);
  const released = ({ fulfillments }: OrderView): OrderView[] =>
    fulfillments.filter(({ releasedAt }: OrderView) => releasedAt !== null);

  test('has one location collect what must not be divided; all leaves from there, before who waits longer', async () => {
    await rules({ allocation: { split: 'never' }, onShortage: first });
    await shop.stock('GATHER', { north: 2, south: 1 });
    const { id, decision } = await shop.place({
      reference: 'gather-1',
      lines: [{ sku: 'GATHER', quantity: 3 }],
    });
    expect(decision).toBe('backordered');
    const view = await shop.order(id);
    // What the collecting location has is set aside, and nobody is asked to pack it yet.
    expect(view.fulfillments).toMatchObject([{ locationId: 'north', releasedAt: null }]);
    expect(view.lines[0].byState).toEqual({ allocated: 2, backordered: 1 });
    expect(view.waitingFor.map(({ what }: OrderView) => what)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^stock to come in, so that all can leave together: 1 × GATHER by \w+day \d+ \w+ 20/,
        ),
        '1 × GATHER to be sent from south to north',
      ]),
    );
    const [transfer] = await transfersOf('GATHER');
    expect(transfer).toMatchObject({
      ...{ fromLocationId: 'south', toLocationId: 'north', status: 'requested', reference: view.number },
      lines: [{ sku: 'GATHER', quantity: 1 }],
    });
    const { items } = await shop.as.support.get<OrderView>(`/v1/orders/${id}/sourcing`);
    expect(items[0].decision.summary).toBe(
      'Location north collects the order; 1 pieces are to be sent there by 1 location.',
    );
    // Whoever began to wait before does not get what is brought for this order.
    await system
      .db('backorders')
      .where('order_id', id)
      .update({ since: new Date(Date.now() + 60_000) });
    await rules({});
    const other = await shop.place({ reference: 'gather-2', lines: [{ sku: 'GATHER', quantity: 1 }] });
    await act(transfer.id, 'ship');
    await act(transfer.id, 'receive', { lines: [{ sku: 'GATHER', quantity: 1 }] });
    const whole = await shop.untilOrder(id, (each) => released(each).length === 1);
    expect(whole.fulfillments).toMatchObject([{ locationId: 'north', lines: [{ quantity: 3 }] }]);
    expect(whole.lines[0].byState).toEqual({ allocated: 3 });
    expect((await shop.order(other.id)).lines[0].byState).toEqual({ backordered: 1 });
    const delivered = await deliverAll(id);
    expect(delivered.fulfillments).toMatchObject([{ status: 'shipped', packages: [{}] }]);
    expect(delivered.payments[0].captured.amount).toBe(3 * piecePrice + shippingPrice);
  });

  test('lets all leave in one parcel, however many transfers bring it, and what is cancelled is not sent', async () => {
    await rules({ allocation: { split: 'never' }, onShortage: first });
    await shop.stock('PARCEL', { north: 3, south: 2, store: 1 });
    const { id } = await shop.place({
      reference: 'transfers-parcel',
      lines: [{ sku: 'PARCEL', quantity: 6 }],
    });
    const { lines } = await shop.order(id);
    expect(await transfersOf('PARCEL')).toHaveLength(2);
    await shop.as.support.post(`/v1/orders/${id}/cancel`, {
      ...{ reason: 'four will do', lines: [{ lineId: lines[0].id, quantity: 2 }] },
    });
    const left = await transfersOf('PARCEL');
    expect(left.map(({ status }: OrderView) => status).sort()).toEqual(['cancelled', 'requested']);
    const transfer = left.find(({ status }: OrderView) => status === 'requested')!;
    expect(transfer).toMatchObject({ fromLocationId: 'south', lines: [{ quantity: 1 }] });
    await act(transfer.id, 'ship');
    await act(transfer.id, 'receive', { lines: [{ sku: 'PARCEL', quantity: 1 }] });
    const whole = await shop.untilOrder(id, (each) => released(each).length === 1);
    expect(whole.fulfillments).toMatchObject([{ locationId: 'north', lines: [{ quantity: 4 }] }]);
    await shop.untilEvent(id, 'workJoined');
    await deliverAll(id);
    const { items } = await shop.as.warehouse.get<OrderView>('/v1/stock', { sku: 'PARCEL' });
    expect(items.map(({ allocated }: OrderView) => allocated)).toEqual([0, 0, 0]);
  });

  test('is what a customer may ask for: one parcel, or two when it has not come in time', async () => {
    await rules({ allocation: { split: 'allow', respectPreference: true } });
    await shop.stock('CONSOLIDATE', { north: 4, south: 2 });
    const lines = [{ sku: 'CONSOLIDATE', quantity: 3 }];
    const preference = { split: 'consolidate' };
    const first = await shop.place({ reference: 'transfers-wish-1', lines, preference });
    expect(first.decision).toBe('confirmed');
    const second = await shop.place({ reference: 'transfers-wish-2', lines, preference });
    expect(second.decision).toBe('backordered');
    const { waitingFor } = await shop.order(second.id);
    expect(new Set(waitingFor.map(({ then }: OrderView) => then))).toEqual(
      new Set(['the order is supplied divided']),
    );
    expect(await transfersOf('CONSOLIDATE')).toMatchObject([
      { toLocationId: 'south', lines: [{ quantity: 1 }] },
    ]);
    await shop.fastForward(second.id, 'P8D');
    const view = await shop.untilOrder(second.id, (each) => released(each).length === 2);
    expect(view.lines[0].byState).toEqual({ allocated: 3 });
    expect(await transfersOf('CONSOLIDATE')).toMatchObject([{ status: 'cancelled' }]);
    await deliverAll(second.id);
  });

  test('brings what lies where the rules let nothing leave from', async () => {
    await rules({ filters: [{ locationType: ['warehouse'] }], onShortage: first });
    await shop.stock('SHOWN', { store: 2 });
    await shop.as.warehouse.post('/v1/stock/movements', {
      movements: [
        { sku: 'SHOWN', locationId: 'north', type: 'receipt', quantity: 1 },
        { sku: 'SHOWN', locationId: 'north', type: 'adjustment', quantity: -1, reason: 'gone' },
      ],
    });
    const { id } = await shop.place({ reference: 'shown-1', lines: [{ sku: 'SHOWN', quantity: 2 }] });
    const [transfer] = await transfersOf('SHOWN');
    expect(transfer).toMatchObject({ fromLocationId: 'store', toLocationId: 'north', status: 'requested' });
    await act(transfer.id, 'ship');
    await act(transfer.id, 'receive', { lines: [{ sku: 'SHOWN', quantity: 2 }] });
    await shop.untilOrder(id, (each) => released(each).length === 1);
  });

  test('that does not come in time is called off: the order is divided, where the rules say so', async () => {
    await rules({ allocation: { split: 'never' }, onShortage: { ...first, otherwise: 'split' } });
    await shop.stock('LATE', { north: 2, south: 1 });
    const { id } = await shop.place({ reference: 'transfer-late-1', lines: [{ sku: 'LATE', quantity: 3 }] });
    await shop.untilOrder(id, ({ fulfillments }) => fulfillments.length === 1);
    await shop.fastForward(id, 'P4D');
    const view = await shop.untilOrder(id, (each) => released(each).length === 2);
    expect(view.fulfillments.map(({ locationId }: OrderView) => locationId).sort()).toEqual([
      'north',
      'south',
    ]);
    expect(await transfersOf('LATE')).toMatchObject([{ status: 'cancelled' }]);
    expect(view.lines[0].byState).toEqual({ allocated: 3 });
    // The customer, who was told the transfer's date, may hear of a later one, and never again that it waits.
    expect((await templatesOf(system.db, id)).filter((name) => name !== 'promiseChanged')).toEqual([
      'orderConfirmed',
      'backordered',
    ]);
    await deliverAll(id);
  });

  test('that a location refuses is asked of another; the shelf is put right, and all leaves as one', async () => {
    await rules({ allocation: { split: 'never' }, onShortage: { ...first, otherwise: 'cancel' } });
    await shop.stock('ELSEWHERE', { north: 3, south: 2, store: 2 });
    const { id } = await shop.place({ reference: 'instead-1', lines: [{ sku: 'ELSEWHERE', quantity: 5 }] });
    const [asked] = await transfersOf('ELSEWHERE');
    const other = asked.fromLocationId === 'south' ? 'store' : 'south';
    await act(asked.id, 'cancel', { reason: 'outOfStock' });
    await shop.untilEvent(id, 'transfersRequested', 2);
    const { items } = await shop.as.warehouse.get<OrderView>('/v1/stock', { sku: 'ELSEWHERE' });
    const shelf = items.find(({ locationId }: OrderView) => locationId === asked.fromLocationId);
    expect(shelf).toMatchObject({ onHand: 0, allocated: 0 });
    const instead = (await transfersOf('ELSEWHERE')).find(({ status }: OrderView) => status === 'requested')!;
    expect(instead).toMatchObject({ fromLocationId: other, toLocationId: 'north', lines: [{ quantity: 2 }] });
    const { waitingFor } = await shop.order(id);
    expect(waitingFor.map(({ what }: OrderView) => what)).toContain(
      `2 × ELSEWHERE to be sent from ${other} to north`,
    );
    expect(
      (await shop.as.support.get<OrderView>('/v1/exceptions', { limit: '200' })).items,
    ).not.toContainEqual(expect.objectContaining({ orderId: id }));
    await act(instead.id, 'ship');
    await act(instead.id, 'receive', { lines: [{ sku: 'ELSEWHERE', quantity: 2 }] });
    const whole = await shop.untilOrder(id, (each) => released(each).length === 1);
    expect(whole.fulfillments).toMatchObject([{ locationId: 'north', lines: [{ quantity: 5 }] }]);
    await deliverAll(id);
  });

  test('that nobody else can send is waited for no longer: what the rules have follow comes at once', async () => {
    await rules({ allocation: { split: 'never' }, onShortage: { ...first, otherwise: 'cancel' } });
    await shop.stock('NOWHERE', { north: 3, south: 1 });
    const { id } = await shop.place({ reference: 'instead-2', lines: [{ sku: 'NOWHERE', quantity: 4 }] });
    const [asked] = await transfersOf('NOWHERE');
    await act(asked.id, 'cancel', { reason: 'cannotPickInTime' });
    const view = await shop.untilOrder(id, (each) => released(each).length === 1);
    expect(view.lines[0].byState).toEqual({ allocated: 3, cancelled: 1 });
    await deliverAll(id);

    await rules({ allocation: { split: 'never' }, onShortage: { ...first, otherwise: 'split' } });
    await shop.stock('NEVERMORE', { north: 3, south: 1 });
    const divided = await shop.place({ reference: 'instead-3', lines: [{ sku: 'NEVERMORE', quantity: 4 }] });
    const [refused] = await transfersOf('NEVERMORE');
    await act(refused.id, 'cancel', { reason: 'cannotPickInTime' });
    const rest = await shop.untilOrder(divided.id, (each) => released(each).length === 1);
    expect(rest.lines[0].byState).toEqual({ allocated: 3, backordered: 1 });
    // Who refused is not asked again, whatever comes there; others are.
    await shop.stock('NEVERMORE', { south: 5 });
    expect((await shop.order(divided.id)).lines[0].byState).toEqual({ allocated: 3, backordered: 1 });
    await shop.stock('NEVERMORE', { north: 1 });
    await shop.untilOrder(divided.id, ({ lines }) => lines[0].byState.allocated === 4);
  });

  test('that one location after the other refuses ends with a person', async () => {
    await shop.as.admin.put('/v1/channels/web', {
      ...{ type: 'webshop', name: 'Test shop', settings: { refusalsAtMost: 2 } },
    });
    await rules({ allocation: { split: 'never' }, onShortage: first });
    await shop.stock('PASSED', { north: 4, south: 1, store: 1 });
    const { id } = await shop.place({ reference: 'instead-4', lines: [{ sku: 'PASSED', quantity: 5 }] });
    const open = async (): Promise<OrderView> =>
      (await transfersOf('PASSED')).find(({ status }: OrderView) => status === 'requested')!;
    await act((await open()).id, 'cancel', { reason: 'cannotPickInTime' });
    await shop.untilEvent(id, 'transfersRequested', 2);
    await act((await open()).id, 'cancel', { reason: 'cannotPickInTime' });
    await shop.untilEvent(id, 'needsPerson');
    const { items } = await shop.as.support.get<OrderView>('/v1/exceptions', { limit: '200' });
    expect(items.filter(({ orderId }: OrderView) => orderId === id)).toMatchObject([
      { what: 'somebody to decide on 1 × PASSED: 2 locations refused it or let it lie' },
    ]);
    const again = await shop.as.support.post<OrderView>(`/v1/orders/${id}/cancel`, {
      ...{ reason: 'four will do', lines: [{ lineId: (await shop.order(id)).lines[0].id, quantity: 1 }] },
    });
    expect(again.lines[0].byState).toEqual({ allocated: 4, cancelled: 1 });
    await shop.untilOrder(id, (each) => released(each).length === 1);
    await shop.as.admin.put('/v1/channels/web', { type: 'webshop', name: 'Test shop' });
  });

  describe('of which nobody sends some', () => {
    const lines = (reference: string, extra = 1) => [
      { sku: `${reference}-SENT`, quantity: 3 },
      { sku: `${reference}-NONE`, quantity: extra },
    ];
    /** Of one SKU south sends the last piece to north; of the other nobody has any. */
    async function begin(reference: string, onShortage: Scenario['onShortage'], more: object = {}) {
      await rules({
        ...{ allocation: { split: 'never', respectPreference: true }, onShortage },
      });
      await shop.stock(`${reference}-SENT`, { north: 2, south: 1 });
      await shop.stock(`${reference}-NONE`, {});
      const placed = await shop.place({ reference, lines: lines(reference), ...more });
      const [transfer] = await transfersOf(`${reference}-SENT`);
      return { ...placed, transfer: transfer!, sku: `${reference}-SENT`, none: `${reference}-NONE` };
    }
    const send = async ({ transfer, sku }: { transfer: OrderView; sku: string }): Promise<void> => {
      await act(transfer.id, 'ship');
      await act(transfer.id, 'receive', { lines: [{ sku, quantity: 1 }] });
    };

    test('gives that up at once, before it is paid, where the rules say so; the rest is collected as it was', async () => {
      const made = await begin('UNSENT1', { ...first, otherwise: 'cancel' });
      expect(made.decision).toBe('backordered');
      const view = await shop.order(made.id);
      expect(view.lines.map(({ byState }: OrderView) => byState)).toEqual([
        { allocated: 2, backordered: 1 },
        { cancelled: 1 },
      ]);
      expect(made.transfer).toMatchObject({ status: 'requested', lines: [{ quantity: 1 }] });
      const [confirmation] = await mailsOf(system.db, made.id);
      expect(confirmation).toMatchObject({
        template: 'orderConfirmed',
        data: { notSupplied: [{ sku: made.none, quantity: 1 }] },
      });
      const { items } = await shop.as.support.get<OrderView>(`/v1/orders/${made.id}/sourcing`);
      expect(JSON.stringify(items)).toContain('nobody can send 1: what the rules have follow comes at once');
      await send(made);
      const whole = await shop.untilOrder(made.id, (each) => released(each).length === 1);
      expect(whole.fulfillments).toMatchObject([{ locationId: 'north', lines: [{ quantity: 3 }] }]);
      const delivered = await deliverAll(made.id);
      expect(delivered.payments[0].captured.amount).toBe(3 * piecePrice + shippingPrice);
    });

    test('lets that wait by itself where the order is divided, and leaves without it', async () => {
      const made = await begin('UNSENT2', { ...first, otherwise: 'split' });
      const { waitingFor } = await shop.order(made.id);
      expect(waitingFor.map(({ what }: OrderView) => what)).toContain(
        `1 × ${made.sku} to be sent from south to north`,
      );
      await send(made);
      const rest = await shop.untilOrder(made.id, (each) => released(each).length === 1);
      expect(rest.lines.map(({ byState }: OrderView) => byState)).toEqual([
        { allocated: 3 },
        { backordered: 1 },
      ]);
      await deliverAll(made.id);
      // Any place may supply it, long after the transfers' time.
      await shop.fastForward(made.id, 'P4D');
      await shop.stock(made.none, { south: 1 });
      const last = await shop.untilOrder(made.id, (each) => released(each).length === 2);
      expect(last.fulfillments.at(-1)).toMatchObject({ locationId: 'south', lines: [{ sku: made.none }] });
      await deliverAll(made.id);
    });

    test('waits together with that as a backorder, longer than a transfer may take', async () => {
      const made = await begin('UNSENT3', first);
      await send(made);
      await shop.untilOrder(made.id, ({ lines: [line] }) => line.byState.allocated === 3);
      await shop.fastForward(made.id, 'P4D');
      const waiting = await shop.order(made.id);
      expect(released(waiting)).toEqual([]);
      expect(waiting.lines[1].byState).toEqual({ backordered: 1 });
      await shop.stock(made.none, { north: 1 });
      const whole = await shop.untilOrder(made.id, (each) => released(each).length === 1);
      expect(whole.fulfillments).toMatchObject([
        { locationId: 'north', lines: [{ quantity: 3 }, { sku: made.none, quantity: 1 }] },
      ]);
      await deliverAll(made.id);
    });

    test('has something else offered for that, where a customer asked for one parcel', async () => {
      await shop.stock('UNSENT4-ELSE', { south: 1 });
      const alternatives = [{ sku: 'UNSENT4-ELSE' }];
      await shop.stock('UNSENT4-SENT', { north: 2, south: 1 });
      await shop.stock('UNSENT4-NONE', {});
      await shop.as.admin.put('/v1/products/UNSENT4-NONE/alternatives', { alternatives });
      await rules({
        ...{ allocation: { split: 'allow', respectPreference: true }, onShortage: { then: 'alternative' } },
      });
      const { id } = await shop.place({
        ...{ reference: 'UNSENT4', lines: lines('UNSENT4'), preference: { split: 'consolidate' } },
      });
      await shop.untilEvent(id, 'alternativeOffered');
      const { items } = await shop.as.support.get<OrderView>(`/v1/orders/${id}/offers`);
      expect(items).toMatchObject([{ sku: 'UNSENT4-NONE', quantity: 1, status: 'open' }]);
      await shop.as.channel.post(`/v1/orders/${id}/offers/${items[0].id}/accept`, { sku: 'UNSENT4-ELSE' });
      const taken = await shop.untilOrder(id, (each) => released(each).length === 1);
      expect(released(taken)).toMatchObject([{ locationId: 'south', lines: [{ sku: 'UNSENT4-ELSE' }] }]);
      const [transfer] = await transfersOf('UNSENT4-SENT');
      await send({ transfer: transfer!, sku: 'UNSENT4-SENT' });
      const whole = await shop.untilOrder(id, (each) => released(each).length === 2);
      expect(whole.fulfillments).toMatchObject([{ locationId: 'north', lines: [{ quantity: 3 }] }, {}]);
      const delivered = await deliverAll(id);
      expect(delivered.lines.map(({ byState }: OrderView) => Object.keys(byState))).toHaveLength(3);
    });

    test('is found out when a location refuses: that is decided at once, and what is under way comes', async () => {
      await rules({ allocation: { split: 'never' }, onShortage: { ...first, otherwise: 'cancel' } });
      await shop.stock('UNSENT5-SENT', { north: 3, south: 1 });
      await shop.stock('UNSENT5-NONE', { store: 1 });
      const { id } = await shop.place({
        ...{ reference: 'UNSENT5', lines: [{ sku: 'UNSENT5-SENT', quantity: 4 }, lines('UNSENT5')[1]!] },
      });
      const [refused] = await transfersOf('UNSENT5-NONE');
      await act(refused!.id, 'cancel', { reason: 'outOfStock' });
      const isGivenUp = ({ lines: [, line] }: OrderView): boolean => line.byState.cancelled === 1;
      const view = await shop.untilOrder(id, isGivenUp);
      expect(view.lines[0].byState).toEqual({ allocated: 3, backordered: 1 });
      expect(released(view)).toEqual([]);
      await shop.untilOrder(id, ({ mails }) => mails.some(isOf('linesCancelled')));
      const [transfer] = await transfersOf('UNSENT5-SENT');
      expect(transfer).toMatchObject({ status: 'requested' });
      await send({ transfer: transfer!, sku: 'UNSENT5-SENT' });
      const whole = await shop.untilOrder(id, (each) => released(each).length === 1);
      expect(whole.fulfillments).toMatchObject([{ locationId: 'north', lines: [{ quantity: 4 }] }]);
      const delivered = await deliverAll(id);
      expect(delivered.payments[0].captured.amount).toBe(4 * piecePrice + shippingPrice);
    });
  });

  test('is called off with the order; without anything to send it is a backorder', async () => {
    await rules({ allocation: { split: 'never' }, onShortage: first });
    await shop.stock('OFF', { north: 1, south: 1 });
    const { id } = await shop.place({ reference: 'off-1', lines: [{ sku: 'OFF', quantity: 2 }] });
    await shop.as.support.post(`/v1/orders/${id}/cancel`, { reason: 'customerRequest' });
    await shop.untilOrder(id, ({ status, waitingFor }) => status === 'cancelled' && waitingFor.length === 0);
    expect(await transfersOf('OFF')).toMatchObject([{ status: 'cancelled' }]);
    const { items } = await shop.as.warehouse.get<OrderView>('/v1/stock', { sku: 'OFF' });
    expect(items.map(({ allocated }: OrderView) => allocated)).toEqual([0, 0]);

    await shop.stock('EMPTY', {});
    const none = await shop.place({ reference: 'off-2', lines: [{ sku: 'EMPTY', quantity: 1 }] });
    expect(none.decision).toBe('backordered');
    await shop.stock('EMPTY', { south: 1 });
    await shop.untilOrder(none.id, (each) => released(each).length === 1);
  });
});
