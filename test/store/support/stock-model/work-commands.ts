import fc from 'fast-check';
import { sentTransferIdOf } from '../../../../domain/ids';
import { command, pick, which } from './command';
import { callOff, heardGivenUp } from './gathering';
import {
  giveToWaiting,
  heldAt,
  holds,
  moveOn,
  orderOf,
  putRight,
  shelfOf,
  type Model,
  type Work,
} from './model';
import { actor, timeOf, type Real } from './real';

const openWorks = ({ works }: Model): Work[] => works.filter(({ state }) => state === 'open');
const hasOpenWork = (model: Readonly<Model>): boolean => openWorks(model).length > 0;

/** What goes to a store for its customer is on no shelf until it is there. */
const shipOf = (name: string, toShip: (model: Readonly<Model>) => Work[]) =>
  command({
    name,
    args: which,
    isPossible: (model) => toShip(model).length > 0,
    async run(model, real, number, ask) {
      const work = pick(toShip(model), number);
      const by = { fulfillmentId: work.id, actor, at: timeOf(model) };
      const { store } = real.warehouse;
      await release(real, work);
      const lines = work.lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
      const packages = [{ type: 'box', weightGrams: 500, lines }];
      await ask(() => store.packFulfillment({ ...by, packages, companyPrefix: '0412345' }), 'done');
      await ask(() => store.shipFulfillment(by), 'done');
      work.state = work.mode === 'shipToStore' ? 'toStore' : 'shipped';
      leave(model, work, (at, quantity) => moveOn(model, at, { onHand: -quantity, unsellable: 0 }));
    },
  });

const ship = shipOf('ship', (model) => openWorks(model).filter(({ mode }) => mode !== 'pickup'));
const sendToStore = shipOf('sendToStore', (model) =>
  openWorks(model).filter(({ mode }) => mode === 'shipToStore'),
);

/** A location refuses; what it says of its shelf is put right before anybody else gets the pieces. */
const refuse = command({
  name: 'refuse',
  args: fc.record({ which, reason: fc.constantFrom('outOfStock', 'damaged', 'cannotPickInTime') }),
  isPossible: hasOpenWork,
  async run(model, real, { which: number, reason }, ask) {
    const work = pick(openWorks(model), number);
    await release(real, work);
    const lineIds = work.lines.map(({ lineId }) => lineId);
    const command = { fulfillmentId: work.id, reason, lineIds, actor, at: timeOf(model) };
    await ask(() => real.warehouse.store.rejectFulfillment(command), 'done');
    leave(model, work, () => undefined);
    for (const [sku, quantity] of bySku(work))
      putRight(model, { sku, locationId: work.locationId }, { reason, quantity });
    drop(model, work);
  },
});

const missDeadline = command({
  name: 'missDeadline',
  args: which,
  isPossible: hasOpenWork,
  async run(model, real, number, ask) {
    const work = pick(openWorks(model), number);
    const input = { orderId: work.orderId, fulfillmentId: work.id, from: ['allocated'], reason: 'too late' };
    const question = { ...input, isGivenUp: false, at: timeOf(model) };
    await ask(() => real.warehouse.store.expireFulfillment(question), 'expired');
    leave(model, work, () => undefined);
    drop(model, work);
  },
});

const cancel = command({
  name: 'cancel',
  args: which,
  isPossible: ({ orders }) => orders.length > 0,
  async run(model, real, number, ask) {
    const order = pick(model.orders, number);
    const works = model.works.filter(({ orderId }) => orderId === order.id);
    const hasLeft = works.some(({ state }) => ['shipped', 'returned', 'collected'].includes(state));
    const command = { orderId: order.id, reason: 'changed my mind', actor, at: timeOf(model) };
    const question = { ...command, decision: 'cancelled' as const };
    await ask(() => real.warehouse.store.cancelOrder(question), hasLeft ? 'refused' : 'cancelled');
    if (hasLeft) return;
    order.isCancelled = true;
    order.dropped = [];
    model.queue = model.queue.filter(({ orderId }) => orderId !== order.id);
    for (const work of works.filter(holds)) leave(model, work, () => undefined);
    for (const work of works.filter(({ state }) => state === 'toStore')) divert(model, work);
    // Its own pieces are given first, then those that were to be sent for it.
    giveToWaiting(model);
    callOff(model, order.id);
  },
});

const giveUp = command({
  name: 'giveUp',
  args: which,
  isPossible: ({ queue }) => queue.length > 0,
  async run(model, real, number) {
    const { orderId } = pick(model.queue, number);
    const order = orderOf(model, { orderId });
    const question = { orderId, at: timeOf(model) };
    const { store } = real.warehouse;
    const given = await store.giveUpBackorders(question);
    expect(await store.giveUpBackorders(question)).toEqual(given);
    heardGivenUp(order, given);
    for (const { orderId: of, lineId, open } of model.queue)
      if (of === orderId) order.lines.find((line) => line.lineId === lineId)!.quantity -= open;
    model.queue = model.queue.filter((line) => line.orderId !== orderId);
  },
});

/** What nobody wants any more on its way to a store becomes that store's stock, by a transfer. */
function divert(model: Model, work: Work): void {
  const [{ sku, quantity }] = work.lines as [Work['lines'][number]];
  const to = work.sentTo!;
  work.state = 'gone';
  shelfOf(model, sku, to).incoming += quantity;
  model.transfers.push({
    ...{ id: sentTransferIdOf(work.id), sku, from: work.locationId, to },
    ...{ quantity, underWay: quantity, state: 'shipped' },
  });
}

export function release({ warehouse }: Real, work: Work): Promise<void> {
  work.isShown = true;
  return warehouse.release({ id: work.orderId } as Parameters<typeof warehouse.release>[0], [work.id]);
}

/** Nothing is held for the work any more. */
export function leave(
  model: Model,
  work: Work,
  then: (at: { sku: string; locationId: string }, quantity: number) => void,
): void {
  const locationId = heldAt(work);
  if (holds(work)) work.state = 'gone';
  for (const [sku, quantity] of bySku(work)) {
    shelfOf(model, sku, locationId).allocated -= quantity;
    then({ sku, locationId }, quantity);
  }
}

function bySku({ lines }: Work): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { sku, quantity } of lines) sums.set(sku, (sums.get(sku) ?? 0) + quantity);
  return sums;
}

/** The order has to look elsewhere, and never here again. */
function drop(model: Model, work: Work): void {
  const order = orderOf(model, work);
  order.excluded.push(work.locationId);
  order.dropped.push(...work.lines);
}

export const workCommands = [
  ship,
  ship,
  sendToStore,
  sendToStore,
  sendToStore,
  refuse,
  missDeadline,
  cancel,
  giveUp,
];
