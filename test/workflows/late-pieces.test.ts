import { findPaymentDifferences } from '../../store/payment/find-payment-differences';
import { becomesLate, slowPlace, standIns } from '../support/late-work';
import { mailsOf, templatesOf } from '../support/mails';
import { openShop, piecePrice, shippingPrice, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let shop: Shop;
beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
  await slowPlace(shop);
});
afterAll(() => system?.stop());
afterEach(async () => expect(await findPaymentDifferences(system.db)).toEqual([]));

const total = (pieces: number): number => pieces * piecePrice + shippingPrice;

const ask = async (id: string, idempotencyKey?: string): Promise<OrderView[]> =>
  (await shop.as.channel.post<OrderView>(`/v1/orders/${id}/offers`, undefined, { idempotencyKey })).items;
const offersOf = async (id: string): Promise<OrderView[]> =>
  (await shop.as.support.get<OrderView>(`/v1/orders/${id}/offers`)).items;
const answer = (
  id: string,
  offerId: string,
  to: 'accept' | 'refuse',
  body: object,
  idempotencyKey?: string,
) => shop.as.channel.post<OrderView>(`/v1/orders/${id}/offers/${offerId}/${to}`, body, { idempotencyKey });
const stockOf = async (sku: string, at: string): Promise<OrderView> =>
  (await shop.as.warehouse.get<OrderView>('/v1/stock', { sku })).items.find(
    ({ locationId }: OrderView) => locationId === at,
  );
const cancel = (id: string, lines: object[]): Promise<OrderView> =>
  shop.as.support.post<OrderView>(`/v1/orders/${id}/cancel`, { reason: 'does not want to wait', lines });

