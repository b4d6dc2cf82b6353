import fc from 'fast-check';
import { countWaited } from '../../../../workflows/supply/waiting-counts';
import { command, pick, which } from './command';
import { expectNotMore, queueGathered } from './gathered-order';
import { callOffNotNeeded, heardGivenUp, missingOf, waitingOf } from './gathering';
import { giveToWaiting, type Model, type Order, type Waiting } from './model';
import { questionOf, take } from './order-commands';
import { timeOf, type Real } from './real';
import { offersOf } from './sent-pieces';

/** What nobody sends is sourced anew as the rules have follow; what is under way is not touched. */
export const sourceUnsent = command({
  name: 'sourceUnsent',
  args: fc.record({ which, noSender: fc.constantFrom('backorder', 'cancel', 'split') }),
  isPossible: ({ orders }) => orders.some(hasUnsent),
  async run(model, real, { which: number, noSender }) {
    const order = pick(model.orders.filter(hasUnsent), number);
    const { unsent: lineIds, rounds } = order;
    order.unsent = [];
    const lines = waitingOf(model, order.id).filter(
      (each) => each.round === 1 && lineIds.includes(each.lineId),
    );
    const expected = lines
      .map((line) => ({ line, quantity: missingOf(model, order.id, [line]) }))
      .filter(({ quantity }) => quantity > 0);
    const question = { orderId: order.id, round: rounds + 1, rounds: [1], lineIds, notComing: true };
    const { store } = real.warehouse;
    const withdraw = () =>
      store.withdrawBackorders({ ...question, keepsRules: true, actor: 'system', at: timeOf(model) });
    const [withdrawn, again] = [await withdraw(), await withdraw()];
    expect(again).toEqual(withdrawn);
    expect(withdrawn.map(({ lineId, quantity }) => [lineId, quantity])).toEqual(
      expected.map(({ line, quantity }) => [line.lineId, quantity]),
    );
    for (const { line, quantity } of expected) line.open -= quantity;
    model.queue = model.queue.filter(({ open }) => open > 0);
    countWaited(
      order.counts,
      withdrawn.flatMap(({ shortIn }) => shortIn!.map((each) => ({ ...each, quantity: -each.quantity }))),
    );
    if (withdrawn.length === 0) return;
    // What came by itself meanwhile need not be sent any more.
    if (callOffNotNeeded(model, order.id)) giveToWaiting(model);
    const there = model.skus.flatMap((sku) => offersOf(model, order, sku));
    const pieces = withdrawn.map(({ shortIn: _, ...each }) => each);
    const answer = await real.source({ ...questionOf(model, order), lines: pieces, noSender });
    const demand = order.lines.flatMap((line) => {
      const piece = pieces.find(({ lineId }) => lineId === line.lineId);
      return piece ? [{ ...line, quantity: piece.quantity }] : [];
    });
    if (noSender !== 'split') expectNotMore({ ...order, lines: demand }, there, [], answer);
    take(model, order, order.lines, answer);
    const sinceOf = (lineId: string): number =>
      expected.find(({ line }) => line.lineId === lineId)!.line.since;
    await queueGathered(model, real, order, answer, sinceOf);
    if (noSender === 'cancel') await giveUpRound(model, real, order);
  },
});

const hasUnsent = ({ unsent, isCancelled }: Order): boolean => unsent.length > 0 && !isCancelled;

/** What was short in its last round is not waited for. */
async function giveUpRound(model: Model, real: Real, order: Order): Promise<void> {
  const isOf = (line: Waiting): boolean => line.orderId === order.id && line.round === order.rounds;
  const question = {
    orderId: order.id,
    rounds: [order.rounds],
    because: 'rules' as const,
    at: timeOf(model),
  };
  heardGivenUp(order, await real.warehouse.store.giveUpBackorders(question));
  for (const { lineId, open } of model.queue.filter(isOf))
    order.lines.find((line) => line.lineId === lineId)!.quantity -= open;
  model.queue = model.queue.filter((line) => !isOf(line));
}
