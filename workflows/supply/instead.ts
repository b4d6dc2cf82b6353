import { ledger } from '../activities';
import { notAllowed } from '../allowed';
import { isoOf, now } from '../engine/clock';
import type { ActionAnswer, InsteadRequest } from '../messages';
import type { Shortage } from './short-pieces';
import { openPieces } from './waiting-counts';
import type { OrderThread } from '../thread';

const dayMs = 86_400_000;
/** So long a customer may think where nothing else says it. */
export const usualMs = 3 * dayMs;

/**
 * Nothing else is being done about it: the pieces wait until their time is over. Who asks while they are offered something
 * already meets that; where that offer has ended, for its pieces were changed, those that are left are offered anew.
 */
const onlyWaits =
  ({ isForLate }: InsteadRequest) =>
  ({ then = 'backorder', needsPerson }: Shortage): boolean =>
    (then === 'backorder' || (then === 'alternative' && isForLate === true)) && needsPerson === undefined;

/**
 * Offers something else for pieces that only wait for stock, or come late, as long as they do. Whatever becomes of the
 * offers, the pieces keep their place; so nothing lapses with them.
 */
export async function offerToWhoAsks(thread: OrderThread, request: InsteadRequest): Promise<ActionAnswer> {
  const waits = openPieces(thread) > 0;
  if (!waits && !request.isForLate) return notAllowed(thread, 'Nothing of the order waits for stock');
  const shortages = waits ? (thread.shortages ?? []).filter(onlyWaits(request)) : [];
  let offered = request.isForLate ? await offerForLate(thread, request) : 0;
  for (const shortage of shortages)
    for (const round of shortage.rounds) offered += await offerForRound(thread, shortage, round, request);
  return offered > 0
    ? { outcome: 'done' }
    : notAllowed(thread, 'There is nothing now that could be offered instead of what waits or comes late');
}

async function offerForLate({ orderId }: OrderThread, { key, actor }: InsteadRequest): Promise<number> {
  const until = isoOf(Date.now() + usualMs);
  const made = await ledger.offerForLate({ orderId, askedBy: { key, actor }, until, at: now() });
  return made.offered.length;
}

async function offerForRound(
  { orderId }: OrderThread,
  { lineIds, until, then, otherwise }: Shortage,
  round: number,
  { key, actor }: InsteadRequest,
): Promise<number> {
  const made = await ledger.offerAlternatives({
    ...{ orderId, round, lines: [] },
    otherwise: then === 'alternative' && otherwise === 'cancel' ? 'cancel' : 'backorder',
    askedBy: { key, actor, ...(lineIds && { lineIds }) },
    until: isoOf(until),
    at: now(),
  });
  return made.offered.length;
}
