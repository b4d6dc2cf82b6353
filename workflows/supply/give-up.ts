import { ledger } from '../activities';
import { now } from '../engine/clock';
import { whenLeft, type Part } from '../fulfillment/parts';
import { isOf, linesOf, type Shortage } from './short-pieces';
import { openPieces, setGivenUp } from './waiting-counts';
import type { OrderThread } from '../thread';

type GivenUp = NonNullable<Shortage['givenUp']>;

/** Stock may be given at the very moment at which pieces are given up; its news gets so long to arrive. */
const graceMs = 60_000;

/** The rules let nothing wait: what is short is cancelled and not charged, the rest of the order goes on. */
export async function giveUpAtOnce(thread: OrderThread, shortage: Shortage): Promise<void> {
  await giveUp(thread, shortage, { because: 'rules' });
  endShortage(thread, shortage);
}

/** The confirmation has told it: what was paid goes back. */
export function payGivenUpBack(thread: OrderThread, { givenUp = [], isTold }: Shortage): void {
  payBack(thread, givenUp, isTold);
}

/** No stock came in time: the customer hears of it, and what was paid for the pieces goes back. */
export async function giveUpLate(thread: OrderThread, shortage: Shortage): Promise<void> {
  const given = await giveUp(thread, shortage);
  endShortage(thread, shortage);
  // Orders sourced before rules were acted upon settle their money when all else is done.
  if (shortage.then !== undefined) payBack(thread, given);
}

/** Lines that somebody will not buy wait no longer. */
export async function giveUpRefused(thread: OrderThread): Promise<void> {
  for (const { lineId, round } of thread.refusedPieces?.splice(0) ?? []) {
    const shortage = thread.shortages?.find((each) => isOf(each, lineId, round));
    if (!shortage) continue;
    payBack(
      thread,
      await giveUp(thread, shortage, { rounds: [round], lineIds: [lineId], because: 'refused' }),
    );
    if (openPieces(thread) <= 0) thread.shortages = [];
  }
}

/** What of a shortage was given up by this, not before. */
async function giveUp(
  thread: OrderThread,
  shortage: Shortage,
  which: { rounds?: number[]; lineIds?: string[]; because?: 'rules' | 'refused' } = {},
): Promise<GivenUp> {
  const { givenUp = [] } = shortage;
  const lines = linesOf(shortage);
  const given = await ledger.giveUpBackorders({ orderId: thread.orderId, ...lines, ...which, at: now() });
  setGivenUp(
    thread,
    given.reduce((sum, line) => sum + line.quantity, 0),
    given,
  );
  thread.hasGivenUp ||= given.length > 0;
  const lapsed = given.flatMap(({ lineId, round = 0, lapsed: quantity = 0 }) =>
    quantity > 0 && isOf(shortage, lineId, round) ? [{ lineId, round, quantity }] : [],
  );
  const isNew = ({ lineId, round }: GivenUp[number]): boolean =>
    !givenUp.some((each) => each.lineId === lineId && each.round === round);
  const fresh = lapsed.filter(isNew);
  shortage.givenUp = [...givenUp, ...fresh];
  // A confirmation that is still to come tells it.
  if (!thread.isConfirmed) shortage.isTold = true;
  return fresh;
}

/** Nothing of it waits any more, unless its stock came at this very moment. */
function endShortage(thread: OrderThread, shortage: Shortage): void {
  const others = thread.shortages!.filter((each) => each !== shortage);
  if (openPieces(thread) > 0 && others.length === 0) shortage.until = Date.now() + graceMs;
  else thread.shortages = others;
}

/** When nothing is left of the order, it ends, and that gives back all of its money. */
function payBack(thread: OrderThread, given: GivenUp, isTold?: true): void {
  if (given.length === 0 || isNothingLeft(thread)) return;
  const parts = (thread.cancelledParts ??= []);
  const lines = given.map(({ lineId, quantity }) => ({ lineId, quantity }));
  const about = { key: `notSupplied:${parts.length + 1}`, lines, reason: 'notSupplied' };
  parts.push({ ...about, ...(isTold && { isTold }), stage: 'toGiveBack', attempt: 1, isBusy: false });
}

/** Nothing of it has left, is being worked on, or may yet get stock. */
export const isNothingLeft = (thread: OrderThread): boolean =>
  openPieces(thread) <= 0 && thread.arrived.length === 0 && thread.parts.every(isGone);

const isGone = ({ isTakenBack, result }: Part): boolean =>
  isTakenBack === true || (result !== undefined && !whenLeft.includes(result));
