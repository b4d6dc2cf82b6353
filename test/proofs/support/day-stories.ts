import { piecePrice, shippingPrice, type OrderView, type Shop } from '../../support/shop';
import { closeWindow, deliverAll, place, rules, shipAll, type Story } from '../../support/story-steps';

const eur = (amount: number) => ({ amount, currency: 'EUR' });

const receive = (shop: Shop, sku: string, locationId: string, quantity: number): Promise<unknown> =>
  shop.as.warehouse.post('/v1/stock/movements', {
    movements: [{ sku, locationId, type: 'receipt', quantity }],
  });

const address = { line1: 'Via Telaio 3', postalCode: '13900', city: 'Biella', country: 'IT' };

async function mill(shop: Shop): Promise<void> {
  await shop.as.admin.put('/v1/locations/mill', {
    ...{ type: 'supplier', name: 'Mill', address, capabilities: ['ship'], priority: 1, actWithin: 'P2D' },
  });
  await shop.as.admin.put('/v1/suppliers/mill', {
    ...{ name: 'Lanificio', email: 'orders@mill.test', locationId: 'mill', currency: 'EUR', leadTimeDays: 3 },
  });
}

/** Nothing waits for stock any more, and locations see all that is to be sent. */
async function untilAllAtWork(shop: Shop, id: string): Promise<void> {
  const isShown = ({ status, releasedAt }: OrderView): boolean =>
    status === 'cancelled' || releasedAt !== null;
  await shop.untilOrder(
    id,
    ({ lines, fulfillments }) =>
      lines.every(({ byState }: OrderView) => byState.backordered === undefined) &&
      fulfillments.every(isShown),
  );
}

async function comesBack(shop: Shop, id: string, pieces: number): Promise<void> {
  const { lines } = await shop.order(id);
  const { id: returnId } = await shop.as.support.post<OrderView>('/v1/returns', {
    ...{ orderId: id, mode: 'parcel', refundTo: 'tenders' },
    lines: [{ lineId: lines[0].id, quantity: pieces, reason: 'tooSmall' }],
  });
  await shop.as.warehouse.post(`/v1/returns/${returnId}/receive`);
  const inspected = [{ lineId: lines[0].id, quantity: pieces, outcome: 'restock' }];
  await shop.as.warehouse.post(`/v1/returns/${returnId}/inspect`, { lines: inspected });
  const isBack = ({ returns }: OrderView): boolean =>
    returns.some((each: OrderView) => each.status === 'refunded');
  await shop.untilOrder(id, isBack);
}

