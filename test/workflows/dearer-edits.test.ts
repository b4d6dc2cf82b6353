import { findAccountDifferences } from '../../store/account/find-account-differences';
import { findPaymentDifferences } from '../../store/payment/find-payment-differences';
import { openShop, piecePrice, shippingPrice, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let shop: Shop;

beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
  await shop.as.admin.put('/v1/channels/franchise', { type: 'franchise', name: 'Franchise' });
  await shop.as.admin.put('/v1/channels/tills', { type: 'pos', name: 'Tills' });
});
afterAll(() => system?.stop());
afterEach(async () => {
  expect(await findPaymentDifferences(system.db)).toEqual([]);
  expect(await findAccountDifferences(system.db)).toEqual([]);
});

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const worth = (pieces: number): number => pieces * piecePrice + shippingPrice;
const edits = (id: string): string => `/v1/orders/${id}/edits`;
const pieces = (order: OrderView, quantity: number) => ({ lines: [{ lineId: order.lines[0].id, quantity }] });
const edit = (order: OrderView, quantity: number, more: object = {}, key?: string): Promise<OrderView> =>
  shop.as.support.post(
    edits(order.id),
    { ...pieces(order, quantity), ...more },
    key === undefined ? {} : { idempotencyKey: key },
  );
const pay = (id: string, amount: number, reference: string): Promise<OrderView> =>
  shop.as.support.post(`/v1/orders/${id}/payments`, { amount: eur(amount), reference });
const live = ({ payments }: OrderView): OrderView[] =>
  payments.filter(({ status }: OrderView) => status !== 'voided');
const sum = (view: OrderView, figure: string): number =>
  live(view).reduce((all: number, payment: OrderView) => all + payment[figure].amount, 0);
const templates = ({ mails }: OrderView): string[] => mails.map(({ template }: OrderView) => template);

/** What an order says it is paid with, of its newest version. */
async function tenders(id: string): Promise<number> {
  const { items } = await shop.as.support.get<OrderView>(`/v1/orders/${id}/versions`);
  return items.at(-1).order.tenders.reduce((all: number, { amount }: OrderView) => all + amount.amount, 0);
}

async function deliver(id: string): Promise<OrderView> {
  const order = await shop.order(id);
  const open = order.fulfillments.filter(({ status }: OrderView) => status !== 'cancelled');
  for (const work of open) await shop.pack(order, work.id);
  const labelled = await shop.untilOrder(id, ({ fulfillments }) =>
    fulfillments.every(
      ({ status, packages }: OrderView) =>
        status === 'cancelled' || packages.every((each: OrderView) => each.trackingNumber),
    ),
  );
  await shop.report(labelled, 'inTransit');
  return shop.untilOrder(id, (view) => sum(view, 'captured') - sum(view, 'refunded') === view.total.amount);
}

