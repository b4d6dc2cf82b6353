import { condition } from '@temporalio/workflow';
import { ledger } from './activities';
import { isAllowedNow, notAllowed } from './allowed';
import type { ActionAnswer, SourceAgainRequest } from './messages';
import { now } from './clock';
import type { OrderThread } from './thread';

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
  thread.waitedPieces -= lines.reduce((sum, { quantity }) => sum + quantity, 0);
  // What goes elsewhere waits on as it did.
  thread.shortages = lineIds ? (thread.shortages ?? []) : [];
  // By rules of now, which may say otherwise.
  if (!afterTransfer && locationId === undefined) delete thread.gathersAll;
  const stillCollects = thread.shortages.some(({ isSent }) => isSent);
  if (afterTransfer === 'split' && !stillCollects) delete thread.waitsTogether;
  return lines;
}
