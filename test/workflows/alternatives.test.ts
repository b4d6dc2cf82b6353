import { findPaymentDifferences } from '../../store/payment/find-payment-differences';
import type { AfterAction } from '../../domain/rules/types';
import type { ApiProblem } from '../../api/client';
import { mailsOf, templatesOf } from '../support/mails';
import { openShop, piecePrice, shippingPrice, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let shop: Shop;
beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
});
afterAll(() => system?.stop());

/** What the rules say from now on; orders keep those that they began with. */
async function offersAre(otherwise?: AfterAction['otherwise'], within = 'P2D'): Promise<void> {
  const scenario = {
    ...{ code: 'all', when: { all: [] }, decides: 'software', filters: [], scores: {} },
    allocation: { split: 'allow' },
    onShortage: { then: 'alternative', within, ...(otherwise && { otherwise }) },
  };
  const draft = { name: 'alternatives', currency: 'EUR', scenarios: [scenario] };
  await shop.as.admin.put('/v1/rules/draft', draft);
  await shop.as.admin.post('/v1/rules/publish', { note: `otherwise ${otherwise}` });
}

/** Whoever is short waits for stock. */
async function linesWait(): Promise<void> {
  const scenario = {
    ...{ code: 'all', when: { all: [] }, decides: 'software', filters: [], scores: {} },
    ...{ allocation: { split: 'allow' }, onShortage: { then: 'backorder' } },
  };
  await shop.as.admin.put('/v1/rules/draft', { name: 'waiting', currency: 'EUR', scenarios: [scenario] });
  await shop.as.admin.post('/v1/rules/publish', { note: 'lines wait' });
}

/** A product of which there are some, and others that stand in for it, at a price each, with their stock. */
async function goods(
  sku: string,
  there: number,
  others: Record<string, { price: number; there: number }>,
): Promise<void> {
  await shop.stock(sku, there > 0 ? { north: there } : {});
  for (const [other, { price, there: pieces }] of Object.entries(others)) {
    await shop.stock(other, { north: pieces });
    const product = {
      title: `Product ${other}`,
      price: { amount: price, currency: 'EUR' },
      taxRateBps: 2200,
    };
    await shop.as.admin.put(`/v1/products/${other}`, product);
  }
  const alternatives = Object.keys(others).map((other) => ({ sku: other }));
  await shop.as.admin.put(`/v1/products/${sku}/alternatives`, { alternatives });
}

async function offersOf(id: string): Promise<OrderView[]> {
  return (await shop.as.support.get<OrderView>(`/v1/orders/${id}/offers`)).items;
}
async function untilOffered(id: string): Promise<OrderView> {
  await shop.untilEvent(id, 'alternativeOffered');
  return (await offersOf(id))[0];
}
const answer = (
  id: string,
  offerId: string,
  to: 'accept' | 'refuse',
  body: object,
  idempotencyKey?: string,
) => shop.as.channel.post<OrderView>(`/v1/orders/${id}/offers/${offerId}/${to}`, body, { idempotencyKey });
const availableOf = async (sku: string): Promise<number> =>
  (await shop.as.channel.get<OrderView>('/v1/availability', { sku })).items[0].available;

