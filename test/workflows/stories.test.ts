import { templatesOf } from '../support/mails';
import { openShop, piecePrice, shippingPrice, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let shop: Shop;

beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
});
afterAll(() => system?.stop());

/** Packs, ships and delivers everything that an order has open. */
async function deliverAll(id: string): Promise<OrderView> {
  const view = await shop.order(id);
  for (const work of view.fulfillments.filter((each: OrderView) => each.status === 'allocated')) {
    await shop.pack(view, work.id);
    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ship`);
  }
  const shipped = await shop.untilOrder(id, (each) =>
    each.fulfillments.every((work: OrderView) => ['shipped', 'cancelled', 'delivered'].includes(work.status)),
  );
  await shop.report(shipped, 'delivered');
  // The parcel's status is in Postgres at once; only when its delivery is recorded has all before it happened.
  const delivered = shipped.fulfillments.filter((work: OrderView) => work.status !== 'cancelled');
  await shop.untilEvent(id, 'delivered', delivered.length);
  return shop.order(id);
}

const stockOf = async (sku: string): Promise<OrderView[]> =>
  (await shop.as.warehouse.get<OrderView>('/v1/stock', { sku })).items;

/** The provider may tell of a refund before the return that asked for it has heard. */
const isSettled = (paymentStatus: string) => (order: OrderView) =>
  order.paymentStatus === paymentStatus && order.returns[0]?.status === 'refunded';

describe('payment', () => {
  test('a declined card gives the stock back and tells the customer', async () => {
    await shop.stock('DECLINED', { north: 1 });
    const placed = await shop.place({
      reference: 'declined-1',
      lines: [{ sku: 'DECLINED', quantity: 1 }],
      tenders: [{ method: 'card', token: 'tok_declined' }],
    });
    expect(placed.decision).toBe('declined');
    const view = await shop.untilOrder(
      placed.id,
      (each) => each.paymentStatus === 'failed' && each.waitingFor.length === 0,
    );
    expect(view.status).toBe('cancelled');
    expect((await stockOf('DECLINED'))[0]).toMatchObject({ allocated: 0, available: 1 });
    expect(await templatesOf(system.db, placed.id)).toEqual(['cancelled']);
  });

  test('a provider that took effect and never answered is asked once more and books once', async () => {
    await shop.stock('TIMEOUT', { north: 1 });
    const placed = await shop.place({
      reference: 'timeout-1',
      lines: [{ sku: 'TIMEOUT', quantity: 1 }],
      tenders: [{ method: 'card', token: 'tok_unavailable_twice' }],
    });
    const view = await shop.untilOrder(placed.id, (each) => each.status === 'confirmed');
    expect(view.paymentStatus).toBe('authorized');
    const books = await fetch(`${system.config.sandbox.url}/payments/authorizations?orderId=${view.id}`);
    expect(((await books.json()) as { items: unknown[] }).items).toHaveLength(1);
  });

  test('a bank transfer is awaited, then the locations may begin', async () => {
    await shop.stock('TRANSFER', { north: 1 });
    const placed = await shop.place({
      reference: 'transfer-1',
      lines: [{ sku: 'TRANSFER', quantity: 1 }],
      tenders: [{ method: 'bankTransfer' }],
    });
    const waiting = await shop.order(placed.id);
    expect(waiting.waitingFor[0].what).toContain('bank transfer');
    await expect(shop.pack(waiting, waiting.fulfillments[0].id)).rejects.toThrow(/409/);
    const half = { amount: 1000, currency: 'EUR' };
    await shop.as.support.post(`/v1/orders/${placed.id}/payments`, { amount: half, reference: 'BANK-1' });
    await shop.as.support.post(`/v1/orders/${placed.id}/payments`, { amount: half, reference: 'BANK-1' });
    const rest = { amount: piecePrice + shippingPrice - 1000, currency: 'EUR' };
    await shop.as.support.post(`/v1/orders/${placed.id}/payments`, { amount: rest, reference: 'BANK-2' });
    const paid = await shop.untilOrder(placed.id, (each) =>
      each.waitingFor.some((wait: OrderView) => /pick and pack/.test(wait.what)),
    );
    expect(paid.paymentStatus).toBe('captured');
    const delivered = await deliverAll(placed.id);
    expect(delivered.payments[0].captured.amount).toBe(piecePrice + shippingPrice);
  });

  test('a transfer that never comes cancels the order after its deadline', async () => {
    await shop.stock('UNPAID', { north: 1 });
    const placed = await shop.place({
      reference: 'unpaid-1',
      lines: [{ sku: 'UNPAID', quantity: 1 }],
      tenders: [{ method: 'bankTransfer' }],
    });
    await shop.fastForward(placed.id, 'P8D');
    await shop.untilOrder(placed.id, (each) => each.status === 'cancelled' && each.waitingFor.length === 0);
    expect((await stockOf('UNPAID'))[0]).toMatchObject({ allocated: 0, available: 1 });
  });

  test('gift card and card share an order and its refund, to the cent', async () => {
    await shop.stock('SPLIT-TENDER', { north: 3 });
    await shop.as.admin.put('/v1/gift-cards/GIFT1', { balance: { amount: 1500, currency: 'EUR' } });
    const total = 3 * piecePrice + shippingPrice;
    const placed = await shop.place({
      reference: 'split-tender-1',
      lines: [{ sku: 'SPLIT-TENDER', quantity: 3 }],
      tenders: [
        { method: 'giftCard', token: 'GIFT1', amount: 1500 },
        { method: 'card', token: 'tok_ok', amount: total - 1500 },
      ],
    });
    await deliverAll(placed.id);
    const captured = await shop.untilOrder(placed.id, (each) => each.paymentStatus === 'captured');
    expect(captured.payments.map((each: OrderView) => each.captured.amount)).toEqual([1500, total - 1500]);
    const [line] = captured.lines;
    const opened = await shop.as.support.post<OrderView>('/v1/returns', {
      orderId: placed.id,
      lines: [{ lineId: line.id, quantity: 3, reason: 'changedMind' }],
      mode: 'keep',
      refundTo: 'tenders',
    });
    const refunded = await shop.untilOrder(placed.id, (each) => each.paymentStatus === 'refunded');
    expect(refunded.payments.map((each: OrderView) => each.refunded.amount)).toEqual([1500, total - 1500]);
    expect(opened.id).toBeDefined();
  });

  test('cash on delivery is captured when the goods are there', async () => {
    await shop.stock('COD', { north: 1 });
    const placed = await shop.place({
      reference: 'cod-1',
      lines: [{ sku: 'COD', quantity: 1 }],
      tenders: [{ method: 'cashOnDelivery' }],
    });
    await deliverAll(placed.id);
    const view = await shop.untilOrder(placed.id, (each) => each.paymentStatus === 'captured');
    expect(view.payments[0].captured.amount).toBe(piecePrice + shippingPrice);
  });

  test('a capture that is declined is tried again and told', async () => {
    await shop.stock('CAPTURE', { north: 1 });
    const placed = await shop.place({
      reference: 'capture-1',
      lines: [{ sku: 'CAPTURE', quantity: 1 }],
      tenders: [{ method: 'card', token: 'tok_capture_declined' }],
    });
    const view = await shop.order(placed.id);
    await shop.pack(view, view.fulfillments[0].id);
    await shop.as.warehouse.post(`/v1/fulfillments/${view.fulfillments[0].id}/ship`);
    await shop.untilEvent(placed.id, 'captureDeclined');
    await shop.fastForward(placed.id, 'P1D');
    await shop.untilEvent(placed.id, 'captureDeclined', 2);
  });
});

describe('supply', () => {
  test('an order is split over two locations and captured per shipment', async () => {
    await shop.stock('SPLIT', { north: 2, south: 3 });
    const placed = await shop.place({ reference: 'split-1', lines: [{ sku: 'SPLIT', quantity: 5 }] });
    const view = await shop.order(placed.id);
    expect(view.fulfillments).toHaveLength(2);
    const first = view.fulfillments[0];
    await shop.pack(view, first.id);
    await shop.as.warehouse.post(`/v1/fulfillments/${first.id}/ship`);
    const half = await shop.untilOrder(placed.id, (each) => each.paymentStatus === 'partiallyCaptured');
    const firstPieces = first.lines[0].quantity;
    expect(half.payments[0].captured.amount).toBe(firstPieces * piecePrice + shippingPrice);
    await deliverAll(placed.id);
    const done = await shop.untilOrder(placed.id, (each) => each.paymentStatus === 'captured');
    expect(done.payments[0].captured.amount).toBe(5 * piecePrice + shippingPrice);
  });

  test('a location that refuses is passed over', async () => {
    await shop.stock('REFUSED', { north: 1, south: 1 });
    const placed = await shop.place({ reference: 'refused-1', lines: [{ sku: 'REFUSED', quantity: 1 }] });
    const view = await shop.order(placed.id);
    const first = view.fulfillments[0];
    await shop.as.warehouse.post(`/v1/fulfillments/${first.id}/reject`, { reason: 'not found on the shelf' });
    const again = await shop.untilOrder(placed.id, (each) =>
      each.fulfillments.some((work: OrderView) => work.status === 'allocated'),
    );
    const second = again.fulfillments.find((work: OrderView) => work.status === 'allocated');
    expect(second.locationId).not.toBe(first.locationId);
    await shop.untilOrder(placed.id, (each) =>
      each.waitingFor.some((wait: OrderView) => /pick and pack/.test(wait.what)),
    );
    const done = await deliverAll(placed.id);
    expect(done.lines[0].byState).toEqual({ delivered: 1 });
  });

  test('a location that does not act loses the work to another', async () => {
    await shop.stock('SILENT', { north: 1, south: 1 });
    const placed = await shop.place({ reference: 'silent-1', lines: [{ sku: 'SILENT', quantity: 1 }] });
    const before = (await shop.order(placed.id)).fulfillments[0].locationId;
    await shop.fastForward(placed.id, 'P3D');
    const view = await shop.untilOrder(placed.id, (each) =>
      each.fulfillments.some((work: OrderView) => work.status === 'allocated' && work.locationId !== before),
    );
    expect(view.fulfillments).toHaveLength(2);
  });

  test('what nobody has waits for stock, first come first served', async () => {
    await shop.stock('LATER', {});
    const first = await shop.place({ reference: 'later-1', lines: [{ sku: 'LATER', quantity: 2 }] });
    const second = await shop.place({ reference: 'later-2', lines: [{ sku: 'LATER', quantity: 1 }] });
    expect([first.decision, second.decision]).toEqual(['backordered', 'backordered']);
    const receipt = (quantity: number) => ({
      movements: [{ sku: 'LATER', locationId: 'north', type: 'receipt', quantity }],
    });
    await shop.as.warehouse.post('/v1/stock/movements', receipt(2));
    const served = await shop.untilOrder(first.id, (each) => each.lines[0].byState.allocated === 2);
    expect(served.status).toBe('confirmed');
    expect((await shop.order(second.id)).lines[0].byState).toEqual({ backordered: 1 });
    await shop.as.warehouse.post('/v1/stock/movements', receipt(1));
    await shop.untilOrder(second.id, (each) =>
      each.waitingFor.some((wait: OrderView) => /pick and pack/.test(wait.what)),
    );
    const done = await deliverAll(second.id);
    expect(done.lines[0].byState).toEqual({ delivered: 1 });
    expect(await templatesOf(system.db, second.id)).toEqual([
      'orderConfirmed',
      'backordered',
      'shipped',
      'delivered',
    ]);
  });

  test('stock that never comes ends the waiting pieces without charge', async () => {
    await shop.stock('NEVER', { north: 1 });
    const placed = await shop.place({ reference: 'never-1', lines: [{ sku: 'NEVER', quantity: 2 }] });
    expect(placed.decision).toBe('backordered');
    await deliverAll(placed.id);
    await shop.fastForward(placed.id, 'P31D');
    const view = await shop.untilOrder(placed.id, (each) => each.status === 'completed');
    expect(view.lines[0].byState).toEqual({ delivered: 1, cancelled: 1 });
    expect(view.payments[0].captured.amount).toBe(piecePrice + shippingPrice);
  });
});

describe('people step in', () => {
  test('a cancelled order gives everything back, also after packing', async () => {
    await shop.stock('CANCEL', { north: 1 });
    const placed = await shop.place({ reference: 'cancel-1', lines: [{ sku: 'CANCEL', quantity: 1 }] });
    const view = await shop.order(placed.id);
    await shop.pack(view, view.fulfillments[0].id);
    await shop.as.support.post(`/v1/orders/${placed.id}/cancel`, { reason: 'customerRequest' });
    const cancelled = await shop.untilOrder(
      placed.id,
      (each) => each.status === 'cancelled' && each.waitingFor.length === 0,
    );
    expect(cancelled.payments[0]).toMatchObject({
      status: 'voided',
      captured: { amount: 0 },
      authorized: { amount: 0 },
    });
    expect(cancelled.paymentStatus).toBe('pending');
    expect((await stockOf('CANCEL'))[0]).toMatchObject({ onHand: 1, allocated: 0 });
    await expect(shop.as.support.post(`/v1/orders/${placed.id}/hold`, { reason: 'late' })).rejects.toThrow(
      /409/,
    );
  });

  test('a shipped order can no longer be cancelled, and the answer says what can be done', async () => {
    await shop.stock('TOO-LATE', { north: 1 });
    const placed = await shop.place({ reference: 'too-late-1', lines: [{ sku: 'TOO-LATE', quantity: 1 }] });
    await deliverAll(placed.id);
    await expect(
      shop.as.support.post(`/v1/orders/${placed.id}/cancel`, { reason: 'customerRequest' }),
    ).rejects.toMatchObject({ status: 409, problem: { allowed: expect.arrayContaining(['requestReturn']) } });
  });

  test('a hold stops the locations until it is released', async () => {
    await shop.stock('HOLD', { north: 1 });
    const placed = await shop.place({ reference: 'hold-1', lines: [{ sku: 'HOLD', quantity: 1 }] });
    await shop.as.support.post(`/v1/orders/${placed.id}/hold`, { reason: 'asks for another colour' });
    const held = await shop.order(placed.id);
    expect(held.status).toBe('onHold');
    await expect(shop.pack(held, held.fulfillments[0].id)).rejects.toThrow(/hold/);
    await shop.as.support.post(`/v1/orders/${placed.id}/release`, {});
    const done = await deliverAll(placed.id);
    expect(done.status).toBe('confirmed');
  });
});

describe('pickup', () => {
  test('the customer collects with the code', async () => {
    await shop.stock('PICKUP', { store: 1 });
    const placed = await shop.place({
      reference: 'pickup-1',
      lines: [{ sku: 'PICKUP', quantity: 1 }],
      mode: 'pickup',
      locationId: 'store',
    });
    const [work] = (await shop.order(placed.id)).fulfillments;
    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ready`);
    const { pickup_code: code } = await system.db('fulfillments').where('id', work.id).first('pickup_code');
    await expect(
      shop.as.warehouse.post(`/v1/fulfillments/${work.id}/collect`, { code: 'WRONG' }),
    ).rejects.toThrow(/422/);
    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/collect`, { code });
    const view = await shop.untilOrder(placed.id, (each) => each.paymentStatus === 'captured');
    expect(view.lines[0].byState).toEqual({ delivered: 1 });
    await shop.untilEvent(placed.id, 'delivered');
    expect(await templatesOf(system.db, placed.id)).toEqual([
      'orderConfirmed',
      'readyForPickup',
      'delivered',
    ]);
  });

  test('what nobody collects goes back to stock and is not charged', async () => {
    await shop.stock('UNCOLLECTED', { store: 1 });
    const placed = await shop.place({
      reference: 'uncollected-1',
      lines: [{ sku: 'UNCOLLECTED', quantity: 1 }],
      mode: 'pickup',
      locationId: 'store',
    });
    const [work] = (await shop.order(placed.id)).fulfillments;
    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ready`);
    await shop.fastForward(placed.id, 'P8D');
    const view = await shop.untilOrder(
      placed.id,
      (each) => each.status === 'cancelled' && each.waitingFor.length === 0,
    );
    expect(view.payments[0]).toMatchObject({ captured: { amount: 0 }, authorized: { amount: 0 } });
    expect((await stockOf('UNCOLLECTED'))[0]).toMatchObject({ onHand: 1, available: 1 });
  });
});

