import { piecePrice, shippingPrice, type OrderView, type Shop } from './shop';
import { closeWindow, deliverAll, rules, shipAll, type Story } from './story-steps';

const aunt = { name: 'Zia Pina', line1: 'Via Toledo 5', postalCode: '80132', city: 'Napoli', country: 'IT' };
const cousin = { ...aunt, name: 'Ugo', line1: 'Via Portici 1', postalCode: '39100', city: 'Bolzano' };
const toAunt = [{ id: 'aunt', shippingAddress: aunt }];

const receive = (shop: Shop, sku: string, locationId: string): Promise<unknown> =>
  shop.as.warehouse.post('/v1/stock/movements', {
    movements: [{ sku, locationId, type: 'receipt', quantity: 1 }],
  });

async function transferOf(shop: Shop, sku: string): Promise<OrderView> {
  const { items } = await shop.as.warehouse.get<OrderView>('/v1/transfers', { limit: '200' });
  const isOpen = ({ status, lines }: OrderView): boolean =>
    status === 'requested' && lines.some((line: OrderView) => line.sku === sku);
  return items.find(isOpen);
}

async function send(shop: Shop, sku: string): Promise<void> {
  const { id, lines } = await transferOf(shop, sku);
  await shop.as.warehouse.post(`/v1/transfers/${id}/ship`, {});
  const arrived = [{ sku, quantity: lines[0].quantity }];
  await shop.as.warehouse.post(`/v1/transfers/${id}/receive`, { lines: arrived });
}

const released = ({ fulfillments }: OrderView): number =>
  fulfillments.filter(({ releasedAt }: OrderView) => releasedAt !== null).length;

