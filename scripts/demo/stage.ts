import { setTimeout as sleep } from 'node:timers/promises';
import type { Product } from '../../domain/catalogue/product';
import type { FulfillmentView } from '../../store/read/fulfillment-view';
import type { OrderView } from '../../store/read/order-view';
import type { ReorderProposal } from '../../store/reorder/list-reorder-proposals';
import type { ReturnView } from '../../store/read/return-view';
import type { StockAlert } from '../../store/stock-alert/stock-alert';
import type { StockLevel } from '../../store/stock/stock-level';
import type { Clients } from '../patient-client';
import { readAcceptedOrder } from '../read-accepted-order';
import type { StockTransferView } from '../../store/stock-transfer/transfer-view';
import { createOrder, eur, type Basket, type OrderInput } from './basket';
import { confirmAlert } from './confirm-alert';
import type { Person } from './people';
import { aisleSale, franchiseOrder, replenishment, type Items } from './trade-orders';

type Part = OrderView['fulfillments'][number];
export type ParcelStatus = 'inTransit' | 'outForDelivery' | 'delivered' | 'failed' | 'returned' | 'lost';

/** As long as anything may take here; the sandbox provider's slowest failure is well below. */
const patienceMs = 90_000;

/**
 * One story's hands: what channels, staff, carrier and customers do over HTTP, each with a key of its role. Nothing
 * here reaches around the API.
 */
export interface Stage {
  /** Hands the basket in and waits for the first decision. */
  place(basket: Basket): Promise<OrderView>;
  /** Hands the very same order in again. */
  placeAgain(order: OrderView): Promise<string>;
  /** A store orders goods for its shelves. */
  replenish(toLocationId: string, items: Items): Promise<OrderView>;
  orderOnAccount(who: Person, account: string, items: Items): Promise<OrderView>;
  sellInStore(storeId: string, who: Person, items: Items): Promise<OrderView>;
  payAccount(account: string, cents: number): Promise<void>;
  /** The place that ordered takes in what came; so many pieces are damaged. */
  takeIn(order: OrderView, damaged: number): Promise<void>;
  read(order: OrderView): Promise<OrderView>;
  /** Reads the order until it is so; throws with where it is when it never gets there. */
  until(order: OrderView, what: string, isSo: (now: OrderView) => boolean): Promise<OrderView>;
  cancel(order: OrderView, reason: string): Promise<void>;
  hold(order: OrderView, reason: string): Promise<void>;
  release(order: OrderView): Promise<void>;
  payTransfer(order: OrderView, cents?: number): Promise<void>;
  openGiftCard(code: string, cents: number): Promise<void>;

  /** Pieces come in at a location, so many that these can be sold there. */
  receive(sku: string, locationId: string, sellable: number): Promise<void>;
  /** A count finds that nobody has any to sell. */
  sellOut(sku: string): Promise<void>;
  /** Shoppers who only look want to be told when it is back; some confirm it, where their mails can be read. */
  askToBeTold(sku: string, shoppers: readonly Person[], confirming?: readonly Person[]): Promise<void>;
  /** What fell to its reorder point is in a purchase order. */
  untilReordered(sku: string): Promise<void>;
  pick(part: Part): Promise<void>;
  /** In as many cartons as told; the lines' pieces go round. */
  pack(part: Part, cartons?: number): Promise<void>;
  ship(part: Part): Promise<void>;
  reject(part: Part, reason: string): Promise<void>;
  ready(part: Part): Promise<void>;
  /** The store takes in what others sent there for a customer. */
  arrive(part: Part): Promise<void>;
  collect(part: Part, code: string): Promise<void>;
  /** The carrier reports on every parcel of a part, unless the sandbox carrier does so by itself. */
  carry(order: OrderView, part: Part, statuses: ParcelStatus[]): Promise<void>;

  requestReturn(
    order: OrderView,
    lines: [sku: string, quantity: number, reason: string][],
    mode: ReturnView['mode'],
    refundTo: ReturnView['refundTo'],
  ): Promise<ReturnView>;
  receiveReturn(id: string, locationId?: string): Promise<void>;
  inspect(back: ReturnView, outcomes: [sku: string, quantity: number, outcome: string][]): Promise<void>;
}

export interface StageOptions {
  clients: Clients;
  catalogue: ReadonlyMap<string, Product>;
  carrierPlays: boolean;
  reference: string;
  /** Where mails can be read; null where they really leave. */
  mailUrl: string | null;
  /** From one scan of a parcel to the next, so that somebody who watches sees it move. */
  betweenScansMs: number;
}

