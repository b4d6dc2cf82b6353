import type { BenchShop } from '../shop/open-shop';
import { orderBody } from '../shop/order-body';
import type { Board, Work } from './board';
import type { Milestones } from './milestones';

/** What happens to an order between two pauses of the people who work on it. */
export interface Walk {
  reference: string;
  orderId: string;
  work: Work;
  trackingNumber: string;
}

export interface People {
  shop: BenchShop;
  board: Board;
  milestones: Milestones;
}

/** The channel hands the order in; done when the warehouse sees the work. */
export async function place({ shop, board }: People, reference: string): Promise<Walk> {
  const { id: orderId } = await shop.channel.post<{ id: string }>('/v1/orders', orderBody(reference));
  return { reference, orderId, work: await board.workOf(orderId), trackingNumber: '' };
}

export async function pick({ shop }: People, { work }: Walk): Promise<void> {
  await shop.warehouse.post(`/v1/fulfillments/${work.id}/pick`, {});
}

/** Done when the carton has its label. */
export async function pack({ shop }: People, walk: Walk): Promise<void> {
  const { id, lines } = walk.work;
  const content = lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
  const packages = [{ type: 'box', weightGrams: 900, lines: content }];
  const packed = await shop.warehouse.post<Work>(`/v1/fulfillments/${id}/pack`, { packages });
  walk.trackingNumber = packed.packages[0]?.trackingNumber ?? (await labelOf(shop, id));
}

/** The API waits some seconds for the label; a machine under full load may need longer. */
async function labelOf(shop: BenchShop, fulfillmentId: string): Promise<string> {
  for (;;) {
    const path = '/v1/fulfillments?locationId=warehouse&status=packed&limit=200';
    const { items } = await shop.warehouse.get<{ items: Work[] }>(path);
    const found = items.find((item) => item.id === fulfillmentId)?.packages[0]?.trackingNumber;
    if (found) return found;
  }
}

export async function ship({ shop }: People, { work }: Walk): Promise<void> {
  await shop.warehouse.post(`/v1/fulfillments/${work.id}/ship`, {});
}

export async function reportDelivered({ shop }: People, { trackingNumber }: Walk): Promise<void> {
  const event = {
    id: `delivered-${trackingNumber}`,
    trackingNumber,
    status: 'delivered',
    occurredAt: new Date().toISOString(),
  };
  await shop.carrier.post('/v1/carriers/sandbox/events', { events: [event] });
}

/** From placed to delivered without a pause: until the order itself has heard it and told the customer. */
export async function walkThrough(people: People, reference: string): Promise<Walk> {
  const walk = await place(people, reference);
  await pick(people, walk);
  await pack(people, walk);
  await ship(people, walk);
  await reportDelivered(people, walk);
  await people.milestones.reached(walk.orderId, 'delivered');
  return walk;
}
