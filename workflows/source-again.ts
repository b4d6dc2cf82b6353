import { condition } from '@temporalio/workflow';
import { ledger } from './activities';
import { isAllowedNow, notAllowed } from './allowed';
import type { ActionAnswer, SourceAgainRequest } from './messages';
import { now } from './clock';
import type { OrderThread } from './thread';
import { countWaited, type WaitedAt } from './waiting-counts';

export const isAskedToSource = ({ sourceAsked = [] }: OrderThread): boolean => sourceAsked.length > 0;

/** Asks the order's own thread to source again what waits; it does so at a place where it knows what waits. */
export async function askToSourceAgain(
  thread: OrderThread,
  request: SourceAgainRequest,
): Promise<ActionAnswer> {
  if (thread.stage !== 'fulfil' || !isAllowedNow(thread, 'sourceAgain'))
    return notAllowed(thread, 'Nothing of the order waits for stock');
  const asked = (thread.sourceAsked ??= []);
  const isAsked = (): boolean => (thread.sourceAsked ?? []).some(({ key }) => key === request.key);
  if (!isAsked()) asked.push(request);
  const isOver = (): boolean => thread.stage !== 'fulfil' || thread.isCancelled;
  await condition(() => !isAsked() || isOver());
  if (!isAsked()) return { outcome: 'done' };
  thread.sourceAsked = thread.sourceAsked?.filter(({ key }) => key !== request.key);
  return notAllowed(thread, 'The order has ended');
}

/** What waits leaves the queue, to be sourced in the next round; its place in the queue is kept. */
export async function withdrawWaiting(
  thread: OrderThread,
  { actor, afterTransfer, lineIds, locationId }: SourceAgainRequest,
): Promise<{ lineId: string; quantity: number; since: string }[]> {
  const lines = await ledger.withdrawBackorders({
    ...{ orderId: thread.orderId, round: thread.round + 1, actor, at: now() },
    ...(afterTransfer && { keepsRules: true }),
    ...(lineIds && { lineIds }),
  });
  countWaited(thread, lines.flatMap(leavingQueue));
  // What goes elsewhere waits on as it did.
  thread.shortages = lineIds ? (thread.shortages ?? []) : [];
  // By rules of now, which may say otherwise.
  if (!afterTransfer && locationId === undefined) {
    delete thread.gathersAll;
    delete thread.gatheredFor;
  }
  const stillCollects = thread.shortages.some(({ isSent }) => isSent);
  if (afterTransfer === 'split') {
    const divided = lines.flatMap(({ shortIn = [] }) => shortIn.map(({ destination = '' }) => destination));
    thread.collectedFor = thread.collectedFor?.filter((name) => !divided.includes(name));
    if (!stillCollects) delete thread.waitsTogether;
  }
  return lines.map(({ lineId, quantity, since }) => ({ lineId, quantity, since }));
}

/** Steps of before rounds were counted do not tell of which rounds the pieces are. */
const leavingQueue = ({ quantity, shortIn }: Withdrawn): (WaitedAt & { quantity: number })[] =>
  (shortIn ?? [{ quantity }]).map((each) => ({ ...each, quantity: -each.quantity }));

type Withdrawn = Awaited<ReturnType<typeof ledger.withdrawBackorders>>[number];