/** What a day has beside the stories whose histories are kept. */
export const dayStories: Record<string, Story> = {
  async reserved(shop, reference) {
    await shop.stock('CART', { north: 1, south: 2 });
    const { id: reservationId } = await shop.as.channel.post<OrderView>('/v1/reservations', {
      ...{ channel: 'web', country: 'IT', ttl: 'PT2H', lines: [{ sku: 'CART', quantity: 2 }] },
    });
    const { id } = await shop.place({ reference, reservationId, lines: [{ sku: 'CART', quantity: 2 }] });
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  /** A supplier says what will come and when, and it comes in two parts, one piece damaged. */
  async purchased(shop, reference) {
    await mill(shop);
    await shop.stock('YARN', {});
    const id = await place(shop, 'YARN', reference);
    const lines = [{ sku: 'YARN', quantity: 4, unitCost: eur(500) }];
    const { id: purchaseId } = await shop.as.admin.post<OrderView>('/v1/purchase-orders', {
      ...{ supplierId: 'mill', locationId: 'north', lines },
    });
    const act = (action: string, body: object = {}) =>
      shop.as.admin.post(`/v1/purchase-orders/${encodeURIComponent(purchaseId)}/${action}`, body);
    await act('send');
    await act('confirm');
    const expectedAt = new Date(Date.now() + 86_400_000).toISOString();
    await act('notice', {
      lines: [{ sku: 'YARN', quantity: 3 }],
      expectedAt,
      reference: `${reference}-notice`,
    });
    await act('receive', { lines: [{ sku: 'YARN', quantity: 2, damaged: 1 }], reference: `${reference}-1` });
    await act('receive', { lines: [{ sku: 'YARN', quantity: 2 }], reference: `${reference}-2` });
    await untilAllAtWork(shop, id);
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  /** Pieces are sent from one place to another, and one gets lost on the way. */
  async movedStock(shop, reference) {
    await shop.stock('SHIFTED', { north: 4 });
    const { id: transferId } = await shop.as.warehouse.post<OrderView>('/v1/transfers', {
      ...{ fromLocationId: 'north', toLocationId: 'south', lines: [{ sku: 'SHIFTED', quantity: 3 }] },
    });
    await shop.as.warehouse.post(`/v1/transfers/${transferId}/ship`, {});
    const lines = [{ sku: 'SHIFTED', quantity: 2 }];
    await shop.as.warehouse.post(`/v1/transfers/${transferId}/receive`, {
      ...{ lines, close: { reason: 'one is missing' } },
    });
    const id = await place(shop, 'SHIFTED', reference);
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  /** What waits is served by a feed; a full one then says what is there. */
  async fed(shop, reference) {
    await shop.stock('FED', {});
    const id = await place(shop, 'FED', reference);
    const upload = (mode: string, quantity: number) => {
      const query = new URLSearchParams({ locationId: 'fed', mode, takenAt: new Date().toISOString() });
      query.set('reference', `${reference}-${quantity}`);
      return shop.as.warehouse.post(`/v1/stock/feeds?${query}`, [{ sku: 'FED', quantity }]);
    };
    await shop.as.admin.put('/v1/locations/fed', {
      ...{ type: 'warehouse', name: 'Fed', address, capabilities: ['ship', 'returns'] },
    });
    await upload('delta', 2);
    await upload('delta', 3);
    await deliverAll(shop, id);
    await upload('full', 7);
    await closeWindow(shop, id);
    return id;
  },

  async dropshipped(shop, reference) {
    await mill(shop);
    await shop.stock('LOOM', { mill: 5 });
    const id = await place(shop, 'LOOM', reference);
    const released = await shop.untilOrder(id, ({ fulfillments }) => fulfillments[0]?.releasedAt !== null);
    const work = `/v1/fulfillments/${released.fulfillments[0].id}`;
    await shop.as.warehouse.post(`${work}/confirm`);
    const trackingNumber = `GLS-${reference}`;
    await shop.as.warehouse.post(`${work}/ship`, { packages: [{ carrier: 'gls', trackingNumber }] });
    await shop.untilOrder(id, ({ paymentStatus }) => paymentStatus === 'captured');
    const scan = { trackingNumber, status: 'delivered', occurredAt: new Date().toISOString() };
    await shop.as.admin.post('/v1/carriers/gls/events', {
      events: [{ ...scan, id: `${reference}-delivered` }],
    });
    await shop.untilEvent(id, 'delivered');
    await closeWindow(shop, id);
    return id;
  },

  async soldAtTill(shop, reference) {
    await shop.as.admin.put('/v1/channels/tills', { type: 'pos', name: 'Tills', settings: {} });
    await shop.stock('LAMP', { store: 2 });
    const total = eur(2 * piecePrice);
    const { id } = await shop.as.support.post<OrderView>('/v1/orders', {
      ...{ channel: 'tills', externalReference: reference, currency: 'EUR', total },
      lines: [{ sku: 'LAMP', quantity: 2, unitPrice: eur(piecePrice) }],
      delivery: { mode: 'carryOut', locationId: 'store' },
      tenders: [{ method: 'till', amount: total, token: `R-${reference}`, paidBy: 'cash' }],
    });
    await shop.untilOrder(id, ({ waitingFor }) =>
      waitingFor.some(({ what }: OrderView) => what.includes('return window')),
    );
    await closeWindow(shop, id);
    return id;
  },

  /** The provider does what it is asked and its answer is lost, three times. */
  async answersLost(shop, reference) {
    await shop.stock('UNHEARD', { north: 2 });
    const half = piecePrice;
    const rest = 2 * piecePrice + shippingPrice - half;
    const tenders = [
      { method: 'card', token: 'tok_capture_timeout_after_success', amount: half },
      { method: 'card', token: 'tok_refund_timeout_after_success', amount: rest },
    ];
    const id = await place(shop, 'UNHEARD', reference, { tenders });
    await deliverAll(shop, id);
    await comesBack(shop, id, 1);
    await closeWindow(shop, id);
    return id;
  },

  async paidLate(shop, reference) {
    await shop.stock('PAIDLATE', { south: 2 });
    const tenders = [{ method: 'card', token: 'tok_timeout_after_success' }];
    const id = await place(shop, 'PAIDLATE', reference, { tenders });
    await deliverAll(shop, id);
    await comesBack(shop, id, 2);
    await closeWindow(shop, id);
    return id;
  },

  /** Some pieces are cancelled when others have left, and the rest of what waits as well. */
  async somePieces(shop, reference) {
    await rules(shop, {});
    await shop.stock('SOME', { north: 2, south: 1 });
    const { id } = await shop.place({ reference, lines: [{ sku: 'SOME', quantity: 5 }] });
    const { lines } = await shop.order(id);
    const cancel = (quantity: number) =>
      shop.as.support.post(`/v1/orders/${id}/cancel`, {
        ...{ reason: 'needs fewer', lines: [{ lineId: lines[0].id, quantity }] },
      });
    await cancel(1);
    await receive(shop, 'SOME', 'north', 1);
    await untilAllAtWork(shop, id);
    await cancel(1);
    await deliverAll(shop, id);
    await comesBack(shop, id, 1);
    await closeWindow(shop, id);
    return id;
  },

  /** The customer changes their mind while the parcel is being packed and handed over: one of both wins. */
  async cancelledOnTheWay(shop, reference) {
    await shop.stock('ONTHEWAY', { north: 2 });
    const id = await place(shop, 'ONTHEWAY', reference);
    const view = await shop.untilOrder(id, ({ fulfillments }) => fulfillments[0]?.releasedAt !== null);
    const work = view.fulfillments[0].id;
    const ship = async (): Promise<void> => {
      await shop.pack(view, work);
      await shop.as.warehouse.post(`/v1/fulfillments/${work}/ship`);
    };
    const cancel = () => shop.as.support.post(`/v1/orders/${id}/cancel`, { reason: 'customerRequest' });
    await Promise.any([ship(), cancel()]);
    const { status } = await shop.untilOrder(
      id,
      (each) => each.status === 'cancelled' || each.fulfillments[0].status === 'shipped',
    );
    if (status === 'cancelled') return id;
    await shop.report(await shop.order(id), 'delivered');
    await shop.untilEvent(id, 'delivered');
    await closeWindow(shop, id);
    return id;
  },

  async giftCardAndCard(shop, reference) {
    await shop.stock('GIFT', { north: 3 });
    const code = `GIFT-${reference}`;
    await shop.as.admin.put(`/v1/gift-cards/${code}`, { balance: eur(3000) });
    const tenders = (amount: number) => [
      { method: 'giftCard', token: code, amount: 1000 },
      { method: 'card', token: 'tok_capture_unavailable_twice', amount: amount - 1000 },
    ];
    const id = await place(shop, 'GIFT', reference, { tenders: tenders(2 * piecePrice + shippingPrice) });
    await deliverAll(shop, id);
    await comesBack(shop, id, 2);
    await closeWindow(shop, id);
    return id;
  },

  async broughtBack(shop, reference) {
    await shop.stock('BROUGHTBACK', { south: 2 });
    const id = await place(shop, 'BROUGHTBACK', reference);
    await shipAll(shop, id);
    await shop.report(await shop.order(id), 'returned');
    await shop.untilOrder(id, ({ returns }) => returns.length > 0);
    const [back] = (await shop.order(id)).returns;
    await shop.as.warehouse.post(`/v1/returns/${back.id}/receive`);
    const { lines } = await shop.order(id);
    const inspected = [{ lineId: lines[0].id, quantity: 2, outcome: 'restock' }];
    await shop.as.warehouse.post(`/v1/returns/${back.id}/inspect`, { lines: inspected });
    await shop.untilOrder(id, ({ paymentStatus }) => paymentStatus === 'refunded');
    await shop.untilOrder(id, ({ status }) => status === 'completed');
    return id;
  },

  /** Nobody can do it, a person is asked, and it is cancelled. */
  async refusedByAll(shop, reference) {
    await shop.stock('REFUSED', { north: 2, south: 2 });
    const id = await place(shop, 'REFUSED', reference, { tenders: [{ method: 'cashOnDelivery' }] });
    const isWork = (each: OrderView): boolean => each.status === 'allocated' && each.releasedAt !== null;
    for (let refused = 0; refused < 2; refused += 1) {
      const view = await shop.untilOrder(id, ({ fulfillments }) => fulfillments.some(isWork));
      const work = view.fulfillments.find(isWork);
      await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/reject`, { reason: 'not found' });
      await shop.untilOrder(id, ({ fulfillments }) =>
        fulfillments.some((each: OrderView) => each.id === work.id && each.status === 'cancelled'),
      );
    }
    await shop.as.support.post(`/v1/orders/${id}/cancel`, { reason: 'customerRequest' });
    await shop.untilOrder(id, (each) => each.status === 'cancelled' && each.waitingFor.length === 0);
    return id;
  },
};