describe('returns', () => {
  async function delivered(sku: string, quantity: number): Promise<OrderView> {
    await shop.stock(sku, { north: quantity });
    const placed = await shop.place({ reference: `${sku}-1`, lines: [{ sku, quantity }] });
    await deliverAll(placed.id);
    return shop.untilOrder(placed.id, (each) => each.paymentStatus === 'captured');
  }

  test('a parcel comes back: label, receipt, inspection, refund of what was accepted', async () => {
    const view = await delivered('BACK', 3);
    const lineId = view.lines[0].id;
    const opened = await shop.as.support.post<OrderView>('/v1/returns', {
      orderId: view.id,
      lines: [{ lineId, quantity: 3, reason: 'tooSmall' }],
      mode: 'parcel',
      refundTo: 'tenders',
    });
    await shop.as.warehouse.post(`/v1/returns/${opened.id}/receive`);
    await shop.as.warehouse.post(`/v1/returns/${opened.id}/inspect`, {
      lines: [
        { lineId, quantity: 1, outcome: 'restock' },
        { lineId, quantity: 1, outcome: 'unsellable' },
        { lineId, quantity: 1, outcome: 'rejected' },
      ],
    });
    const refunded = await shop.untilOrder(view.id, (each) => each.paymentStatus === 'partiallyRefunded');
    expect(refunded.payments[0].refunded.amount).toBe(2 * piecePrice);
    expect((await stockOf('BACK'))[0]).toMatchObject({ onHand: 2, unsellable: 1, available: 1 });
    expect(await templatesOf(system.db, view.id)).toEqual([
      'orderConfirmed',
      'shipped',
      'delivered',
      'returnLabel',
      'refunded',
    ]);
    expect(refunded.documents.map((each: OrderView) => each.kind)).toContain('returnLabel');
  });

  test('store credit can be spent on the next order', async () => {
    const view = await delivered('CREDIT', 1);
    await shop.as.support.post('/v1/returns', {
      orderId: view.id,
      lines: [{ lineId: view.lines[0].id, quantity: 1, reason: 'changedMind' }],
      mode: 'keep',
      refundTo: 'storeCredit',
    });
    await shop.untilOrder(view.id, (each) => each.paymentStatus === 'refunded');
    const total = piecePrice + shippingPrice;
    const account = await system.db('credit_accounts').where('kind', 'storeCredit').first();
    expect(account.balance).toBe(total);
    await shop.stock('NEXT', { north: 1 });
    const next = await shop.place({
      reference: 'next-1',
      lines: [{ sku: 'NEXT', quantity: 1 }],
      tenders: [{ method: 'storeCredit', token: account.code }],
    });
    expect(next.decision).toBe('confirmed');
    await deliverAll(next.id);
    await shop.untilOrder(next.id, (each) => each.paymentStatus === 'captured');
    expect((await system.db('credit_accounts').where('code', account.code).first()).balance).toBe(0);
  });

  test('after the window nothing can be returned', async () => {
    const view = await delivered('WINDOW', 1);
    await shop.fastForward(view.id, 'P15D');
    await shop.untilOrder(view.id, (each) => each.status === 'completed');
    await expect(
      shop.as.support.post('/v1/returns', {
        orderId: view.id,
        lines: [{ lineId: view.lines[0].id, quantity: 1, reason: 'changedMind' }],
        mode: 'parcel',
        refundTo: 'tenders',
      }),
    ).rejects.toThrow(/409/);
  });

  test('a parcel to be paid at the door that was never delivered costs nothing and gives nothing back', async () => {
    await shop.stock('DOOR', { north: 1 });
    const placed = await shop.place({
      reference: 'door-1',
      lines: [{ sku: 'DOOR', quantity: 1 }],
      tenders: [{ method: 'cashOnDelivery' }],
    });
    const view = await shop.order(placed.id);
    await shop.pack(view, view.fulfillments[0].id);
    await shop.as.warehouse.post(`/v1/fulfillments/${view.fulfillments[0].id}/ship`);
    await shop.untilEvent(placed.id, 'paymentCaptured');
    await shop.report(await shop.order(placed.id), 'returned');
    await shop.untilEvent(placed.id, 'excessGivenBack');
    const back = await shop.untilOrder(placed.id, (each) => each.returns.length === 1);
    const lineId = view.lines[0].id;
    await shop.as.warehouse.post(`/v1/returns/${back.returns[0].id}/receive`);
    await shop.as.warehouse.post(`/v1/returns/${back.returns[0].id}/inspect`, {
      lines: [{ lineId, quantity: 1, outcome: 'restock' }],
    });
    const done = await shop.untilOrder(placed.id, (each) => each.status === 'completed');
    expect(done.payments[0]).toMatchObject({ captured: { amount: 0 }, refunded: { amount: 0 } });
    expect((await stockOf('DOOR'))[0]).toMatchObject({ onHand: 1, allocated: 0, available: 1 });
  });

  test('of two parcels the lost one is refunded, and the other stays sold', async () => {
    await shop.stock('TWIN', { north: 3 });
    const placed = await shop.place({ reference: 'twin-1', lines: [{ sku: 'TWIN', quantity: 3 }] });
    const view = await shop.order(placed.id);
    const [work] = view.fulfillments;
    const [{ id: lineId }] = view.lines;
    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/pack`, {
      packages: [2, 1].map((quantity) => ({ type: 'box', weightGrams: 400, lines: [{ lineId, quantity }] })),
    });
    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ship`);
    const sent = await shop.untilOrder(placed.id, (each) => each.paymentStatus === 'captured');
    const [arrives, goesMissing] = sent.fulfillments[0].packages;
    const scan = (id: string, trackingNumber: string, status: string): Promise<unknown> =>
      shop.as.carrier.post('/v1/carriers/sandbox/events', {
        events: [{ id, trackingNumber, status, occurredAt: new Date().toISOString() }],
      });
    await scan('twin-arrived', arrives.trackingNumber, 'delivered');
    await scan('twin-missing', goesMissing.trackingNumber, 'lost');
    const refunded = await shop.untilOrder(placed.id, isSettled('partiallyRefunded'));
    expect(refunded.payments[0].refunded.amount).toBe(piecePrice);
    expect(refunded).toMatchObject({
      lines: [{ byState: { delivered: 2, returned: 1 } }],
      fulfillments: [{ status: 'delivered', packages: [{ status: 'delivered' }, { status: 'lost' }] }],
      returns: [{ mode: 'keep', status: 'refunded', lines: [{ reason: 'lost', quantity: 1 }] }],
    });

    await scan('twin-found', goesMissing.trackingNumber, 'delivered');
    const found = await shop.order(placed.id);
    expect(found.waitingFor.map(({ what }: { what: string }) => what)).toContainEqual(
      expect.stringContaining('was delivered after it was given up and refunded'),
    );
    expect(found.payments[0].refunded.amount).toBe(piecePrice);
  });

  test('a lost parcel is refunded by itself', async () => {
    await shop.stock('LOST', { north: 1 });
    const placed = await shop.place({ reference: 'lost-1', lines: [{ sku: 'LOST', quantity: 1 }] });
    const view = await shop.order(placed.id);
    await shop.pack(view, view.fulfillments[0].id);
    await shop.as.warehouse.post(`/v1/fulfillments/${view.fulfillments[0].id}/ship`);
    const captured = await shop.untilOrder(placed.id, (each) => each.paymentStatus === 'captured');
    await shop.report(captured, 'lost');
    const refunded = await shop.untilOrder(placed.id, isSettled('refunded'));
    expect(refunded.payments[0].refunded.amount).toBe(piecePrice + shippingPrice);
    expect(refunded).toMatchObject({
      lines: [{ byState: { returned: 1 } }],
      fulfillments: [{ status: 'returned', packages: [{ status: 'lost' }] }],
      returns: [{ mode: 'keep', status: 'refunded', lines: [{ reason: 'lost', restocked: 0 }] }],
    });
    expect((await stockOf('LOST'))[0]).toMatchObject({ onHand: 0, allocated: 0 });
  });
});

test('what the payment provider reported of all these stories agrees with our books', async () => {
  const notices = await system.db('payment_notices').select('outcome', 'finding', 'type');
  expect(notices.length).toBeGreaterThan(10);
  expect(notices.filter(({ outcome }) => outcome !== 'agreed' && outcome !== 'settled')).toEqual([]);
});