/** What is left is shipped, and so much is captured for it. */
async function ship(id: string, captured: number): Promise<OrderView> {
  const isOpen = ({ status, releasedAt }: OrderView): boolean =>
    status === 'allocated' && releasedAt !== null;
  const view = await shop.untilOrder(id, ({ fulfillments }) =>
    fulfillments.every((each: OrderView) => each.status === 'cancelled' || isOpen(each)),
  );
  for (const work of view.fulfillments.filter(isOpen)) {
    await shop.pack(view, work.id);
    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ship`);
  }
  const capturedOf = ({ payments }: OrderView): number =>
    payments.reduce((sum: number, each: OrderView) => sum + each.captured.amount - each.refunded.amount, 0);
  return shop.untilOrder(id, (each) => capturedOf(each) === captured);
}

/** Two pieces at work at the slow place, which come later than was told. */
async function late(
  sku: string,
  more: object = {},
  placed = (_: string): Promise<void> => Promise.resolve(),
) {
  await shop.stock(sku, { north: 2, slow: 2 });
  await standIns(shop, sku, { [`${sku}-B`]: { price: 2000, there: { west: 9 } } });
  const { id } = await shop.place({ reference: `late-${sku}`, lines: [{ sku, quantity: 2 }], ...more });
  await placed(id);
  const work = await becomesLate(shop, id, sku);
  return { id, work, lineId: (await shop.order(id)).lines[0].id as string };
}

test('who is told a later day of pieces at work may take what comes sooner, and pays what it costs', async () => {
  const { id, work, lineId } = await late('LATE-TAKE');
  expect(await shop.order(id)).toMatchObject({
    latePieces: [{ fulfillmentId: work.id, lineId, quantity: 2 }],
    allowedActions: expect.arrayContaining(['askForOffers', 'cancelLines', 'cancel']),
  });
  expect(await mailsOf(system.db, id, 'promiseChanged')).toMatchObject([
    { data: { lines: [{ sku: 'LATE-TAKE', quantity: 2 }], isCancellable: true } },
  ]);
  const [offer] = await ask(id, 'late-take');
  expect(offer).toMatchObject({
    ...{ sku: 'LATE-TAKE', quantity: 2, status: 'open', otherwise: 'stay', fulfillmentId: work.id },
    options: [{ sku: 'LATE-TAKE-B', difference: { amount: -2 * (piecePrice - 2000) } }],
  });
  expect(await ask(id, 'late-take')).toMatchObject([{ id: offer.id }]);
  expect(await ask(id, 'late-again')).toMatchObject([{ id: offer.id }]);

  await answer(id, offer.id, 'accept', { sku: 'LATE-TAKE-B' }, 'late-accept');
  await answer(id, offer.id, 'accept', { sku: 'LATE-TAKE-B' }, 'late-accept');
  const view = await shop.untilOrder(id, ({ fulfillments }) => fulfillments.length === 3);
  expect(view.lines).toMatchObject([
    { sku: 'LATE-TAKE', quantity: 0, byState: {} },
    { sku: 'LATE-TAKE-B', quantity: 2, byState: { allocated: 2 } },
  ]);
  expect(view.fulfillments.map(({ status }: OrderView) => status)).toEqual([
    'cancelled',
    'cancelled',
    'allocated',
  ]);
  // What is expected of it now was told with it.
  expect(view.latePieces).toEqual([]);
  expect(await stockOf('LATE-TAKE', 'slow')).toMatchObject({ onHand: 2, allocated: 0 });
  expect(await stockOf('LATE-TAKE-B', 'west')).toMatchObject({ allocated: 2 });
  const now = 2 * 2000 + shippingPrice;
  await ship(id, now);
  expect(await templatesOf(system.db, id)).not.toContain('linesCancelled');
});

test('who would rather do without does so, out of the late work alone; the rest comes as it was told', async () => {
  await shop.stock('LATE-SOME', { north: 3, slow: 1 });
  const lines = [{ sku: 'LATE-SOME', quantity: 4 }];
  const { id } = await shop.place({ reference: 'late-some', lines });
  const view = await shop.untilOrder(id, ({ fulfillments }) => fulfillments.length === 2);
  const lineId = view.lines[0].id;
  const slow = view.fulfillments.find(({ locationId }: OrderView) => locationId === 'slow');
  const north = view.fulfillments.find(({ locationId }: OrderView) => locationId === 'north');
  const wrong = cancel(id, [{ lineId, quantity: 1, fulfillmentId: 'ful_unknown' }]);
  await expect(wrong).rejects.toMatchObject({
    status: 422,
    problem: { errors: [{ pointer: '/lines/0/fulfillmentId' }] },
  });
  await expect(cancel(id, [{ lineId, quantity: 2, fulfillmentId: slow.id }])).rejects.toMatchObject({
    status: 409,
    problem: { detail: expect.stringContaining('1 can be cancelled') },
  });
  const after = await cancel(id, [{ lineId, quantity: 1, fulfillmentId: slow.id }]);
  expect(after.fulfillments.find((each: OrderView) => each.id === slow.id).status).toBe('cancelled');
  expect(after.fulfillments.find((each: OrderView) => each.id === north.id).lines).toMatchObject([
    { quantity: 3 },
  ]);
  await ship(id, total(3));
});

test('of what was paid beforehand comes back what is not wanted any more, or costs less', async () => {
  const tenders = [{ method: 'bankTransfer' }];
  for (const sku of ['LATE-PAID', 'LATE-LESS']) {
    const { id, work, lineId } = await late(sku, { tenders }, async (placed) => {
      const amount = { amount: total(2), currency: 'EUR' };
      await shop.as.support.post(`/v1/orders/${placed}/payments`, { amount, reference: `BANK-${sku}` });
    });
    if (sku === 'LATE-PAID') {
      await cancel(id, [{ lineId, quantity: 1, fulfillmentId: work.id }]);
      await ship(id, total(1));
      continue;
    }
    const [offer] = await ask(id);
    await answer(id, offer.id, 'accept', { sku: `${sku}-B` });
    await shop.untilOrder(id, ({ fulfillments }) => fulfillments.length === 3);
    await ship(id, 2 * 2000 + shippingPrice);
  }
});

test('a location that packs first keeps its pieces: the customer is told so, and nothing is half-done', async () => {
  const { id, work } = await late('LATE-PACKED');
  const [offer] = await ask(id);
  await shop.pack(await shop.order(id), work.id);
  const told = answer(id, offer.id, 'accept', { sku: 'LATE-PACKED-B' });
  await expect(told).rejects.toMatchObject({
    status: 409,
    problem: { detail: expect.stringContaining('are packed by now') },
  });
  expect(await offersOf(id)).toMatchObject([{ status: 'withdrawn', endedBecause: 'packed', quantity: 2 }]);
  const view = await shop.order(id);
  expect(view).toMatchObject({ version: 1, latePieces: [], total: { amount: total(2) } });
  expect(view.lines).toHaveLength(1);
  expect(await stockOf('LATE-PACKED-B', 'west')).toMatchObject({ allocated: 0 });
  await expect(ask(id)).rejects.toMatchObject({ status: 409 });
});

test('who packs and who takes something else at once: one of them is first', async () => {
  for (const round of [1, 2, 3]) {
    const sku = `LATE-RACE${round}`;
    const { id, work } = await late(sku);
    const [offer] = await ask(id);
    const view = await shop.order(id);
    const [packed, taken] = await Promise.allSettled([
      shop.pack(view, work.id),
      answer(id, offer.id, 'accept', { sku: `${sku}-B` }),
    ]);
    expect([packed.status, taken.status].sort()).toEqual(['fulfilled', 'rejected']);
    const isTaken = taken.status === 'fulfilled';
    const after = await shop.untilOrder(id, ({ fulfillments }) => fulfillments.length === (isTaken ? 3 : 2));
    expect(after.total.amount).toBe(isTaken ? 2 * 2000 + shippingPrice : total(2));
    expect(await stockOf(sku, 'slow')).toMatchObject({ allocated: isTaken ? 0 : 2 });
    expect(await stockOf(`${sku}-B`, 'west')).toMatchObject({ allocated: isTaken ? 2 : 0 });
  }
});

test('refused, the pieces stay where they are at work', async () => {
  const { id, work } = await late('LATE-STAY');
  const [offer] = await ask(id);
  expect(await answer(id, offer.id, 'refuse', {})).toMatchObject({ status: 'refused' });
  expect((await shop.order(id)).fulfillments.find((each: OrderView) => each.id === work.id).status).toBe(
    'allocated',
  );
  await ship(id, total(2));
});

test('what comes no sooner is not offered, and who asks is told so', async () => {
  await shop.stock('LATE-SAME', { north: 2, slow: 2 });
  await standIns(shop, 'LATE-SAME', { 'LATE-SAME-B': { price: 2000, there: { slow: 9 } } });
  const { id } = await shop.place({ reference: 'late-same', lines: [{ sku: 'LATE-SAME', quantity: 2 }] });
  await becomesLate(shop, id, 'LATE-SAME');
  await expect(ask(id)).rejects.toMatchObject({
    status: 409,
    problem: { detail: expect.stringContaining('nothing now that could be offered') },
  });
  expect(await offersOf(id)).toEqual([]);
});

test('late work that its location refuses ends the offer, and is looked for elsewhere', async () => {
  const { id, work } = await late('LATE-MOVED');
  const [offer] = await ask(id);
  await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/reject`, { reason: 'too busy' });
  await shop.untilEvent(id, 'orderSourced', 3);
  expect(await offersOf(id)).toMatchObject([
    { id: offer.id, status: 'withdrawn', endedBecause: 'sourcedAgain' },
  ]);
  await expect(answer(id, offer.id, 'accept', { sku: 'LATE-MOVED-B' })).rejects.toMatchObject({
    status: 409,
    problem: { detail: expect.stringContaining('looked for anew') },
  });
});
