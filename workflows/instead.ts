import { ledger } from './activities';
import { notAllowed } from './allowed';
import { isoOf, now } from './clock';
import type { ActionAnswer, InsteadRequest } from './messages';
import type { Shortage } from './short-pieces';
import { openPieces } from './waiting-counts';
import type { OrderThread } from './thread';

/** Nothing else is being done about it: the pieces wait until their time is over. */
const onlyWaits = ({ then = 'backorder', needsPerson }: Shortage): boolean =>
  then === 'backorder' && needsPerson === undefined;

/**
 * Offers something else for pieces that only wait for stock, as long as they do. Whatever becomes of the offers, the pieces
 * keep their place; so nothing lapses with them.
 */
export async function offerToWaiting(thread: OrderThread, request: InsteadRequest): Promise<ActionAnswer> {
  if (openPieces(thread) <= 0) return notAllowed(thread, 'Nothing of the order waits for stock');
  let offered = 0;
  for (const shortage of (thread.shortages ?? []).filter(onlyWaits))
    for (const round of shortage.rounds) offered += await offerForRound(thread, shortage, round, request);
  return offered > 0
    ? { outcome: 'done' }
    : notAllowed(thread, 'There is nothing now that could be offered instead of what waits');
}

async function offerForRound(
  { orderId }: OrderThread,
  { lineIds, until }: Shortage,
  round: number,
  { key, actor }: InsteadRequest,
): Promise<number> {
  const made = await ledger.offerAlternatives({
    ...{ orderId, round, lines: [], otherwise: 'backorder' },
    askedBy: { key, actor, ...(lineIds && { lineIds }) },
    until: isoOf(until),
    at: now(),
  });
  return made.offered.length;
}