export function createStage(options: StageOptions): Stage {
  const { clients, catalogue, carrierPlays, mailUrl, reference, betweenScansMs } = options;
  const { admin, channel, carrier, warehouse, support } = clients;
  let steps = 0;
  let body: OrderInput | undefined;
  const once = () => ({ idempotencyKey: `${reference}:${(steps += 1)}` });
  const read = ({ id }: OrderView) => channel.get<OrderView>(`/v1/orders/${id}`);
  const atPart = async (part: Part, action: string, sent: object = {}): Promise<void> => {
    await warehouse.post<FulfillmentView>(`/v1/fulfillments/${part.id}/${action}`, sent, once());
  };
  const until: Stage['until'] = async (order, what, isSo) => {
    const end = Date.now() + patienceMs;
    for (let pauseMs = 150; ; pauseMs = Math.min(1000, pauseMs * 1.3)) {
      const now = await read(order);
      if (isSo(now)) return now;
      if (Date.now() > end) throw new Error(`Waited in vain for ${what}; ${reference} is ${now.status}`);
      await sleep(pauseMs);
    }
  };
  const levelsOf = async (sku: string) =>
    (await warehouse.get<{ items: StockLevel[] }>('/v1/stock', { sku, limit: 200 })).items;
  const move = async (movement: object): Promise<void> => {
    const { results } = await warehouse.post<{ results: { outcome: string; detail?: string }[] }>(
      '/v1/stock/movements',
      { movements: [movement] },
      once(),
    );
    if (results[0]?.outcome !== 'done') throw new Error(`A movement was refused: ${results[0]?.detail}`);
  };

  async function handIn(order: object): Promise<OrderView> {
    const { id } = await support.post<{ id: string }>('/v1/orders', order, { ...once(), wait: 30 });
    const accepted = await readAcceptedOrder(support, id, patienceMs);
    return until(accepted, 'the first decision', ({ decision }) => decision !== null);
  }

  return {
    async place(basket) {
      body = createOrder(basket, reference, catalogue);
      const { id } = await channel.post<{ id: string }>('/v1/orders', body, { ...once(), wait: 30 });
      const order = await readAcceptedOrder(channel, id, patienceMs);
      return until(order, 'the first decision', ({ decision }) => decision !== null);
    },
    replenish: (toLocationId, items) => handIn(replenishment(reference, toLocationId, items)),
    orderOnAccount: (who, account, items) =>
      handIn(franchiseOrder(reference, who, account, items, catalogue)),
    sellInStore: (storeId, who, items) => handIn(aisleSale(reference, storeId, who, items, catalogue)),
    async payAccount(account, cents) {
      const payment = { amount: eur(cents), reference: `bank-${reference}` };
      await support.post(`/v1/accounts/${account}/payments`, payment, once());
    },
    async takeIn({ id, delivery: { toLocationId } }, damaged) {
      const { items } = await warehouse.get<{ items: StockTransferView[] }>('/v1/transfers', {
        ...{ locationId: toLocationId, limit: 200 },
      });
      for (const transfer of items.filter(({ orderId }) => orderId === id)) {
        const lines = transfer.lines.map(({ sku, quantity }) => ({ sku, quantity, damaged }));
        await warehouse.post(`/v1/transfers/${transfer.id}/receive`, { lines }, once());
      }
    },
    placeAgain: async () => (await channel.post<{ id: string }>('/v1/orders', body)).id,
    read,
    until,
    cancel: (order, reason) => support.post(`/v1/orders/${order.id}/cancel`, { reason }, once()),
    hold: (order, reason) => support.post(`/v1/orders/${order.id}/hold`, { reason }, once()),
    release: (order) => support.post(`/v1/orders/${order.id}/release`, {}, once()),
    async payTransfer(order, cents) {
      const payment = order.payments.find(({ method }) => method === 'bankTransfer')!;
      const amount = eur(cents ?? payment.amount.amount);
      const booking = { paymentId: payment.id, amount, reference: `bank-${reference}-${steps}` };
      await support.post(`/v1/orders/${order.id}/payments`, booking, once());
    },
    openGiftCard: (code, cents) => admin.put(`/v1/gift-cards/${code}`, { balance: eur(cents) }),

    async receive(sku, locationId, sellable) {
      const level = (await levelsOf(sku)).find((each) => each.locationId === locationId);
      // What orders hold back and what the place keeps for itself comes off the top.
      const free = level ? level.onHand - level.unsellable - level.reserved - level.allocated : 0;
      const keptBack = Math.max(0, (level?.safetyStock ?? 0) - free);
      await move({ type: 'receipt', sku, locationId, quantity: sellable + keptBack, reference });
    },
    async askToBeTold(sku, shoppers, confirming = []) {
      for (const who of shoppers) {
        const { email, locale } = who;
        const wish = { sku, channel: 'web', email, locale };
        const { id, status } = await channel.post<StockAlert>('/v1/stock-alerts', wish, once());
        if (mailUrl !== null && status === 'unconfirmed' && confirming.includes(who))
          await confirmAlert(mailUrl, email, id);
      }
    },
    async sellOut(sku) {
      for (const { locationId, available } of await levelsOf(sku))
        if (available > 0)
          await move({
            type: 'adjustment',
            sku,
            locationId,
            quantity: -available,
            reason: 'not found in a count',
          });
    },
    async untilReordered(sku) {
      const end = Date.now() + patienceMs;
      for (;;) {
        const { items } = await support.get<{ items: ReorderProposal[] }>('/v1/reorder-proposals', {
          limit: 200,
        });
        if (items.some((each) => each.sku === sku && each.purchaseOrder !== null)) return;
        if (Date.now() > end) throw new Error(`Waited in vain for a purchase order of ${sku}`);
        await sleep(250);
      }
    },
    pick: (part) => atPart(part, 'pick'),
    pack: (part, cartons = 1) => atPart(part, 'pack', { packages: cartonsOf(part, cartons, catalogue) }),
    ship: (part) => atPart(part, 'ship'),
    reject: (part, reason) => atPart(part, 'reject', { reason }),
    ready: (part) => atPart(part, 'ready'),
    arrive: (part) => atPart(part, 'arrive'),
    collect: (part, code) => atPart(part, 'collect', { code }),
    async carry(order, { id }, statuses) {
      if (carrierPlays) return;
      const part = (await read(order)).fulfillments.find((each) => each.id === id)!;
      for (const status of statuses) {
        for (const { carrier: code, trackingNumber } of part.packages) {
          const event = { id: `${trackingNumber}-${status}`, trackingNumber, status };
          const events = [{ ...event, occurredAt: new Date().toISOString() }];
          await carrier.post(`/v1/carriers/${code}/events`, { events }, once());
        }
        await sleep(betweenScansMs);
      }
    },

    requestReturn: (order, lines, mode, refundTo) =>
      channel.post<ReturnView>(
        '/v1/returns',
        {
          orderId: order.id,
          lines: lines.map(([sku, quantity, reason]) => ({ lineId: lineOf(order, sku), quantity, reason })),
          mode,
          refundTo,
        },
        once(),
      ),
    receiveReturn: (id, locationId) =>
      warehouse.post(`/v1/returns/${id}/receive`, locationId ? { locationId } : {}, once()),
    inspect: (back, outcomes) =>
      warehouse.post(
        `/v1/returns/${back.id}/inspect`,
        {
          lines: outcomes.map(([sku, quantity, outcome]) => ({
            lineId: back.lines.find((line) => line.sku === sku)!.lineId,
            quantity,
            outcome,
          })),
        },
        once(),
      ),
  };
}

const lineOf = (order: OrderView, sku: string): string => order.lines.find((line) => line.sku === sku)!.id;

/** Deals the pieces of a part out to cartons, each weighed with what is in it. */
function cartonsOf(part: Part, cartons: number, catalogue: ReadonlyMap<string, Product>) {
  const pieces = part.lines.flatMap((line) => Array.from({ length: line.quantity }, () => line));
  return Array.from({ length: cartons }, (_, carton) => {
    const inside = pieces.filter((_, index) => index % cartons === carton);
    const quantities = new Map<string, number>();
    for (const { lineId } of inside) quantities.set(lineId, (quantities.get(lineId) ?? 0) + 1);
    return {
      type: 'carton',
      weightGrams: 180 + inside.reduce((sum, { sku }) => sum + (catalogue.get(sku)?.weightGrams ?? 0), 0),
      lines: [...quantities].map(([lineId, quantity]) => ({ lineId, quantity })),
    };
  });
}
