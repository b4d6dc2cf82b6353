import { setTimeout as sleep } from 'node:timers/promises';
import type { Product } from '../../../domain/catalogue/product';
import type { FulfillmentView } from '../../../store/read/fulfillment-view';
import type { OrderView } from '../../../store/read/order-view';
import type { StockTransferView } from '../../../store/stock-transfer/transfer-view';
import type { Part, StoryAtHand } from './story-at-hand';

export type ParcelStatus = 'inTransit' | 'outForDelivery' | 'delivered' | 'failed' | 'returned' | 'lost';

/** What locations and carriers do. */
export interface WorkHands {
  /** The place that ordered takes in what came; so many pieces are damaged. */
  takeIn(order: OrderView, damaged: number): Promise<void>;
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
}

export function workHands(story: StoryAtHand): WorkHands {
  const { clients, catalogue, carrierPlays, betweenScansMs, once, read } = story;
  const { carrier, warehouse } = clients;
  const atPart = async (part: Part, action: string, sent: object = {}): Promise<void> => {
    await warehouse.post<FulfillmentView>(`/v1/fulfillments/${part.id}/${action}`, sent, once());
  };

  return {
    async takeIn({ id, delivery: { toLocationId } }, damaged) {
      const { items } = await warehouse.get<{ items: StockTransferView[] }>('/v1/transfers', {
        ...{ locationId: toLocationId, limit: 200 },
      });
      for (const transfer of items.filter(({ orderId }) => orderId === id)) {
        const lines = transfer.lines.map(({ sku, quantity }) => ({ sku, quantity, damaged }));
        await warehouse.post(`/v1/transfers/${transfer.id}/receive`, { lines }, once());
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
  };
}

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
