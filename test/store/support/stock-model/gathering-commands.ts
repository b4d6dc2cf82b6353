import type { ActivityDependencies } from '../../../../activities/dependencies';
import { createSendInstead } from '../../../../activities/shortage/send-instead';
import { command, pick, which } from './command';
import { placeGathered } from './gathered-order';
import { callOff, isAwaited, missingOf, waitingOf } from './gathering';
import { orderOf, type Model, type Work } from './model';
import { timeOf } from './real';
import { expectSent, offersOf, sumOf, takeUpTransfers } from './sent-pieces';
import { sourceUnsent } from './unsent-commands';

/** What does not come is asked of whoever else has it, and never of who refused. */
const sendInstead = command({
  name: 'sendInstead',
  args: which,
  isPossible: ({ missed }) => missed.length > 0,
  async run(model, real, number) {
    const news = pick(model.missed, number);
    model.missed = model.missed.filter((each) => each !== news);
    const { round, ...about } = news;
    const order = orderOf(model, news);
    const lines = waitingOf(model, order.id).filter((line) =>
      model.transfers.find(({ id }) => id === news.transferId)!.awaitedBy!.includes(line.id),
    );
    const missing = lines.length > 0 ? missingOf(model, order.id, lines) : 0;
    const { sendInstead: send } = createSendInstead({
      store: real.warehouse.store,
    } as unknown as ActivityDependencies);
    const question = { ...about, rounds: [round], at: timeOf(model) };
    const offers =
      missing > 0
        ? offersOf(model, order, lines[0]!.sku).filter(
            ({ locationId }) => locationId !== lines[0]!.onlyLocation,
          )
        : [];
    const [one, other] = await Promise.all([send(question), send(question)]);
    const made = await takeUpTransfers(model, real, order);
    expect(one.asked).toBe(made.length);
    if (missing > 0) expect(other).toEqual(one);
    expectSent(made, offers, Math.min(missing, sumOf(offers)));
    const left = lines.filter((line) => missingOf(model, order.id, [line]) > 0);
    if (missing > 0) expect(one.unsent ?? []).toEqual(left.map(({ lineId }) => lineId));
    order.unsent = [...new Set([...order.unsent, ...left.map(({ lineId }) => lineId)])];
  },
});

/** What was set aside at one location for one place leaves as one: holds move, and no piece does. */
const joinWork = command({
  name: 'joinWork',
  args: which,
  isPossible: (model) => joinable(model).length > 0,
  async run(model, real, number) {
    const works = pick(joinable(model), number).sort((a, b) => (a.id < b.id ? -1 : 1));
    const [into, ...from] = works as [Work, ...Work[]];
    const joins = [{ into: into.id, from: from.map(({ id }) => id) }];
    const question = {
      orderId: into.orderId,
      joins,
      at: timeOf(model),
    };
    const { joinWork: join } = real.warehouse.store;
    const [one, other] = await Promise.all([join(question), join(question)]);
    expect([one, other]).toEqual([joins, joins]);
    for (const work of from) {
      for (const line of work.lines)
        into.lines.find(({ lineId }) => lineId === line.lineId)!.quantity += line.quantity;
      work.state = 'gone';
      work.lines = [];
    }
  },
});

/** Work of gathered orders that nobody was shown, by order, location and place that it goes to. */
function joinable(model: Readonly<Model>): Work[][] {
  const groups = new Map<string, Work[]>();
  for (const work of model.works) {
    const order = orderOf(model, work);
    if (!order.isGathered || work.state !== 'open' || work.isShown) continue;
    const key = JSON.stringify([work.orderId, work.locationId, work.destination]);
    groups.set(key, [...(groups.get(key) ?? []), work]);
  }
  return [...groups.values()].filter((works) => works.length > 1);
}

/** What has not left is called off, and its pieces are free. */
const giveUpTransfers = command({
  name: 'giveUpTransfers',
  args: which,
  isPossible: ({ transfers }) => transfers.some(isAwaited),
  async run(model, real, number) {
    const { orderId } = pick(model.transfers.filter(isAwaited), number);
    const question = { orderId: orderId!, at: timeOf(model) };
    const { store } = real.warehouse;
    await Promise.all([store.giveUpTransfers(question), store.giveUpTransfers(question)]);
    callOff(model, orderId!);
  },
});

export const gatheringCommands = [
  ...[placeGathered, placeGathered, placeGathered],
  ...[sendInstead, sendInstead, giveUpTransfers],
  ...[sourceUnsent, sourceUnsent, joinWork, joinWork],
];