/** Orders whose goods go to several places, are collected, or are waited for otherwise. */
export const storiesOfPlaces: Record<string, Story> = {
  /** A place gets another address, pieces go to another one, one place is dropped, one waits for stock and moves. */
  async movedBetweenPlaces(shop, reference) {
    await rules(shop, {});
    await shop.stock('MOVED', { north: 5 });
    await shop.stock('MOVED-LATER', {});
    const { id } = await shop.place({
      ...{ reference, destinations: toAunt },
      lines: [
        { sku: 'MOVED', quantity: 3 },
        { sku: 'MOVED-LATER', quantity: 1 },
        { sku: 'MOVED', quantity: 1, destination: 'aunt' },
      ],
    });
    const { lines } = await shop.order(id);
    const edit = (body: object) => shop.as.support.post(`/v1/orders/${id}/edits`, body);
    await edit({ destinations: [{ id: 'aunt', shippingAddress: { ...aunt, line1: 'Via Toledo 7' } }] });
    await edit({
      move: [
        { lineId: lines[0].id, destination: 'cousin', quantity: 2 },
        { lineId: lines[1].id, destination: 'cousin' },
      ],
      destinations: [{ id: 'cousin', shippingAddress: cousin }],
    });
    await edit({ move: [{ lineId: lines[2].id, destination: null }] });
    await receive(shop, 'MOVED-LATER', 'north');
    const isShown = ({ status, releasedAt }: OrderView): boolean =>
      status === 'cancelled' || releasedAt !== null;
    await shop.untilOrder(
      id,
      ({ fulfillments, lines: now }) =>
        fulfillments.every(isShown) &&
        now.every(({ byState }: OrderView) => byState.backordered === undefined),
    );
    await deliverAll(shop, id);
    await closeWindow(shop, id);
    return id;
  },

  /** The store keeps its own piece and what is sent until what nobody had has come: one pickup. */
  async gatheredPickup(shop, reference) {
    await rules(shop, { allocation: { split: 'allow', respectPreference: true } });
    const address = { name: 'Piazza', line1: 'Via Po 2', city: 'Torino', postalCode: '10121', country: 'IT' };
    await shop.as.admin.put('/v1/locations/piazza', {
      ...{ type: 'store', name: 'Piazza', address, capabilities: ['pickup'], pickupWhenShort: 'send' },
    });
    await shop.stock('KEPT', { piazza: 1, north: 1 });
    await shop.stock('KEPT-LATER', {});
    const { id } = await shop.place({
      ...{ reference, mode: 'pickup', locationId: 'piazza', preference: { split: 'consolidate' } },
      lines: [
        { sku: 'KEPT', quantity: 2 },
        { sku: 'KEPT-LATER', quantity: 1 },
      ],
    });
    const own = (await shop.order(id)).fulfillments.find(({ mode }: OrderView) => mode === 'pickup');
    await shop.as.warehouse.post(`/v1/fulfillments/${own.id}/ready`);
    const isToSend = ({ mode, status, releasedAt }: OrderView): boolean =>
      mode === 'shipToStore' && status === 'allocated' && releasedAt !== null;
    const sendToStore = async (): Promise<void> => {
      const view = await shop.untilOrder(id, ({ fulfillments }) => fulfillments.some(isToSend));
      const work = view.fulfillments.find(isToSend);
      await shop.pack(view, work.id);
      await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ship`);
      await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/arrive`);
    };
    await sendToStore();
    await receive(shop, 'KEPT-LATER', 'south');
    await sendToStore();
    const isReady = ({ status }: OrderView): boolean => status === 'readyForPickup';
    const ready = await shop.untilOrder(id, ({ fulfillments }) => fulfillments.some(isReady));
    const pickup = ready.fulfillments.find(isReady);
    const code = await shop.pickupCode(pickup.id);
    await shop.as.warehouse.post(`/v1/fulfillments/${pickup.id}/collect`, { code });
    await shop.untilEvent(id, 'delivered');
    await closeWindow(shop, id);
    return id;
  },

  /** What is collected for one place leaves while the other still waits for what is sent. */
  async eachWhenThere(shop, reference) {
    await rules(shop, { allocation: { split: 'never' }, onShortage: { then: 'waitForTransfer' } });
    await shop.stock('WHENMINE', { north: 1, south: 1 });
    await shop.stock('WHENHERS', { north: 1, south: 1 });
    const { id } = await shop.place({
      ...{ reference, destinations: toAunt },
      lines: [
        { sku: 'WHENMINE', quantity: 2 },
        { sku: 'WHENHERS', quantity: 2, destination: 'aunt' },
      ],
    });
    await send(shop, 'WHENHERS');
    await shop.untilOrder(id, (each) => released(each) === 1);
    await shipAll(shop, id);
    await send(shop, 'WHENMINE');
    await shop.untilOrder(id, (each) => released(each) === 2);
    await shipAll(shop, id);
    const whole = 4 * piecePrice + shippingPrice;
    await shop.untilOrder(id, ({ payments }) => payments[0].captured.amount === whole);
    await shop.report(await shop.order(id), 'delivered');
    await shop.untilEvent(id, 'delivered', 2);
    await closeWindow(shop, id);
    return id;
  },

  /** Of one SKU nobody has any, of another the only sender refuses: both come by themselves, and the rest does not wait. */
  async unsent(shop, reference) {
    const onShortage = { then: 'waitForTransfer', otherwise: 'split' } as const;
    await rules(shop, { allocation: { split: 'never' }, onShortage });
    await shop.stock('UNSENT', { north: 2, south: 1 });
    await shop.stock('UNSENT-NONE', {});
    await shop.stock('UNSENT-REFUSED', { store: 1 });
    const lines = ['UNSENT-NONE', 'UNSENT-REFUSED'].map((sku) => ({ sku, quantity: 1 }));
    const { id } = await shop.place({ reference, lines: [{ sku: 'UNSENT', quantity: 3 }, ...lines] });
    const refused = await transferOf(shop, 'UNSENT-REFUSED');
    await shop.as.warehouse.post(`/v1/transfers/${refused.id}/cancel`, { reason: 'outOfStock' });
    await shop.untilEvent(id, 'sourcedAgain', 2);
    await send(shop, 'UNSENT');
    await shop.untilOrder(id, (each) => released(each) === 1);
    await shipAll(shop, id);
    for (const [index, { sku }] of lines.entries()) {
      await receive(shop, sku, 'south');
      await shop.untilOrder(id, (each) => released(each) === index + 2);
    }
    await shipAll(shop, id);
    const whole = 5 * piecePrice + shippingPrice;
    await shop.untilOrder(id, ({ payments }) => payments[0].captured.amount === whole);
    await shop.report(await shop.order(id), 'delivered');
    await shop.untilEvent(id, 'delivered', 3);
    await closeWindow(shop, id);
    return id;
  },
};
