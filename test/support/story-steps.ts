import type { Scenario } from '../../domain/rules/types';
import type { OrderView, Shop } from './shop';

/** A way of an order through the system, played to its end; returns the order. Kept as a history for replay. */
export type Story = (shop: Shop, reference: string) => Promise<string>;

export async function shipAll(shop: Shop, id: string): Promise<void> {
  const isToPack = (work: OrderView): boolean => work.status === 'allocated' && work.releasedAt !== null;
  const isReady = (wait: OrderView): boolean => /pick and pack/.test(wait.what);
  const view = await shop.untilOrder(
    id,
    (each) => each.waitingFor.some(isReady) && each.fulfillments.some(isToPack),
  );
  for (const work of view.fulfillments.filter(isToPack)) {
    await shop.pack(view, work.id);
    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ship`);
  }
  await shop.untilEvent(id, 'paymentCaptured');
}

export async function deliverAll(shop: Shop, id: string): Promise<void> {
  await shipAll(shop, id);
  await shop.report(await shop.order(id), 'delivered');
  await shop.untilOrder(id, (each) =>
    each.waitingFor.some((wait: OrderView) => /return window/.test(wait.what)),
  );
}

/** A new run of an order knows the last fast-forward alone: it makes up for those before, too. */
export async function closeWindow(shop: Shop, id: string): Promise<void> {
  await shop.fastForward(id, 'P30D');
  await shop.untilOrder(id, (each) => each.status === 'completed');
}

export const place = async (shop: Shop, sku: string, reference: string, more: object = {}): Promise<string> =>
  (await shop.place({ reference, lines: [{ sku, quantity: 2 }], ...more })).id;

export async function publish(shop: Shop, scenarios: object[], note: string): Promise<void> {
  await shop.as.admin.put('/v1/rules/draft', { name: 'stories', currency: 'EUR', scenarios });
  await shop.as.admin.post('/v1/rules/publish', { note });
}

/** What the rules say from now on; orders keep those that they began with. */
export const rules = (shop: Shop, more: Partial<Scenario>): Promise<void> => {
  const usual = {
    ...{ code: 'all', when: { all: [] }, decides: 'software', filters: [], scores: {} },
    ...{ allocation: { split: 'allow' }, onShortage: { then: 'backorder' } },
  };
  return publish(shop, [{ ...usual, ...more }], JSON.stringify(more));
};