describe('an order that was paid by bank transfer', () => {
  async function paid(reference: string, quantity = 1): Promise<OrderView> {
    const sku = reference.toUpperCase();
    await shop.stock(sku, { north: 9 });
    const { id } = await shop.place({
      ...{ reference: `edits-${reference}`, lines: [{ sku, quantity }] },
      tenders: [{ method: 'bankTransfer' }],
    });
    await pay(id, worth(quantity), `BANK-${reference}`);
    return shop.untilOrder(id, ({ fulfillments }) => fulfillments[0]?.releasedAt !== null);
  }

  test('becomes dearer when the difference came, and not before', async () => {
    const order = await paid('dearer-1');
    const told = await shop.as.support.post<OrderView>(`${edits(order.id)}/preview`, pieces(order, 3));
    expect(told.money).toMatchObject({
      isAwaited: true,
      authorize: { method: 'bankTransfer', amount: eur(2 * piecePrice) },
    });
    const waiting = await edit(order, 3, { reason: 'three of them' }, 'edits-dearer-1');
    expect(waiting).toMatchObject({
      ...{ version: 1, status: 'onHold', total: eur(worth(1)), paymentStatus: 'captured' },
      awaitedEdit: {
        amount: eur(2 * piecePrice),
        received: eur(0),
        total: eur(worth(3)),
        reason: 'three of them',
      },
      lines: [{ quantity: 1, byState: { allocated: 1 } }],
    });
    expect(waiting.allowedActions).toEqual(expect.arrayContaining(['withdrawEdit', 'recordTransfer']));
    // The same once more is the same; something else has to wait.
    expect(await edit(order, 3, { reason: 'three of them' }, 'edits-dearer-1')).toMatchObject({ version: 1 });
    await expect(edit(order, 2)).rejects.toMatchObject({ status: 409 });
    await expect(shop.pack(order, order.fulfillments[0].id)).rejects.toMatchObject({ status: 409 });

    const part = await pay(order.id, 1000, 'BANK-dearer-1a');
    expect(part).toMatchObject({ version: 1, awaitedEdit: { received: eur(1000) } });
    await pay(order.id, 2 * piecePrice - 1000, 'BANK-dearer-1b');
    const after = await shop.untilOrder(
      order.id,
      ({ version, status }) => version === 2 && status === 'confirmed',
    );
    expect(after).toMatchObject({ awaitedEdit: null, total: eur(worth(3)), paymentStatus: 'captured' });
    expect(sum(after, 'captured')).toBe(worth(3));
    expect(await tenders(order.id)).toBe(worth(3));
    const all = await shop.untilOrder(order.id, ({ lines }) => lines[0].byState.allocated === 3);
    expect(all.waitingFor.map(({ what }: OrderView) => what).join()).not.toContain('change');
    const told2 = await shop.untilOrder(order.id, (view) => templates(view).includes('orderChanged'));
    expect(templates(told2)).toEqual(expect.arrayContaining(['changeAwaitsPayment', 'orderChanged']));
    expect(sum(await deliver(order.id), 'refunded')).toBe(0);
  });

  test('stays as it was when the money does not come in time; what came of it goes back', async () => {
    const order = await paid('dearer-2');
    await edit(order, 2);
    await pay(order.id, 700, 'BANK-dearer-2a');
    await shop.fastForward(order.id, 'P6DT12H');
    await shop.untilEvent(order.id, 'editReminded');
    await shop.fastForward(order.id, 'P1D');
    await shop.untilEvent(order.id, 'editNotMade');
    const after = await shop.untilOrder(order.id, (view) => sum(view, 'refunded') === 700);
    expect(after).toMatchObject({ version: 1, awaitedEdit: null, total: eur(worth(1)), status: 'confirmed' });
    expect(templates(after).filter((each) => each === 'changeAwaitsPayment')).toHaveLength(2);
    expect(templates(after)).toContain('changeNotMade');
    await expect(pay(order.id, 700, 'BANK-dearer-2b')).rejects.toMatchObject({ status: 409 });
    expect(await deliver(order.id)).toMatchObject({ total: eur(worth(1)) });
  });

  test('goes on as it was when the change is taken back, however much was paid for it', async () => {
    const order = await paid('dearer-3');
    await expect(shop.as.support.post(`${edits(order.id)}/withdraw`)).rejects.toMatchObject({ status: 409 });
    await edit(order, 2);
    const after = await shop.as.support.post<OrderView>(`${edits(order.id)}/withdraw`);
    expect(after).toMatchObject({ version: 1, awaitedEdit: null, status: 'confirmed' });
    expect(live(after)).toHaveLength(1);
    expect(await edit(order, 3)).toMatchObject({ version: 1, awaitedEdit: { amount: eur(2 * piecePrice) } });
    await pay(order.id, 2 * piecePrice, 'BANK-dearer-3a');
    await shop.untilOrder(order.id, ({ version, status }) => version === 2 && status === 'confirmed');
    expect(await tenders(order.id)).toBe(worth(3));
  });

  test('can be made dearer by another tender at once', async () => {
    const order = await paid('dearer-4');
    const after = await edit(order, 2, { tender: { method: 'card', token: 'tok_ok' } });
    expect(after).toMatchObject({ version: 2, awaitedEdit: null, total: eur(worth(2)) });
    expect(live(after).map(({ method, amount }) => [method, amount.amount])).toEqual([
      ['bankTransfer', worth(1)],
      ['card', piecePrice],
    ]);
    expect(await tenders(order.id)).toBe(worth(2));
    await deliver(order.id);
  });

  test('gives back all of the money when it is cancelled meanwhile', async () => {
    const order = await paid('dearer-5');
    await edit(order, 2);
    await pay(order.id, 500, 'BANK-dearer-5a');
    await shop.as.support.post(`/v1/orders/${order.id}/cancel`, { reason: 'customerRequest' });
    const after = await shop.untilOrder(order.id, (view) => view.waitingFor.length === 0);
    expect(after).toMatchObject({ status: 'cancelled', awaitedEdit: null });
    expect(sum(after, 'refunded')).toBe(worth(1) + 500);
  });

  test('is not made dearer any more once it has left; the money goes back', async () => {
    const order = await paid('dearer-6');
    await edit(order, 2);
    const { holds } = await shop.order(order.id);
    await shop.as.support.post(`/v1/orders/${order.id}/release`, { holdId: holds[0].id });
    await deliver(order.id);
    await shop.report(await shop.order(order.id), 'delivered');
    await shop.untilEvent(order.id, 'editNotMade');
    expect(await shop.order(order.id)).toMatchObject({ version: 1, awaitedEdit: null });
  });
});

