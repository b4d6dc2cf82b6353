import fc from 'fast-check';
import { gatheredPickupIdOf } from '../../../../domain/ids';
import { command, pick, which } from './command';
import { moveOn, orderOf, shelfOf, type Model, type Work } from './model';
import { actor, storeOf, timeOf } from './real';
import { leave, release } from './work-commands';

const code = 'ABC123';
const orderUrl = 'http://localhost/o';

const worksThat = ({ works }: Model, is: (work: Work) => boolean): Work[] => works.filter(is);
const sent = (model: Model): Work[] => worksThat(model, ({ state }) => state === 'toStore');
const ownOpen = (model: Model): Work[] =>
  worksThat(model, ({ mode, state }) => mode === 'pickup' && state === 'open');
const ready = (model: Model): Work[] => worksThat(model, ({ state }) => state === 'ready');
const kept = (model: Model): Work[] => worksThat(model, ({ state }) => state === 'atStore');

/** Good pieces are the order's at once, damaged ones nobody's; what is missing is sourced anew, and nobody is to blame. */
const arrive = command({
  name: 'arrive',
  args: fc.record({ which, damaged: fc.nat(2), missing: fc.nat(2) }),
  isPossible: (model) => sent(model).length > 0,
  async run(model, real, args, ask) {
    const work = pick(sent(model), args.which);
    const [{ lineId, sku, quantity }] = work.lines as [Work['lines'][number]];
    const damaged = Math.min(args.damaged, quantity);
    const missing = Math.min(args.missing, quantity - damaged);
    const question = {
      ...{ fulfillmentId: work.id, actor, at: timeOf(model) },
      ...(damaged + missing > 0 && { lines: [{ lineId, damaged, missing }] }),
    };
    await ask(() => real.warehouse.store.arriveFulfillment(question), 'done');
    const good = quantity - damaged - missing;
    const at = { sku, locationId: work.sentTo! };
    if (good + damaged > 0) moveOn(model, at, { onHand: good + damaged, unsellable: damaged });
    shelfOf(model, sku, work.sentTo!).allocated += good;
    const lost = damaged + missing;
    if (lost > 0) orderOf(model, work).dropped.push({ lineId, sku, quantity: lost });
    work.state = good > 0 ? 'atStore' : 'gone';
    work.lines = good > 0 ? [{ lineId, sku, quantity: good }] : [];
  },
});

/** It never comes: its pieces are on nobody's books any more. */
const lose = command({
  name: 'loseSent',
  args: which,
  isPossible: (model) => sent(model).length > 0,
  async run(model, real, number, ask) {
    const work = pick(sent(model), number);
    const question = { orderId: work.orderId, fulfillmentId: work.id, at: timeOf(model) };
    await ask(() => real.warehouse.store.giveUpSent(question), 'givenUp');
    orderOf(model, work).dropped.push(...work.lines);
    work.state = 'gone';
  },
});

/** What the store took from its shelf is ready, or waits there for what others send. */
const makeReady = command({
  name: 'makeReady',
  args: which,
  isPossible: (model) => ownOpen(model).length > 0,
  async run(model, real, number, ask) {
    const work = pick(ownOpen(model), number);
    const ofOthers = model.works.filter(
      ({ orderId, mode }) => orderId === work.orderId && mode === 'shipToStore',
    );
    const isSending = ofOthers.some(({ state }) => state !== 'gone' && state !== 'gathered');
    const isSourcedAnew = ofOthers.length > 0 && orderOf(model, work).dropped.length > 0;
    await release(real, work);
    const by = { fulfillmentId: work.id, actor, at: timeOf(model) };
    await ask(() => real.warehouse.store.readyFulfillment({ ...by, pickupCode: code, orderUrl }), 'done');
    work.state = isSending || isSourcedAnew ? 'atStore' : 'ready';
  },
});

/** All of an order that lies in the store becomes one pickup: no piece moves. */
const gather = command({
  name: 'gather',
  args: which,
  isPossible: (model) => kept(model).length > 0,
  async run(model, real, number) {
    const { orderId } = pick(kept(model), number);
    const parts = kept(model)
      .filter((work) => work.orderId === orderId)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const fulfillmentIds = parts.map(({ id }) => id);
    const question = { orderId, fulfillmentIds, pickupCode: code, orderUrl, at: timeOf(model) };
    const { gatherPickup } = real.warehouse.store;
    const [one, other] = await Promise.all([gatherPickup(question), gatherPickup(question)]);
    expect(other).toEqual(one);
    const into = parts.find(({ mode }) => mode === 'pickup');
    const lines = linesOf(parts);
    const id = into?.id ?? gatheredPickupIdOf(parts[0]!.id);
    for (const part of parts) part.state = 'gathered';
    if (into) Object.assign(into, { lines, state: 'ready' });
    else model.works.push({ id, orderId, locationId: storeOf(model), mode: 'pickup', lines, state: 'ready' });
    expect(one).toEqual({
      ...{ fulfillmentId: id, locationId: storeOf(model) },
      lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
    });
  },
});

function linesOf(parts: readonly Work[]): Work['lines'] {
  const lines = new Map<string, Work['lines'][number]>();
  for (const line of parts.flatMap((part) => part.lines)) {
    const known = lines.get(line.lineId);
    lines.set(line.lineId, { ...line, quantity: line.quantity + (known?.quantity ?? 0) });
  }
  return [...lines.values()];
}

const collect = command({
  name: 'collect',
  args: which,
  isPossible: (model) => ready(model).length > 0,
  async run(model, real, number, ask) {
    const work = pick(ready(model), number);
    const by = { fulfillmentId: work.id, actor, at: timeOf(model) };
    await ask(() => real.warehouse.store.collectFulfillment({ ...by, code }), 'done');
    leave(model, work, (at, quantity) => moveOn(model, at, { onHand: -quantity, unsellable: 0 }));
    work.state = 'collected';
  },
});

/** Nobody came: the pieces are given up, and the store's to sell. It has refused nothing. */
const leaveThere = command({
  name: 'notCollected',
  args: which,
  isPossible: (model) => ready(model).length > 0,
  async run(model, real, number, ask) {
    const work = pick(ready(model), number);
    const input = { orderId: work.orderId, fulfillmentId: work.id, from: ['readyForPickup'] };
    const question = { ...input, reason: 'not collected', isGivenUp: true, at: timeOf(model) };
    await ask(() => real.warehouse.store.expireFulfillment(question), 'expired');
    const order = orderOf(model, work);
    for (const { lineId, quantity } of work.lines)
      order.lines.find((line) => line.lineId === lineId)!.quantity -= quantity;
    leave(model, work, () => undefined);
  },
});

export const pickupCommands = [
  ...[arrive, arrive, arrive, lose, makeReady, makeReady],
  ...[gather, gather, collect, leaveThere],
];
