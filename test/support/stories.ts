import { becomesLate, slowPlace, standIns } from './late-work';
import { piecePrice, type OrderView, type Shop } from './shop';
import { storiesOfPlaces } from './stories-of-places';
import { closeWindow, deliverAll, place, publish, rules, shipAll, type Story } from './story-steps';

const isSending = ({ mode, status, releasedAt }: OrderView): boolean =>
  mode === 'shipToStore' && status === 'allocated' && releasedAt !== null;

/** What others send to the store is packed and handed over; returns which fulfillment that is. */
async function sendToStore(shop: Shop, id: string): Promise<string> {
  const view = await shop.order(id);
  const work = view.fulfillments.find(isSending);
  await shop.pack(view, work.id);
  await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ship`);
  return work.id;
}

export const stories: Record<string, Story> = {
  async plain(shop, reference) {
    await shop.stock('PLAIN', { north: 2 });
    const id = await place(shop, 'PLAIN', reference);
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  async split(shop, reference) {
    await shop.stock('SPLIT', { north: 1, south: 1 });
    const id = await place(shop, 'SPLIT', reference);
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  async backorder(shop, reference) {
    await shop.stock('BACKORDER', {});
    const id = await place(shop, 'BACKORDER', reference);
    const movements = [{ sku: 'BACKORDER', locationId: 'north', type: 'receipt', quantity: 2 }];
    await shop.as.warehouse.post('/v1/stock/movements', { movements });
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  async rejected(shop, reference) {
    await shop.stock('REJECTED', { north: 2, south: 2 });
    const id = await place(shop, 'REJECTED', reference);
    const [first] = (await shop.order(id)).fulfillments;
    await shop.as.warehouse.post(`/v1/fulfillments/${first.id}/reject`, { reason: 'not found' });
    await shop.untilOrder(id, (each) => each.fulfillments.length === 2);
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  async expired(shop, reference) {
    await shop.stock('EXPIRED', { north: 2, south: 2 });
    const id = await place(shop, 'EXPIRED', reference);
    await shop.fastForward(id, 'P3D');
    await shop.untilOrder(id, (each) => each.fulfillments.length === 2);
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  async cancelled(shop, reference) {
    await shop.stock('CANCELLED', { north: 2 });
    const id = await place(shop, 'CANCELLED', reference);
    const view = await shop.order(id);
    await shop.pack(view, view.fulfillments[0].id);
    await shop.as.support.post(`/v1/orders/${id}/cancel`, { reason: 'customerRequest' });
    await shop.untilOrder(id, (each) => each.status === 'cancelled' && each.waitingFor.length === 0);
    return id;
  },

  async declined(shop, reference) {
    await shop.stock('DECLINED', { north: 2 });
    const id = await place(shop, 'DECLINED', reference, {
      tenders: [{ method: 'card', token: 'tok_declined' }],
    });
    await shop.untilOrder(id, (each) => each.status === 'cancelled' && each.waitingFor.length === 0);
    return id;
  },

  async held(shop, reference) {
    await shop.stock('HELD', { north: 2 });
    const id = await place(shop, 'HELD', reference);
    await shop.as.support.post(`/v1/orders/${id}/hold`, { reason: 'another colour?' });
    await shop.as.support.post(`/v1/orders/${id}/release`, {});
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  async edited(shop, reference) {
    await shop.stock('EDITED', { north: 9 });
    const id = await place(shop, 'EDITED', reference);
    const change = async (quantity: number): Promise<OrderView> => {
      const { lines } = await shop.order(id);
      const body = { lines: [{ lineId: lines[0].id, quantity }] };
      return shop.as.support.post<OrderView>(`/v1/orders/${id}/edits`, body);
    };
    await change(4);
    await change(1);
    const hold = (type: string) =>
      shop.as.support.post<OrderView>(`/v1/orders/${id}/hold`, { type, reason: 'look at it' });
    await hold('credit');
    const { holds } = await hold('manual');
    for (const each of holds) await shop.as.support.post(`/v1/orders/${id}/release`, { holdId: each.id });
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  async reconsidered(shop, reference) {
    const channel = { type: 'webshop', name: 'Test shop' };
    await shop.as.admin.put('/v1/channels/web', { ...channel, settings: { remorseWithin: 'PT1H' } });
    await shop.stock('RECONSIDERED', { north: 9 });
    const id = await place(shop, 'RECONSIDERED', reference, { tenders: [{ method: 'bankTransfer' }] });
    await shop.as.admin.put('/v1/channels/web', channel);
    const { lines } = await shop.order(id);
    const pieces = [{ lineId: lines[0].id, quantity: 1 }];
    const { total } = await shop.as.support.post<OrderView>(`/v1/orders/${id}/cancel`, {
      ...{ reason: 'one is enough', lines: pieces },
    });
    await shop.as.support.post(`/v1/orders/${id}/payments`, {
      amount: total,
      reference: `BANK-${reference}`,
    });
    await shop.fastForward(id, 'PT2H');
    await shop.untilOrder(id, (each) => each.remorseUntil === null);
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  async transfer(shop, reference) {
    await shop.stock('TRANSFER', { north: 2 });
    const id = await place(shop, 'TRANSFER', reference, { tenders: [{ method: 'bankTransfer' }] });
    const { total } = await shop.order(id);
    await shop.as.support.post(`/v1/orders/${id}/payments`, {
      amount: total,
      reference: `BANK-${reference}`,
    });
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  /** A change waits for its money: one is made when that came, the next is taken back with some of it there. */
  async dearer(shop, reference) {
    await shop.stock('DEARER', { north: 9 });
    const id = await place(shop, 'DEARER', reference, { tenders: [{ method: 'bankTransfer' }] });
    const pay = (amount: number, nth: number) =>
      shop.as.support.post(`/v1/orders/${id}/payments`, {
        ...{ amount: { amount, currency: 'EUR' }, reference: `BANK-${reference}-${nth}` },
      });
    const { total, lines } = await shop.order(id);
    await pay(total.amount, 1);
    await shop.untilOrder(id, ({ fulfillments }) => fulfillments[0].releasedAt !== null);
    const change = (quantity: number) =>
      shop.as.support.post(`/v1/orders/${id}/edits`, { lines: [{ lineId: lines[0].id, quantity }] });
    await change(3);
    await pay(piecePrice, 2);
    await shop.untilOrder(id, ({ version, status }) => version === 2 && status === 'confirmed');
    await change(5);
    await pay(100, 3);
    await shop.as.support.post(`/v1/orders/${id}/edits/withdraw`);
    await shop.untilEvent(id, 'moneyGivenBack');
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  async returned(shop, reference) {
    await shop.stock('RETURNED', { north: 2 });
    const id = await place(shop, 'RETURNED', reference);
    await deliverAll(shop, id);
    const { lines } = await shop.order(id);
    const { id: returnId } = await shop.as.support.post<OrderView>('/v1/returns', {
      orderId: id,
      lines: [{ lineId: lines[0].id, quantity: 2, reason: 'tooSmall' }],
      mode: 'parcel',
      refundTo: 'tenders',
    });
    await shop.as.warehouse.post(`/v1/returns/${returnId}/receive`);
    const inspected = [{ lineId: lines[0].id, quantity: 2, outcome: 'restock' }];
    await shop.as.warehouse.post(`/v1/returns/${returnId}/inspect`, { lines: inspected });
    await shop.untilOrder(id, (each) => each.paymentStatus === 'refunded');
    await closeWindow(shop, id);
    return id;
  },

  async lost(shop, reference) {
    await shop.stock('LOST', { north: 2 });
    const id = await place(shop, 'LOST', reference);
    await shipAll(shop, id);
    await shop.report(await shop.order(id), 'lost');
    await shop.untilOrder(id, (each) => each.paymentStatus === 'refunded');
    await shop.untilOrder(id, (each) => each.status === 'completed');
    return id;
  },

  async pickup(shop, reference) {
    await shop.stock('PICKUP', { store: 2 });
    const id = await place(shop, 'PICKUP', reference, { mode: 'pickup', locationId: 'store' });
    const [work] = (await shop.order(id)).fulfillments;
    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ready`);
    const code = await shop.pickupCode(work.id);
    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/collect`, { code });
    await shop.untilEvent(id, 'delivered');
    await closeWindow(shop, id);
    return id;
  },

  async twoAddresses(shop, reference) {
    await shop.stock('TWO', { north: 2, south: 1 });
    const aunt = {
      name: 'Zia Pina',
      line1: 'Via Toledo 5',
      postalCode: '80132',
      city: 'Napoli',
      country: 'IT',
    };
    const { id } = await shop.place({
      reference,
      lines: [
        { sku: 'TWO', quantity: 1 },
        { sku: 'TWO', quantity: 2, destination: 'aunt' },
      ],
      destinations: [{ id: 'aunt', shippingAddress: aunt }],
    });
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  async sentToStore(shop, reference) {
    const address = { name: 'Plaza', line1: 'Via Po 1', city: 'Torino', postalCode: '10121', country: 'IT' };
    await shop.as.admin.put('/v1/locations/plaza', {
      ...{ type: 'store', name: 'Plaza', address, capabilities: ['pickup'], pickupWhenShort: 'send' },
    });
    await shop.stock('GATHER', { plaza: 1, north: 2, south: 2 });
    const lines = [{ sku: 'GATHER', quantity: 3 }];
    const { id } = await shop.place({ reference, lines, mode: 'pickup', locationId: 'plaza' });
    const own = (await shop.order(id)).fulfillments.find(({ mode }: OrderView) => mode === 'pickup');
    await shop.as.warehouse.post(`/v1/fulfillments/${own.id}/ready`);
    // The first parcel is lost, the second arrives.
    const first = await sendToStore(shop, id);
    await shop.report(await shop.order(id), 'lost');
    await shop.untilOrder(id, ({ fulfillments }) =>
      fulfillments.some((each: OrderView) => each.id !== first && isSending(each)),
    );
    await shop.as.warehouse.post(`/v1/fulfillments/${await sendToStore(shop, id)}/arrive`);
    const isReady = ({ status }: OrderView): boolean => status === 'readyForPickup';
    const ready = await shop.untilOrder(id, ({ fulfillments }) => fulfillments.some(isReady));
    const pickup = ready.fulfillments.find(isReady);
    const code = await shop.pickupCode(pickup.id);
    await shop.as.warehouse.post(`/v1/fulfillments/${pickup.id}/collect`, { code });
    await shop.untilEvent(id, 'delivered');
    await closeWindow(shop, id);
    return id;
  },

  async replenished(shop, reference) {
    await shop.as.admin.put('/v1/channels/shelves', { type: 'internal', name: 'Shelves' });
    await shop.stock('SHELF', { north: 3 });
    const { id } = await shop.as.support.post<OrderView>(
      '/v1/orders',
      {
        ...{ channel: 'shelves', externalReference: reference, currency: 'EUR' },
        ...{ lines: [{ sku: 'SHELF', quantity: 3 }], delivery: { mode: 'ship', toLocationId: 'store' } },
      },
      { wait: 10 },
    );
    const { fulfillments } = await shop.untilOrder(id, ({ status }) => status === 'confirmed');
    await shop.pack(await shop.order(id), fulfillments[0].id);
    await shop.as.warehouse.post(`/v1/fulfillments/${fulfillments[0].id}/ship`);
    const { items } = await shop.as.warehouse.get<OrderView>('/v1/transfers', { locationId: 'store' });
    const transfer = items.find((each: OrderView) => each.orderId === id);
    const lines = [{ sku: 'SHELF', quantity: 2, damaged: 1 }];
    const close = { reason: 'one is missing' };
    await shop.as.warehouse.post(`/v1/transfers/${transfer.id}/receive`, { lines, close });
    await shop.untilOrder(id, ({ status }) => status === 'completed');
    return id;
  },

  /** It had room when it was looked at, and none any more when it was to be paid. */
  async onAccount(shop, reference) {
    const eur = (amount: number) => ({ amount, currency: 'EUR' });
    const settings = { holdAbove: 1 };
    await shop.as.admin.put('/v1/channels/franchise', { type: 'franchise', name: 'Franchise', settings });
    await shop.stock('ACCOUNT', { north: 2 });
    const limit = (amount: number) =>
      shop.as.admin.put('/v1/accounts/bottega', {
        ...{ channel: 'franchise', name: 'Bottega', creditLimit: eur(amount) },
      });
    await limit(100_000);
    const total = eur(2 * piecePrice);
    const { id } = await shop.as.support.post<OrderView>('/v1/orders', {
      ...{ channel: 'franchise', externalReference: reference, currency: 'EUR', total },
      customer: { email: 'bottega@example.org', name: 'Bottega', account: 'bottega' },
      shippingAddress: {
        ...{ name: 'Bottega', line1: 'Via Roma 1', postalCode: '40121', city: 'Bologna', country: 'IT' },
      },
      lines: [{ sku: 'ACCOUNT', quantity: 2, unitPrice: eur(piecePrice) }],
      shipping: { method: 'standard', price: eur(0) },
      delivery: { mode: 'ship' },
      tenders: [{ method: 'onAccount', amount: total }],
    });
    await shop.untilOrder(id, ({ status }) => status === 'onHold');
    await limit(1);
    const release = () => shop.as.support.post(`/v1/orders/${id}/release`, {});
    await release();
    await shop.untilOrder(id, ({ holds }) =>
      holds.some((each: OrderView) => each.type === 'credit' && each.releasedAt === null),
    );
    await release();
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  // From here on the rules say what no story before expects.
  async replaced(shop, reference) {
    await rules(shop, { onShortage: { then: 'alternative' } });
    await shop.stock('REPLACED', {});
    await shop.stock('REPLACED-B', { north: 2 });
    const alternatives = [{ sku: 'REPLACED-B' }];
    await shop.as.admin.put('/v1/products/REPLACED/alternatives', { alternatives });
    const id = await place(shop, 'REPLACED', reference);
    await shop.untilEvent(id, 'alternativeOffered');
    const { items } = await shop.as.support.get<OrderView>(`/v1/orders/${id}/offers`);
    const path = `/v1/orders/${id}/offers/${items[0].id}/accept`;
    await shop.as.channel.post(path, { sku: 'REPLACED-B' });
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  /** An edit ends the offer; what is left of its pieces is offered anew to who asks, and taken. */
  async offerEnded(shop, reference) {
    await rules(shop, { onShortage: { then: 'alternative', within: 'P2D', otherwise: 'cancel' } });
    await shop.stock('ENDED', { north: 1 });
    await standIns(shop, 'ENDED', { 'ENDED-B': { price: 1500, there: { north: 9 } } });
    const { id } = await shop.place({ reference, lines: [{ sku: 'ENDED', quantity: 4 }] });
    await shop.untilEvent(id, 'alternativeOffered');
    const [line] = (await shop.order(id)).lines;
    const fewer = { lines: [{ lineId: line.id, quantity: 3 }] };
    await shop.as.support.post(`/v1/orders/${id}/edits`, fewer);
    const { items } = await shop.as.channel.post<OrderView>(`/v1/orders/${id}/offers`);
    const anew = items.find(({ status }: OrderView) => status === 'open');
    await shop.as.channel.post(`/v1/orders/${id}/offers/${anew.id}/accept`, { sku: 'ENDED-B' });
    await shop.untilOrder(
      id,
      ({ fulfillments }) =>
        fulfillments.length === 2 && fulfillments.every(({ releasedAt }: OrderView) => releasedAt !== null),
    );
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  /** Nobody answers the offer, and the pieces are given up. */
  async unanswered(shop, reference) {
    await rules(shop, { onShortage: { then: 'alternative', within: 'P2D', otherwise: 'cancel' } });
    await shop.stock('UNANSWERED', { north: 1 });
    await shop.stock('UNANSWERED-B', { north: 2 });
    const alternatives = [{ sku: 'UNANSWERED-B' }];
    await shop.as.admin.put('/v1/products/UNANSWERED/alternatives', { alternatives });
    const id = await place(shop, 'UNANSWERED', reference);
    await shop.untilEvent(id, 'alternativeOffered');
    await deliverAll(shop, id);
    await shop.fastForward(id, 'P3D');
    await shop.untilEvent(id, 'backorderGivenUp');
    await closeWindow(shop, id);
    return id;
  },

  async notWaitedFor(shop, reference) {
    await rules(shop, { onShortage: { then: 'cancel' } });
    await shop.stock('NOTWAITED', { north: 1 });
    const id = await place(shop, 'NOTWAITED', reference);
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  async waitedForLong(shop, reference) {
    await rules(shop, { onShortage: { then: 'backorder', within: 'P2D' } });
    await shop.stock('TOOLONG', { north: 1 });
    const id = await place(shop, 'TOOLONG', reference);
    await deliverAll(shop, id);
    await shop.fastForward(id, 'P3D');
    await shop.untilEvent(id, 'backorderGivenUp');
    await closeWindow(shop, id);
    return id;
  },

  /** Of one SKU what is short is bought and comes, of the other nobody buys it. */
  async bought(shop, reference) {
    await rules(shop, { onShortage: { then: 'purchaseRequest' } });
    await shop.stock('BOUGHT', {});
    await shop.stock('NOTBOUGHT', {});
    const lines = ['BOUGHT', 'NOTBOUGHT'].map((sku) => ({ sku, quantity: 1 }));
    const { id } = await shop.place({ reference, lines });
    await shop.untilEvent(id, 'purchaseRequested');
    const { items } = await shop.as.support.get<OrderView>('/v1/purchase-requests', { limit: '200' });
    const other = items.find((each: OrderView) => each.orderId === id && each.sku === 'NOTBOUGHT');
    await shop.as.support.post(`/v1/purchase-requests/${other.id}/refuse`, { reason: 'out of print' });
    await shop.untilEvent(id, 'backorderGivenUp');
    const movements = [{ sku: 'BOUGHT', locationId: 'north', type: 'receipt', quantity: 1 }];
    await shop.as.warehouse.post('/v1/stock/movements', { movements });
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  /** What one location sends and what the other has leave as one. */
  async gathered(shop, reference) {
    await rules(shop, { allocation: { split: 'never' }, onShortage: { then: 'waitForTransfer' } });
    await shop.stock('GATHERED', { north: 2, south: 1 });
    const { id } = await shop.place({ reference, lines: [{ sku: 'GATHERED', quantity: 3 }] });
    const { number } = await shop.order(id);
    const { items } = await shop.as.warehouse.get<OrderView>('/v1/transfers', { limit: '200' });
    const transfer = items.find((each: OrderView) => each.reference === number);
    await shop.as.warehouse.post(`/v1/transfers/${transfer.id}/ship`, {});
    const lines = [{ sku: 'GATHERED', quantity: 1 }];
    await shop.as.warehouse.post(`/v1/transfers/${transfer.id}/receive`, { lines });
    await shop.untilEvent(id, 'workJoined');
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  /** Nothing was sent in time: the order goes divided. */
  async divided(shop, reference) {
    const onShortage = { then: 'waitForTransfer', within: 'P1D', otherwise: 'split' } as const;
    await rules(shop, { allocation: { split: 'never' }, onShortage });
    await shop.stock('DIVIDED', { north: 1, south: 1 });
    const id = await place(shop, 'DIVIDED', reference);
    await shop.untilEvent(id, 'transfersRequested');
    await shop.fastForward(id, 'P2D');
    await shop.untilOrder(id, (each) => each.fulfillments.length === 2);
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  /** The rules leave nobody; a person sources it again by better ones. */
  async decidedByHand(shop, reference) {
    await rules(shop, { filters: [{ country: ['AT'] }] });
    await shop.stock('BYHAND', { north: 2 });
    const id = await place(shop, 'BYHAND', reference);
    await shop.untilEvent(id, 'needsPerson');
    await rules(shop, {});
    await shop.as.support.post(`/v1/orders/${id}/source-again`);
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  /** One destination is collected, the other has what is short bought. */
  async eachItsOwn(shop, reference) {
    const scenario = { decides: 'software', filters: [], scores: {}, allocation: { split: 'never' } };
    const scenarios = [
      { ...scenario, code: 'abroad', when: { country: ['AT'] }, onShortage: { then: 'purchaseRequest' } },
      { ...scenario, code: 'home', when: { all: [] }, onShortage: { then: 'waitForTransfer' } },
    ];
    await publish(shop, scenarios, 'each its own');
    await shop.stock('EACHOWN', { north: 1, south: 1 });
    await shop.stock('ABROAD', {});
    const aunt = { name: 'Tante Resi', line1: 'Graben 1', postalCode: '1010', city: 'Wien', country: 'AT' };
    const { id } = await shop.place({
      reference,
      lines: [
        { sku: 'EACHOWN', quantity: 2 },
        { sku: 'ABROAD', quantity: 1, destination: 'aunt' },
      ],
      destinations: [{ id: 'aunt', shippingAddress: aunt }],
    });
    await shop.untilEvent(id, 'purchaseRequested');
    const { number } = await shop.order(id);
    const { items } = await shop.as.warehouse.get<OrderView>('/v1/transfers', { limit: '200' });
    const transfer = items.find((each: OrderView) => each.reference === number);
    await shop.as.warehouse.post(`/v1/transfers/${transfer.id}/ship`, {});
    const lines = [{ sku: 'EACHOWN', quantity: 1 }];
    await shop.as.warehouse.post(`/v1/transfers/${transfer.id}/receive`, { lines });
    const movements = [{ sku: 'ABROAD', locationId: 'north', type: 'receipt', quantity: 1 }];
    await shop.as.warehouse.post('/v1/stock/movements', { movements });
    await shop.untilEvent(id, 'workJoined');
    await shop.untilOrder(
      id,
      ({ fulfillments }) =>
        fulfillments.filter(({ releasedAt }: OrderView) => releasedAt !== null).length === 2,
    );
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  /** Late work: what comes sooner is taken for one line, the other is done without, and a third comes as it is. */
  async lateReplaced(shop, reference) {
    await slowPlace(shop);
    for (const sku of ['LATEONE', 'LATETWO', 'LATETHREE']) await shop.stock(sku, { north: 2, slow: 2 });
    await standIns(shop, 'LATEONE', { 'LATEONE-B': { price: 1500, there: { west: 9 } } });
    const lines = ['LATEONE', 'LATETWO', 'LATETHREE'].map((sku) => ({ sku, quantity: 2 }));
    const { id } = await shop.place({ reference, lines });
    const work = await becomesLate(shop, id, 'LATEONE');
    const ask = () => shop.as.channel.post<OrderView>(`/v1/orders/${id}/offers`);
    const refused = (await ask()).items[0];
    await shop.as.channel.post(`/v1/orders/${id}/offers/${refused.id}/refuse`, {});
    const [offer] = (await ask()).items.filter(({ status }: OrderView) => status === 'open');
    await shop.as.channel.post(`/v1/orders/${id}/offers/${offer.id}/accept`, { sku: 'LATEONE-B' });
    const { lines: now } = await shop.order(id);
    const pieces = [{ lineId: now[1].id, quantity: 2, fulfillmentId: work.id }];
    await shop.as.support.post(`/v1/orders/${id}/cancel`, { reason: 'rather not', lines: pieces });
    await shop.untilOrder(id, ({ fulfillments }) =>
      fulfillments.every(
        ({ status, releasedAt }: OrderView) => status === 'cancelled' || releasedAt !== null,
      ),
    );
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  /** Somebody who waits asks what there is instead, says no, asks again and takes it. */
  async askedInstead(shop, reference) {
    await rules(shop, {});
    await shop.stock('ASKED', { north: 1 });
    await standIns(shop, 'ASKED', { 'ASKED-B': { price: 1500, there: { north: 9 } } });
    const id = await place(shop, 'ASKED', reference);
    const ask = () => shop.as.channel.post<OrderView>(`/v1/orders/${id}/offers`);
    const refused = (await ask()).items[0];
    await shop.as.channel.post(`/v1/orders/${id}/offers/${refused.id}/refuse`, {});
    const [offer] = (await ask()).items.filter(({ status }: OrderView) => status === 'open');
    await shop.as.channel.post(`/v1/orders/${id}/offers/${offer.id}/accept`, { sku: 'ASKED-B' });
    await shop.untilOrder(id, ({ fulfillments }) => fulfillments.length === 2);
    await shop.untilOrder(id, ({ fulfillments }) =>
      fulfillments.every(({ releasedAt }: OrderView) => releasedAt !== null),
    );
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },
  ...storiesOfPlaces,
};