describe('an order on account', () => {
  const account = (code: string): Promise<OrderView> => shop.as.support.get(`/v1/accounts/${code}`);

  async function placed(code: string, limit: number, quantity: number): Promise<OrderView> {
    const sku = `ACC-${code}`.toUpperCase();
    await shop.stock(sku, { north: 20 });
    await shop.as.admin.put(`/v1/accounts/${code}`, {
      ...{ channel: 'franchise', name: 'Bottega', creditLimit: eur(limit) },
    });
    const total = eur(quantity * 1000);
    const { id } = await shop.as.support.post<{ id: string }>(
      '/v1/orders',
      {
        ...{ channel: 'franchise', externalReference: `edits-${code}`, currency: 'EUR', total },
        customer: { email: 'b@example.org', name: 'Bottega', account: code },
        shippingAddress: {
          ...{ name: 'Bottega', line1: 'Via Roma 1', postalCode: '40121', city: 'Bologna', country: 'IT' },
        },
        lines: [{ sku, quantity, unitPrice: eur(1000) }],
        shipping: { method: 'standard', price: eur(0) },
        delivery: { mode: 'ship' },
        tenders: [{ method: 'onAccount', amount: total }],
      },
      { wait: 10 },
    );
    return shop.untilOrder(id, ({ status }) => status === 'confirmed');
  }

  test('becomes dearer within its limit, and owes what has left', async () => {
    const order = await placed('edits-lodi', 5000, 2);
    expect(await edit(order, 5)).toMatchObject({ version: 2, total: eur(5000) });
    expect(await account('edits-lodi')).toMatchObject({ owed: eur(0), held: eur(5000), available: eur(0) });
    expect(await tenders(order.id)).toBe(5000);
    await deliver(order.id);
    expect(await account('edits-lodi')).toMatchObject({ owed: eur(5000), held: eur(0) });
  });

  test('is refused more than its limit allows, with the figures', async () => {
    const order = await placed('edits-como', 5000, 2);
    await expect(edit(order, 6)).rejects.toMatchObject({
      status: 409,
      problem: { detail: expect.stringMatching(/30[.]00.*50[.]00.*40[.]00/) },
    });
    expect(await shop.order(order.id)).toMatchObject({ version: 1, total: eur(2000), status: 'confirmed' });
    expect(await account('edits-como')).toMatchObject({ held: eur(2000) });
  });

  test('that somebody let go beyond the limit is not dearer beyond it without being asked again', async () => {
    const sku = 'ACC-BEYOND';
    await shop.stock(sku, { north: 9 });
    await shop.as.admin.put('/v1/accounts/edits-pavia', {
      ...{ channel: 'franchise', name: 'Bottega', creditLimit: eur(1500) },
    });
    const total = eur(2000);
    const { id } = await shop.as.support.post<{ id: string }>('/v1/orders', {
      ...{ channel: 'franchise', externalReference: 'edits-beyond', currency: 'EUR', total },
      customer: { email: 'b@example.org', name: 'Bottega', account: 'edits-pavia' },
      shippingAddress: {
        ...{ name: 'Bottega', line1: 'Via Roma 1', postalCode: '40121', city: 'Bologna', country: 'IT' },
      },
      lines: [{ sku, quantity: 2, unitPrice: eur(1000) }],
      shipping: { method: 'standard', price: eur(0) },
      delivery: { mode: 'ship' },
      tenders: [{ method: 'onAccount', amount: total }],
    });
    await shop.untilOrder(id, ({ status }) => status === 'onHold');
    await shop.as.support.post(`/v1/orders/${id}/release`);
    const order = await shop.untilOrder(id, ({ status }) => status === 'confirmed');
    await expect(edit(order, 3)).rejects.toMatchObject({ status: 409 });
    expect(await account('edits-pavia')).toMatchObject({ held: eur(2000) });
  });

  test('that becomes cheaper, by an edit or by cancelled pieces, makes room at once', async () => {
    const order = await placed('edits-lecco', 6000, 5);
    await edit(order, 3);
    const held = async (amount: number): Promise<void> => {
      await shop.untilOrder(order.id, (view) => sum(view, 'authorized') === amount);
      expect(await account('edits-lecco')).toMatchObject({
        held: eur(amount),
        available: eur(6000 - amount),
      });
    };
    await held(3000);
    await shop.as.support.post(`/v1/orders/${order.id}/cancel`, {
      ...{ reason: 'fewer', lines: [{ lineId: order.lines[0].id, quantity: 1 }] },
    });
    await held(2000);
    await edit(order, 4);
    await held(4000);
    expect(await tenders(order.id)).toBe(4000);
    await deliver(order.id);
    expect(await account('edits-lecco')).toMatchObject({ owed: eur(4000), held: eur(0) });
  });
});

