import { condition } from '@temporalio/workflow';
import { piecesWithout } from '../../domain/order/to-store';
import { ledger } from '../activities';
import { isAllowedNow, notAllowed } from '../allowed';
import type { ActionAnswer, SourceAgainRequest } from '../messages';
import { now } from '../engine/clock';
import type { Shortage } from './short-pieces';
import type { OrderThread } from '../thread';
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
  { actor, afterTransfer, rounds, lineIds, locationId }: SourceAgainRequest,
): Promise<WithdrawnPieces[]> {
  const lines = await ledger.withdrawBackorders({
    ...{ orderId: thread.orderId, round: thread.round + 1, actor, at: now() },
    ...(afterTransfer && { keepsRules: true }),
    ...(rounds && { rounds }),
    ...(lineIds && { lineIds }),
  });
  countWaited(thread, lines.flatMap(leavingQueue));
  // What goes elsewhere, or was short in other rounds, waits on as it did.
  thread.shortages = rounds || lineIds ? (thread.shortages ?? []) : [];
  // By rules of now, which may say otherwise.
  if (!afterTransfer && locationId === undefined) {
    delete thread.gathersAll;
    delete thread.gatheredFor;
  }
  const stillCollects = thread.shortages.some(({ isSent }) => isSent);
  if (afterTransfer === 'split' && lines.length > 0) {
    const divided = lines.flatMap(({ shortIn = [] }) => shortIn.map(({ destination = '' }) => destination));
    thread.collectedFor = thread.collectedFor?.filter((name) => !divided.includes(name));
    if (!stillCollects) delete thread.waitsTogether;
  }
  return lines.map(piecesOf);
}

/** What nobody sends of a shortage leaves it, to be sourced in the next round; the rest waits for what is sent. */
export async function withdrawUnsent(thread: OrderThread, shortage: Shortage): Promise<WithdrawnPieces[]> {
  const { rounds, unsent = [] } = shortage;
  delete shortage.unsent;
  const lines = await ledger.withdrawBackorders({
    ...{ orderId: thread.orderId, round: thread.round + 1, actor: 'system', at: now() },
    ...{ rounds, lineIds: unsent, notComing: true, keepsRules: true },
  });
  countWaited(thread, lines.flatMap(leavingQueue));
  shortage.lines = piecesWithout(shortage.lines, lines);
  return lines.map(piecesOf);
}

export interface WithdrawnPieces {
  lineId: string;
  quantity: number;
  /** RFC 3339. */
  since: string;
}

const piecesOf = ({ lineId, quantity, since }: Withdrawn): WithdrawnPieces => ({ lineId, quantity, since });

/** Steps of before rounds were counted do not tell of which rounds the pieces are. */
const leavingQueue = ({ quantity, shortIn }: Withdrawn): (WaitedAt & { quantity: number })[] =>
  (shortIn ?? [{ quantity }]).map((each) => ({ ...each, quantity: -each.quantity }));

type Withdrawn = Awaited<ReturnType<typeof ledger.withdrawBackorders>>[number];