async function ship(id: string): Promise<OrderView> {
  const view = await shop.untilOrder(id, ({ fulfillments }) =>
    fulfillments.some(({ status, releasedAt }: OrderView) => status === 'allocated' && releasedAt !== null),
  );
  for (const work of view.fulfillments.filter(({ status }: OrderView) => status === 'allocated')) {
    await shop.pack(view, work.id);
    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ship`);
  }
  await shop.untilEvent(id, 'paymentCaptured');
  return shop.order(id);
}

test('what stands in for pieces of a pickup may be sent to its store, and is collected with what is there', async () => {
  await shop.as.admin.put('/v1/locations/pavia', {
    ...{ type: 'store', name: 'Pavia', capabilities: ['pickup'], pickupWhenShort: 'send' },
    address: { name: 'Pavia', line1: 'Via Po 1', city: 'Pavia', postalCode: '27100', country: 'IT' },
  });
  await offersAre();
  await goods('SENT', 0, { 'SENT-B': { price: 2000, there: 1 } });
  await shop.stock('SENT', { pavia: 1 });
  await shop.stock('SENT-B', { pavia: 1 });
  const { id } = await shop.place({
    ...{ reference: 'sent-1', lines: [{ sku: 'SENT', quantity: 3 }], mode: 'pickup', locationId: 'pavia' },
  });
  const offer = await untilOffered(id);
  expect(offer).toMatchObject({ quantity: 2, options: [{ sku: 'SENT-B' }] });
  expect(offer.options[0].promise.latest).toMatch(/^\d{4}-\d\d-\d\d$/);
  await answer(id, offer.id, 'accept', { sku: 'SENT-B' });
  const view = await shop.untilOrder(id, ({ fulfillments }) => fulfillments.length === 3);
  expect(view.fulfillments).toMatchObject([
    { mode: 'pickup', locationId: 'pavia', lines: [{ sku: 'SENT' }] },
    { mode: 'pickup', locationId: 'pavia', lines: [{ sku: 'SENT-B', quantity: 1 }] },
    { mode: 'shipToStore', locationId: 'north', pickupLocationId: 'pavia', lines: [{ sku: 'SENT-B' }] },
  ]);
  const sent = view.fulfillments[2];
  await shop.pack(view, sent.id);
  await shop.as.warehouse.post(`/v1/fulfillments/${sent.id}/ship`);
  await shop.as.warehouse.post(`/v1/fulfillments/${sent.id}/arrive`, {});
  for (const own of view.fulfillments.slice(0, 2))
    await shop.as.warehouse.post(`/v1/fulfillments/${own.id}/ready`);
  const ready = await shop.untilOrder(id, ({ fulfillments }) =>
    fulfillments.some(({ status }: OrderView) => status === 'readyForPickup'),
  );
  expect(ready.lines.map(({ byState }: OrderView) => byState)).toEqual([
    { readyForPickup: 1 },
    { readyForPickup: 2 },
  ]);
});

test('what the customer takes replaces the pieces, and nothing more is charged than it costs', async () => {
  await offersAre();
  await goods('TAKE', 1, { 'TAKE-B': { price: 2000, there: 9 }, 'TAKE-C': { price: 9000, there: 9 } });
  const { id } = await shop.place({ reference: 'take-1', lines: [{ sku: 'TAKE', quantity: 3 }] });
  const offer = await untilOffered(id);
  const total = 3 * piecePrice + shippingPrice;
  expect(offer).toMatchObject({
    ...{ sku: 'TAKE', quantity: 2, status: 'open', otherwise: 'backorder' },
    options: [
      { sku: 'TAKE-B', unitPrice: { amount: 2000 }, difference: { amount: -2 * (piecePrice - 2000) } },
      // It costs more: the customer pays what was agreed.
      { sku: 'TAKE-C', unitPrice: { amount: piecePrice }, difference: { amount: 0 } },
    ],
  });
  expect(offer.options[0].promise.latest).toMatch(/^\d{4}-\d\d-\d\d$/);
  const waiting = await shop.order(id);
  expect(waiting.waitingFor.map(({ what }: OrderView) => what)).toContainEqual(
    expect.stringContaining("the customer's answer"),
  );
  // What is not taken is not given up, and so it says.
  expect(waiting.waitingFor.find(({ what }: OrderView) => what === 'stock to come in')).toMatchObject({
    then: 'the pieces wait for stock',
  });

  expect(await answer(id, offer.id, 'accept', { sku: 'TAKE-B' })).toMatchObject({
    ...{ status: 'accepted', chosenSku: 'TAKE-B', quantity: 2 },
  });
  const view = await shop.untilOrder(id, ({ fulfillments }) => fulfillments.length === 2);
  const now = total - 2 * (piecePrice - 2000);
  expect(view).toMatchObject({ total: { amount: now }, version: 2 });
  expect(view.lines).toMatchObject([
    { sku: 'TAKE', quantity: 1, byState: { allocated: 1 }, total: { amount: piecePrice } },
    { sku: 'TAKE-B', quantity: 2, byState: { allocated: 2 }, total: { amount: 4000 } },
  ]);
  expect(view.waitingFor.map(({ what }: OrderView) => what).join()).not.toMatch(/stock|answer/);
  expect(await availableOf('TAKE-B')).toBe(7);
  // Stock of what was ordered comes too late, and belongs to everybody.
  await shop.stock('TAKE', { north: 2 });
  expect(await availableOf('TAKE')).toBe(2);

  const shipped = await ship(id);
  // With the last capture the rest of the card's hold is let go, at the provider too.
  const paid = await shop.untilOrder(id, ({ payments }) => payments[0].captured.amount === now);
  expect(paid.payments[0].authorized.amount).toBe(now);
  const books = await fetch(`${system.config.sandbox.url}/payments/authorizations?orderId=${id}`);
  expect(await books.json()).toMatchObject({
    items: [{ amount: total, captured: now, voided: total - now }],
  });
  expect(shipped.documents.filter(({ kind }: OrderView) => kind === 'orderConfirmation')).toHaveLength(2);
  expect(await templatesOf(system.db, id)).toEqual(
    expect.arrayContaining(['orderConfirmed', 'alternativeOffered', 'alternativeAccepted', 'shipped']),
  );
  expect(
    (await mailsOf(system.db, id)).find(({ template }) => template === 'alternativeAccepted'),
  ).toMatchObject({
    data: {
      total: { amount: now },
      saving: { amount: total - now },
      lines: [{ sku: 'TAKE-B', quantity: 2 }],
    },
  });
  const told = await templatesOf(system.db, id);
  for (const mail of ['linesCancelled', 'backordered']) expect(told).not.toContain(mail);
});

test('an order of which pieces were replaced can be changed as any other', async () => {
  await offersAre();
  await goods('MORE', 0, { 'MORE-B': { price: 2000, there: 9 } });
  const { id } = await shop.place({ reference: 'more-1', lines: [{ sku: 'MORE', quantity: 2 }] });
  const offer = await untilOffered(id);
  await answer(id, offer.id, 'accept', { sku: 'MORE-B' });
  const { lines } = await shop.untilOrder(id, ({ fulfillments }) => fulfillments.length === 1);
  const fewer = { reason: 'one is enough', lines: [{ lineId: lines[1].id, quantity: 1 }], version: 2 };
  const edited = await shop.as.support.post<OrderView>(`/v1/orders/${id}/edits`, fewer);
  expect(edited).toMatchObject({
    ...{ version: 3, total: { amount: 2000 + shippingPrice } },
    lines: [
      { sku: 'MORE', quantity: 0 },
      { sku: 'MORE-B', quantity: 1 },
    ],
  });
  const { items } = await shop.as.support.get<OrderView>(`/v1/orders/${id}/versions`);
  expect(
    items.map(({ changes }: OrderView) => changes.map(({ what, sku }: OrderView) => [what, sku])),
  ).toEqual([
    [],
    [
      ['quantity', 'MORE'],
      ['added', 'MORE-B'],
    ],
    [['quantity', 'MORE-B']],
  ]);
  expect(await availableOf('MORE-B')).toBe(8);
});

test('what was paid beforehand and costs less comes back', async () => {
  await offersAre();
  await goods('PAID', 0, { 'PAID-B': { price: 1000, there: 9 } });
  const { id } = await shop.place({
    ...{ reference: 'paid-1', lines: [{ sku: 'PAID', quantity: 2 }], tenders: [{ method: 'bankTransfer' }] },
  });
  const { total } = await shop.order(id);
  await shop.as.support.post(`/v1/orders/${id}/payments`, { amount: total, reference: 'PAID-1' });
  const offer = await untilOffered(id);
  await answer(id, offer.id, 'accept', { sku: 'PAID-B' });
  await shop.untilEvent(id, 'moneyGivenBack');
  const view = await shop.order(id);
  expect(view.payments[0]).toMatchObject({
    captured: { amount: total.amount },
    refunded: { amount: 2 * (piecePrice - 1000) },
  });
  expect(view.total.amount).toBe(2 * 1000 + shippingPrice);
  expect(view.lines).toMatchObject([
    { sku: 'PAID', quantity: 0, byState: {}, total: { amount: 0 } },
    { sku: 'PAID-B', quantity: 2 },
  ]);
  await shop.untilOrder(id, ({ mails }) => mails.some(({ template }: OrderView) => template === 'refunded'));
  await ship(id).catch(() => undefined);
  expect((await shop.order(id)).payments[0].captured.amount).toBe(total.amount);
});

test('accepted twice it is replaced once, whether the same request comes again or another', async () => {
  await offersAre();
  await goods('TWICE', 0, { 'TWICE-B': { price: 2000, there: 9 }, 'TWICE-C': { price: 2000, there: 9 } });
  const { id } = await shop.place({ reference: 'twice-1', lines: [{ sku: 'TWICE', quantity: 2 }] });
  const offer = await untilOffered(id);
  const both = await Promise.allSettled([
    answer(id, offer.id, 'accept', { sku: 'TWICE-B' }, 'twice'),
    answer(id, offer.id, 'accept', { sku: 'TWICE-B' }, 'twice'),
    answer(id, offer.id, 'accept', { sku: 'TWICE-C' }, 'other'),
  ]);
  expect(both.filter(({ status }) => status === 'rejected').length).toBeLessThanOrEqual(2);
  const view = await shop.untilOrder(id, ({ fulfillments }) => fulfillments.length > 0);
  expect(view.fulfillments).toHaveLength(1);
  expect(view.lines).toHaveLength(2);
  expect((await availableOf('TWICE-B')) + (await availableOf('TWICE-C'))).toBe(16);
  const late = answer(id, offer.id, 'refuse', {});
  await expect(late).rejects.toMatchObject({
    status: 409,
    message: expect.stringContaining('accepted already'),
  });
});

test('what is gone meanwhile is told, and the offer names what there is now', async () => {
  await offersAre();
  await goods('GONE', 0, { 'GONE-B': { price: 2000, there: 2 }, 'GONE-C': { price: 2000, there: 2 } });
  const { id } = await shop.place({ reference: 'gone-1', lines: [{ sku: 'GONE', quantity: 2 }] });
  const offer = await untilOffered(id);
  await shop.place({ reference: 'gone-2', lines: [{ sku: 'GONE-B', quantity: 1 }] });
  const gone = await answer(id, offer.id, 'accept', { sku: 'GONE-B' }).catch((error: ApiProblem) => error);
  expect(gone).toMatchObject({ status: 409, message: expect.stringContaining('choose something else') });
  const [renewed] = await offersOf(id);
  expect(renewed).toMatchObject({ status: 'open', options: [{ sku: 'GONE-C' }] });
  expect((await shop.order(id)).lines).toHaveLength(1);
  expect((await answer(id, offer.id, 'accept', { sku: 'GONE-C' })).status).toBe('accepted');
});

test('refused, the pieces go on waiting for stock, longer than the offer stood', async () => {
  await offersAre('backorder');
  await goods('WAIT', 0, { 'WAIT-B': { price: 2000, there: 9 } });
  const { id } = await shop.place({ reference: 'wait-1', lines: [{ sku: 'WAIT', quantity: 2 }] });
  const offer = await untilOffered(id);
  expect((await answer(id, offer.id, 'refuse', {})).status).toBe('refused');
  await shop.fastForward(id, 'P5D');
  const view = await shop.order(id);
  expect(view.lines[0].byState).toEqual({ backordered: 2 });
  expect(await templatesOf(system.db, id)).toEqual(['orderConfirmed', 'alternativeOffered', 'backordered']);
  await shop.stock('WAIT', { north: 2 });
  await shop.untilOrder(id, ({ lines }) => lines[0].byState.allocated === 2);
  expect(await availableOf('WAIT-B')).toBe(9);
});

test('refused where the rules say so, the pieces are cancelled and the rest goes on', async () => {
  await offersAre('cancel');
  await goods('DROP', 1, { 'DROP-B': { price: 2000, there: 9 } });
  const { id } = await shop.place({ reference: 'stand-in-supplied', lines: [{ sku: 'DROP', quantity: 3 }] });
  const offer = await untilOffered(id);
  const staff = (body: object) =>
    shop.as.support.post<OrderView>(`/v1/orders/${id}/offers/${offer.id}/refuse`, body);
  await expect(staff({})).rejects.toMatchObject({ status: 422 });
  expect(await staff({ reason: 'told us on the phone' })).toMatchObject({
    ...{ status: 'refused', reason: 'told us on the phone', answeredBy: expect.stringContaining('support') },
  });
  await shop.untilOrder(id, ({ lines }) => lines[0].byState.cancelled === 2);
  const shipped = await ship(id);
  expect(shipped.payments[0].captured.amount).toBe(piecePrice + shippingPrice);
});

test('not answered in time, what the rules say follows', async () => {
  await offersAre('cancel');
  await goods('LATE', 1, { 'LATE-B': { price: 2000, there: 9 } });
  const { id } = await shop.place({ reference: 'late-1', lines: [{ sku: 'LATE', quantity: 3 }] });
  const offer = await untilOffered(id);
  await shop.fastForward(id, 'P2DT1H');
  await shop.untilEvent(id, 'alternativeExpired');
  await shop.untilOrder(id, ({ lines }) => lines[0].byState.cancelled === 2);
  const late = answer(id, offer.id, 'accept', { sku: 'LATE-B' });
  await expect(late).rejects.toMatchObject({ status: 409 });
});

test('where nothing can be had instead, nothing is offered', async () => {
  await offersAre('cancel');
  await goods('NONE', 1, { 'NONE-B': { price: 2000, there: 1 } });
  const { id } = await shop.place({ reference: 'none-1', lines: [{ sku: 'NONE', quantity: 3 }] });
  await shop.untilOrder(id, ({ lines }) => lines[0].byState.cancelled === 2);
  expect(await offersOf(id)).toEqual([]);
  expect(await templatesOf(system.db, id)).not.toContain('alternativeOffered');
});

test('what cannot be replaced waits, and the customer is told so', async () => {
  await offersAre('backorder');
  await goods('HALF', 0, { 'HALF-B': { price: 2000, there: 9 } });
  await goods('BARE', 0, {});
  const lines = ['HALF', 'BARE'].map((sku) => ({ sku, quantity: 1 }));
  const { id } = await shop.place({ reference: 'half-1', lines });
  const offer = await untilOffered(id);
  await shop.untilEvent(id, 'backordered');
  const bare = (await mailsOf(system.db, id)).find(({ template }) => template === 'backordered')!;
  expect(bare.data.lines).toMatchObject([{ sku: 'BARE', quantity: 1 }]);
  await answer(id, offer.id, 'accept', { sku: 'HALF-B' });
  const view = await shop.untilOrder(id, ({ fulfillments }) => fulfillments.length === 1);
  expect(view.lines.map(({ byState }: OrderView) => byState)).toEqual([
    {},
    { backordered: 1 },
    { allocated: 1 },
  ]);
});

test('stock that comes first makes the offer void', async () => {
  await offersAre('cancel');
  await goods('FIRST', 0, { 'FIRST-B': { price: 2000, there: 9 } });
  const { id } = await shop.place({ reference: 'first-1', lines: [{ sku: 'FIRST', quantity: 2 }] });
  const offer = await untilOffered(id);
  await shop.stock('FIRST', { north: 2 });
  await shop.untilOrder(id, ({ lines }) => lines[0].byState.allocated === 2);
  expect((await offersOf(id))[0].status).toBe('withdrawn');
  await shop.untilOrder(id, ({ waitingFor }) => !/answer/.test(JSON.stringify(waitingFor)));
  await expect(answer(id, offer.id, 'accept', { sku: 'FIRST-B' })).rejects.toMatchObject({ status: 409 });
  await shop.fastForward(id, 'P3D');
  expect((await shop.order(id)).lines[0].byState).toMatchObject({ allocated: 2 });
});

test('what stands in and is refused by its location is replaced again, but never by what it was', async () => {
  await offersAre('backorder');
  await goods('ROUND', 0, { 'ROUND-B': { price: 2000, there: 2 } });
  await shop.as.admin.put('/v1/products/ROUND-B/alternatives', { alternatives: [{ sku: 'ROUND' }] });
  const { id } = await shop.place({ reference: 'round-1', lines: [{ sku: 'ROUND', quantity: 2 }] });
  const offer = await untilOffered(id);
  await answer(id, offer.id, 'accept', { sku: 'ROUND-B' });
  const view = await shop.untilOrder(id, ({ fulfillments }) => fulfillments.length === 1);
  await shop.stock('ROUND', { south: 9 });
  await shop.as.warehouse.post(`/v1/fulfillments/${view.fulfillments[0].id}/reject`, { reason: 'damaged' });
  await shop.untilEvent(id, 'alternativeNotFound');
  expect(await offersOf(id)).toHaveLength(1);
  expect((await shop.order(id)).lines[1].byState).toEqual({ backordered: 2 });
});

describe('what costs more', () => {
  const dearer = 3000;
  const total = (pieces: number): number => pieces * piecePrice + shippingPrice;

  async function offeredDearer(
    sku: string,
    tender: { method: string; token?: string },
    { otherwise, there = 1, pieces = 3, price = dearer }: Dearer = {},
  ) {
    await offersAre(otherwise);
    await goods(sku, there, { [`${sku}-B`]: { price, there: 9 } });
    const alternatives = [{ sku: `${sku}-B`, pricePolicy: 'own' }];
    await shop.as.admin.put(`/v1/products/${sku}/alternatives`, { alternatives });
    const lines = [{ sku, quantity: pieces }];
    const { id } = await shop.place({ reference: `edits-${sku}`, lines, tenders: [tender] });
    return id;
  }
  interface Dearer {
    otherwise?: AfterAction['otherwise'];
    there?: number;
    pieces?: number;
    price?: number;
  }
  const sum = ({ payments }: OrderView, figure: string): number =>
    payments
      .filter(({ status }: OrderView) => !['voided', 'failed'].includes(status))
      .reduce((all: number, payment: OrderView) => all + payment[figure].amount, 0);
  async function tendered(id: string): Promise<number> {
    const { items } = await shop.as.support.get<OrderView>(`/v1/orders/${id}/versions`);
    return items.at(-1).order.tenders.reduce((all: number, { amount }: OrderView) => all + amount.amount, 0);
  }
  afterEach(async () => expect(await findPaymentDifferences(system.db)).toEqual([]));

  test('is asked for before the pieces are replaced, and captured to the cent', async () => {
    const id = await offeredDearer('DEAR', { method: 'card', token: 'tok_ok' });
    const offer = await untilOffered(id);
    const more = 2 * (dearer - piecePrice);
    expect(offer.options).toMatchObject([{ sku: 'DEAR-B', difference: { amount: more } }]);
    expect(await answer(id, offer.id, 'accept', { sku: 'DEAR-B' })).toMatchObject({ status: 'accepted' });
    const view = await shop.untilOrder(id, ({ fulfillments }) => fulfillments.length === 2);
    expect(view).toMatchObject({ total: { amount: total(3) + more }, version: 2 });
    expect(sum(view, 'authorized')).toBe(total(3) + more);
    expect(await tendered(id)).toBe(total(3) + more);
    await ship(id);
    await shop.untilOrder(id, (each) => sum(each, 'captured') === total(3) + more);
  });

  test.each([
    ['it waits', 'DECLINE-W', undefined, { status: 'confirmed', lines: [{ byState: { backordered: 1 } }] }],
    ['it is cancelled', 'DECLINE-C', 'cancel' as const, { status: 'cancelled' }],
  ])('declined, it is as if it had been refused: %s', async (_, sku, otherwise, end) => {
    const card = { method: 'card', token: 'tok_up_to_50' };
    const id = await offeredDearer(sku, card, { otherwise, there: 0, pieces: 1, price: 9000 });
    const offer = await untilOffered(id);
    const told = await answer(id, offer.id, 'accept', { sku: `${sku}-B` });
    expect(told).toMatchObject({ status: 'refused', reason: expect.stringContaining('declined') });
    const view = await shop.untilOrder(id, ({ status }) => status === end.status);
    expect(view).toMatchObject({ ...end, version: 1, total: { amount: total(1) } });
    expect(await availableOf(`${sku}-B`)).toBe(9);
    await shop.untilOrder(id, (each) => sum(each, 'authorized') === (otherwise ? 0 : total(1)));
  });

  test('is not offered to who pays by transfer, and what is cheaper leaves tenders that sum to the total', async () => {
    await offersAre();
    await goods('BANKED', 1, {
      'BANKED-B': { price: dearer, there: 9 },
      'BANKED-C': { price: 2000, there: 9 },
    });
    const alternatives = ['B', 'C'].map((each) => ({ sku: `BANKED-${each}`, pricePolicy: 'own' }));
    await shop.as.admin.put('/v1/products/BANKED/alternatives', { alternatives });
    const tenders = [{ method: 'bankTransfer' }];
    const { id } = await shop.place({
      reference: 'edits-banked',
      lines: [{ sku: 'BANKED', quantity: 3 }],
      tenders,
    });
    await shop.as.support.post(`/v1/orders/${id}/payments`, {
      ...{ amount: { amount: total(3), currency: 'EUR' }, reference: 'BANK-banked' },
    });
    const offer = await untilOffered(id);
    expect(offer.options.map(({ sku }: OrderView) => sku)).toEqual(['BANKED-C']);
    await answer(id, offer.id, 'accept', { sku: 'BANKED-C' });
    const now = total(3) - 2 * (piecePrice - 2000);
    const view = await shop.untilOrder(id, (each) => sum(each, 'refunded') === total(3) - now);
    expect(view.total.amount).toBe(now);
    expect(await tendered(id)).toBe(now);
  });
});

test('taken in the time of remorse it is shown to its location afterwards, with the rest of the order', async () => {
  const channel = { type: 'webshop', name: 'Test shop' };
  await offersAre();
  await goods('REMORSE', 1, { 'REMORSE-B': { price: 2000, there: 9 } });
  await shop.as.admin.put('/v1/channels/web', { ...channel, settings: { remorseWithin: 'PT1H' } });
  const { id } = await shop.place({ reference: 'edits-remorse', lines: [{ sku: 'REMORSE', quantity: 1 }] });
  await shop.as.admin.put('/v1/channels/web', channel);
  const { lines } = await shop.order(id);
  const more = { lines: [{ lineId: lines[0].id, quantity: 3 }] };
  await shop.as.support.post(`/v1/orders/${id}/edits`, more);
  const offer = await untilOffered(id);
  await answer(id, offer.id, 'accept', { sku: 'REMORSE-B' });
  const now = piecePrice + 2 * 2000 + shippingPrice;
  const view = await shop.untilOrder(id, ({ fulfillments }) => fulfillments.length === 2);
  expect(view).toMatchObject({
    total: { amount: now },
    fulfillments: [{ releasedAt: null }, { releasedAt: null }],
  });
  await shop.fastForward(id, 'PT2H');
  await shop.untilOrder(id, ({ fulfillments }) =>
    fulfillments.every(({ releasedAt }: OrderView) => releasedAt !== null),
  );
  await ship(id);
  const gone = await shop.untilOrder(id, ({ paymentStatus }) => paymentStatus === 'captured');
  const captured = gone.payments.reduce((all: number, each: OrderView) => all + each.captured.amount, 0);
  expect(captured).toBe(now);
});

test('who waits for stock may ask what there is instead, again after a no, and keeps their place', async () => {
  await linesWait();
  await goods('RATHER', 1, { 'RATHER-B': { price: 2000, there: 9 } });
  const { id } = await shop.place({ reference: 'rather-1', lines: [{ sku: 'RATHER', quantity: 3 }] });
  await shop.untilOrder(id, ({ lines }) => lines[0].byState.backordered === 2);
  const ask = (key: string) =>
    shop.as.channel.post<OrderView>(`/v1/orders/${id}/offers`, undefined, { idempotencyKey: key });
  const [first] = (await ask('ask-1')).items;
  expect(first).toMatchObject({
    ...{ sku: 'RATHER', quantity: 2, status: 'open', otherwise: 'backorder' },
    options: [{ sku: 'RATHER-B' }],
  });
  // Twice is once, and another who asks meanwhile sees the same offer.
  expect((await ask('ask-1')).items).toMatchObject([{ id: first.id, status: 'open' }]);
  expect((await ask('ask-2')).items).toMatchObject([{ id: first.id, status: 'open' }]);
  await answer(id, first.id, 'refuse', {});
  expect((await shop.order(id)).lines[0].byState).toMatchObject({ backordered: 2 });

  const [second] = (await ask('ask-3')).items;
  expect(second).toMatchObject({ status: 'open', quantity: 2 });
  expect(second.id).not.toBe(first.id);
  await answer(id, second.id, 'accept', { sku: 'RATHER-B' });
  const view = await shop.order(id);
  expect(view.lines.map(({ sku, quantity }: OrderView) => [sku, quantity])).toEqual([
    ['RATHER', 1],
    ['RATHER-B', 2],
  ]);
  expect((await offersOf(id)).map(({ status }) => status).sort()).toEqual(['accepted', 'refused']);
  expect(await templatesOf(system.db, id)).not.toContain('alternativeOffered');
  // Nothing waits any more.
  await expect(ask('ask-4')).rejects.toMatchObject({ status: 409 });
  await ship(id);
  expect(await findPaymentDifferences(system.db)).toEqual([]);
});

test('who asks where there is nothing to offer is told so, and waits on', async () => {
  await linesWait();
  await goods('ALONE', 0, {});
  const { id } = await shop.place({ reference: 'rather-alone', lines: [{ sku: 'ALONE', quantity: 1 }] });
  await shop.untilOrder(id, ({ status }) => status === 'confirmed');
  await expect(shop.as.channel.post(`/v1/orders/${id}/offers`)).rejects.toMatchObject({
    status: 409,
    problem: { detail: expect.stringContaining('nothing now that could be offered') },
  });
  expect((await shop.order(id)).lines[0].byState).toEqual({ backordered: 1 });
  expect((await shop.order(id)).allowedActions).toContain('askForOffers');
});

describe('an offer whose pieces are changed', () => {
  const change = (id: string, body: object) =>
    shop.as.support.post<OrderView>(`/v1/orders/${id}/edits`, body);

  test('ends and says why; what is left of them is offered anew to who asks, and cancelled where nobody does', async () => {
    await offersAre('cancel');
    await goods('FEWER', 1, { 'FEWER-B': { price: 2000, there: 9 } });
    const { id } = await shop.place({ reference: 'edits-FEWER', lines: [{ sku: 'FEWER', quantity: 4 }] });
    const offer = await untilOffered(id);
    const { lines } = await shop.order(id);
    await change(id, { lines: [{ lineId: lines[0].id, quantity: 3 }] });
    expect(await offersOf(id)).toMatchObject([{ status: 'withdrawn', endedBecause: 'edited' }]);
    await expect(answer(id, offer.id, 'accept', { sku: 'FEWER-B' })).rejects.toMatchObject({
      status: 409,
      problem: { detail: expect.stringContaining('The order was changed') },
    });
    const { items } = await shop.as.channel.post<OrderView>(`/v1/orders/${id}/offers`);
    const anew = items.find(({ status }: OrderView) => status === 'open');
    expect(anew).toMatchObject({ quantity: 2, otherwise: 'cancel', options: [{ sku: 'FEWER-B' }] });
    // Nobody answers that one. What is there leaves before, as its location has no longer for it than the customer has.
    await ship(id);
    await shop.fastForward(id, 'P2DT1H');
    await shop.untilOrder(id, (each) => each.lines[0].byState.cancelled === 2);
    expect((await offersOf(id)).map(({ status }) => status).sort()).toEqual(['expired', 'withdrawn']);
    await shop.untilOrder(id, ({ payments }) => payments[0].captured.amount === piecePrice + shippingPrice);
    expect(await findPaymentDifferences(system.db)).toEqual([]);
  });

  test('who accepts and who edits at the same moment are answered one after the other', async () => {
    await offersAre();
    await goods('MOMENT', 0, { 'MOMENT-B': { price: 2000, there: 9 } });
    const { id } = await shop.place({ reference: 'edits-MOMENT', lines: [{ sku: 'MOMENT', quantity: 3 }] });
    const offer = await untilOffered(id);
    const { lines } = await shop.order(id);
    const [taken, edited] = await Promise.allSettled([
      answer(id, offer.id, 'accept', { sku: 'MOMENT-B' }),
      change(id, { lines: [{ lineId: lines[0].id, quantity: 2 }], version: 1 }),
    ]);
    expect([taken.status, edited.status].sort()).toEqual(['fulfilled', 'rejected']);
    const isTaken = taken.status === 'fulfilled';
    const view = await shop.order(id);
    expect(view).toMatchObject({
      version: 2,
      total: { amount: (isTaken ? 3 * 2000 : 2 * piecePrice) + shippingPrice },
    });
    expect(await availableOf('MOMENT-B')).toBe(isTaken ? 6 : 9);
    expect((await offersOf(id))[0]).toMatchObject({ status: isTaken ? 'accepted' : 'withdrawn' });
  });

  test('stays where the pieces do, and ends where they are looked for anew', async () => {
    await offersAre();
    await goods('STAYS', 0, { 'STAYS-B': { price: 2000, there: 9 } });
    const { id } = await shop.place({ reference: 'edits-STAYS', lines: [{ sku: 'STAYS', quantity: 2 }] });
    const offer = await untilOffered(id);
    const { shippingAddress } = await shop.order(id);
    await change(id, { shippingAddress: { ...shippingAddress, line1: 'Via Nuova 7' } });
    expect(await offersOf(id)).toMatchObject([{ id: offer.id, status: 'open' }]);
    await shop.as.support.post(`/v1/orders/${id}/source-again`, {});
    await shop.untilEvent(id, 'alternativeOffered', 2);
    const [anew, before] = await offersOf(id);
    expect(before).toMatchObject({ id: offer.id, status: 'withdrawn', endedBecause: 'sourcedAgain' });
    expect(anew).toMatchObject({ status: 'open', quantity: 2 });
    expect(await answer(id, anew.id, 'accept', { sku: 'STAYS-B' })).toMatchObject({ status: 'accepted' });
  });
});