describe('an order that was paid at a till', () => {
  async function sold(reference: string): Promise<OrderView> {
    const sku = reference.toUpperCase();
    await shop.stock(sku, { north: 9 });
    const total = eur(piecePrice);
    const { id } = await shop.as.support.post<{ id: string }>('/v1/orders', {
      ...{
        channel: 'tills',
        externalReference: `edits-${reference}`,
        soldAt: 'store',
        currency: 'EUR',
        total,
      },
      customer: { email: 't@example.org', name: 'Tilla' },
      shippingAddress: {
        ...{ name: 'Tilla', line1: 'Via Roma 1', postalCode: '40121', city: 'Bologna', country: 'IT' },
      },
      lines: [{ sku, quantity: 1, unitPrice: eur(piecePrice) }],
      shipping: { method: 'standard', price: eur(0) },
      delivery: { mode: 'ship' },
      tenders: [{ method: 'till', amount: total, token: 'R-1', paidBy: 'cash' }],
    });
    return shop.untilOrder(id, ({ status }) => status === 'confirmed');
  }

  test('is made dearer with the receipt of what was paid there for it', async () => {
    const order = await sold('till-1');
    await expect(edit(order, 2)).rejects.toMatchObject({
      status: 409,
      problem: { detail: expect.stringContaining('receipt') },
    });
    const tender = { method: 'till', token: 'R-2', paidBy: 'cardTerminal' };
    const after = await edit(order, 2, { tender });
    expect(after).toMatchObject({ version: 2, paymentStatus: 'captured', total: eur(2 * piecePrice) });
    expect(sum(after, 'captured')).toBe(2 * piecePrice);
    expect(await tenders(order.id)).toBe(2 * piecePrice);
    const back = await edit(order, 1);
    await shop.untilOrder(back.id, (view) => sum(view, 'refunded') === piecePrice);
    await deliver(order.id);
  });

  test.each([
    [{ method: 'till' }, '/tender/token'],
    [{ method: 'giftCard' }, '/tender/token'],
    [{ method: 'card', token: 'tok_ok', paidBy: 'cash' }, '/tender/paidBy'],
    [{ method: 'onAccount' }, '/tender/method'],
  ])('is refused %j, and another tender that fits nothing', async (tender, pointer) => {
    const order = await sold(`till-${pointer.slice(8)}-${tender.method}`);
    await expect(edit(order, 2, { tender })).rejects.toMatchObject({
      status: 422,
      problem: { errors: [{ pointer }] },
    });
    const card = { method: 'card', token: 'tok_declined' };
    await expect(edit(order, 2, { tender: card })).rejects.toMatchObject({ status: 409 });
    expect(await shop.order(order.id)).toMatchObject({ version: 1, total: eur(piecePrice) });
  });
});
