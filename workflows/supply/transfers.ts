import { ledger } from '../activities';
import { giveUpLate } from './give-up';
import { isoOf, now } from '../engine/clock';
import { linesOf, type Shortage } from './short-pieces';
import type { OrderThread } from '../thread';

/** So long transfers may take when the rules name no time. */
const usualMs = 7 * 86_400_000;

const whatThen: Record<NonNullable<Shortage['otherwise']>, string> = {
  backorder: 'the pieces wait for stock, wherever it comes',
  cancel: 'the pieces are given up',
  split: 'the order is supplied divided',
};

/** What follows at the end of the time that transfers have. */
export const whenNotSent = ({ isSent, otherwise = 'backorder' }: Shortage): string | undefined =>
  isSent ? whatThen[otherwise] : undefined;

/** Locations are asked to send what one of them collects; where there is nothing to send, it waits like a backorder. */
export async function askToSend(thread: OrderThread, shortage: Shortage): Promise<void> {
  if (shortage.needsPerson !== undefined) return;
  const { lineIds } = shortage;
  const [round] = shortage.rounds;
  const until = Date.now() + (shortage.withinMs ?? usualMs);
  const answer = await ledger.requestTransfers({
    orderId: thread.orderId,
    round: round!,
    ...(lineIds && { lineIds }),
    until: isoOf(until),
    then: whatThen[shortage.otherwise ?? 'backorder'],
    at: now(),
  });
  const { asked, unsent } = requestedOf(answer);
  if (asked === 0) return;
  shortage.isSent = true;
  shortage.until = until;
  if (unsent.length > 0) shortage.unsent = unsent;
}

type Requested = Awaited<ReturnType<typeof ledger.requestTransfers>>;

/** Orders of before were told how many alone. */
const requestedOf = (answer: Requested | number): Requested =>
  typeof answer === 'number' ? { asked: answer, unsent: [] } : answer;

/** They have not come in time: what has not left is called off, and the order is sourced without them. */
export async function goOnWithoutTransfers(thread: OrderThread, shortage: Shortage): Promise<void> {
  if (!shortage.isSent) return giveUpLate(thread, shortage);
  const { rounds, lineIds, otherwise = 'backorder' } = shortage;
  await ledger.giveUpTransfers({ orderId: thread.orderId, ...linesOf(shortage), at: now() });
  if (otherwise === 'cancel') return giveUpLate(thread, shortage);
  thread.shortages = thread.shortages!.filter((each) => each !== shortage);
  const key = ['afterTransfer', rounds.join('+'), ...(lineIds ?? [])].join(':');
  (thread.sourceAsked ??= []).push({
    ...{ key, rounds, afterTransfer: otherwise, actor: 'system' },
    ...(lineIds && { lineIds }),
  });
}
