import { ledger } from './activities';
import { now, openPieces, whenLeft, type OrderThread, type Part, type Shortage } from './thread';

/** Stock may be given at the very moment at which pieces are given up; its news gets so long to arrive. */
const graceMs = 60_000;

/** The rules let nothing wait: what is short is cancelled and not charged, the rest of the order goes on. */
export const giveUpAtOnce = (thread: OrderThread, shortage: Shortage): Promise<void> =>
  giveUp(thread, shortage, 'rules');

/** No stock came in time: the customer hears of it, and what was paid for the pieces goes back. */
export async function giveUpLate(thread: OrderThread, shortage: Shortage): Promise<void> {
  await giveUp(thread, shortage);
  payGivenUpBack(thread, shortage);
}

async function giveUp(thread: OrderThread, shortage: Shortage, because?: 'rules'): Promise<void> {
  const { rounds } = shortage;
  const request = { orderId: thread.orderId, rounds, at: now() };
  const given = await ledger.giveUpBackorders(because ? { ...request, because } : request);
  thread.givenUpPieces = given.reduce((sum, line) => sum + line.quantity, 0);
  thread.hasGivenUp ||= given.length > 0;
  shortage.givenUp = given.flatMap(({ lineId, round, lapsed = 0 }) =>
    lapsed > 0 && rounds.includes(round!) ? [{ lineId, quantity: lapsed }] : [],
  );
  // A confirmation that is still to come tells it.
  if (!thread.isConfirmed) shortage.isTold = true;
  const others = thread.shortages!.filter((each) => each !== shortage);
  if (openPieces(thread) > 0 && others.length === 0) shortage.until = Date.now() + graceMs;
  else thread.shortages = others;
}

/** When nothing is left of the order, it ends, and that gives back all of its money. */
export function payGivenUpBack(thread: OrderThread, { then, rounds, givenUp = [], isTold }: Shortage): void {
  // Orders sourced before rules were acted upon settle their money when all else is done.
  if (then === undefined || givenUp.length === 0 || isNothingLeft(thread)) return;
  const key = `notSupplied:${rounds.join('+')}`;
  const parts = (thread.cancelledParts ??= []);
  if (parts.some((part) => part.key === key)) return;
  const about = { key, lines: givenUp, reason: 'notSupplied', ...(isTold && { isTold }) };
  parts.push({ ...about, stage: 'toGiveBack', attempt: 1, isBusy: false });
}

/** Nothing of it has left, is being worked on, or may yet get stock. */
export const isNothingLeft = (thread: OrderThread): boolean =>
  openPieces(thread) <= 0 && thread.arrived.length === 0 && thread.parts.every(isGone);

const isGone = ({ isTakenBack, result }: Part): boolean =>
  isTakenBack === true || (result !== undefined && !whenLeft.includes(result));
