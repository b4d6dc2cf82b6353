import fc from 'fast-check';
import { callOffNotNeeded, heardGivenUp } from './gathering';
import { command, pick, some, which } from './command';
import { giveToWaiting, heldAt, shelfOf, type Model, type Order, type Work } from './model';
import { actor, timeOf } from './real';

/** Where an order's pieces of a line are that nobody has packed: in the queue, and in open work. */
const openPiecesOf = ({ queue, works }: Model, lineId: string) => ({
  waiting: queue.filter((each) => each.lineId === lineId),
  works: works.filter(
    ({ state, lines }) => ['open', 'atStore'].includes(state) && lines.some((line) => line.lineId === lineId),
  ),
});

/** Pieces leave the queue first, the last that joined it before the others; then work, all or nothing. */
const cancelPieces = command({
  name: 'cancelPieces',
  args: fc.record({ which, line: which, quantity: some(4) }),
  isPossible: ({ orders }) => orders.some(isAlive),
  async run(model, real, args, ask) {
    const order = pick(model.orders.filter(isAlive), args.which);
    const line = pick(
      order.lines.filter((each) => each.quantity > 0),
      args.line,
    );
    const quantity = Math.min(args.quantity, line.quantity);
    const { waiting, works } = openPiecesOf(model, line.lineId);
    const inWork = works.reduce((sum, work) => sum + piecesOf(work, line.lineId), 0);
    const able = waiting.reduce((sum, each) => sum + each.open, inWork);
    const all = order.lines.reduce((sum, each) => sum + each.quantity, 0);
    const question = {
      ...{ orderId: order.id, key: real.nameOf('cancel'), reason: 'too many' },
      ...{ lines: [{ lineId: line.lineId, quantity }], actor, at: timeOf(model) },
    };
    const expected = quantity === all ? 'whole' : able < quantity ? 'refused' : 'cancelled';
    const answer = await ask(() => real.warehouse.store.cancelLines(question), expected);
    if (answer.outcome !== 'cancelled') return;
    heardGivenUp(order, answer.givenUpByPlace);
    line.quantity -= quantity;
    let left = quantity;
    for (const each of waiting.sort((a, b) => b.id - a.id)) {
      const taken = Math.min(each.open, left);
      each.open -= taken;
      left -= taken;
      // What was offered for other pieces than these is not offered any more.
      for (const offer of model.offers)
        if (taken > 0 && offer.lineId === each.lineId && offer.round === each.round) offer.state = 'over';
    }
    model.queue = model.queue.filter(({ open }) => open > 0);
    // What is called off is given before what was held for the order itself.
    if (callOffNotNeeded(model, order.id)) giveToWaiting(model);
    for (const { fulfillmentId, lines } of answer.workLeft) {
      const work = works.find(({ id }) => id === fulfillmentId)!;
      const rest = lines.find((each) => each.lineId === line.lineId)?.quantity ?? 0;
      const taken = piecesOf(work, line.lineId) - rest;
      left -= taken;
      shelfOf(model, line.sku, heldAt(work)).allocated -= taken;
      work.lines = work.lines
        .map((each) => (each.lineId === line.lineId ? { ...each, quantity: rest } : each))
        .filter((each) => each.quantity > 0);
      if (work.lines.length === 0) work.state = 'gone';
    }
    expect(left).toBe(0);
  },
});

const isAlive = ({ isCancelled, lines }: Order): boolean =>
  !isCancelled && lines.some(({ quantity }) => quantity > 0);

const piecesOf = ({ lines }: Work, lineId: string): number =>
  lines.filter((line) => line.lineId === lineId).reduce((sum, { quantity }) => sum + quantity, 0);

export const pieceCommands = [cancelPieces, cancelPieces];
