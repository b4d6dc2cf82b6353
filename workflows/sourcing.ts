import { ledger } from './activities';
import { isoOf, now } from './clock';
import type { SourcedFulfillment } from './messages';
import type { Part } from './parts';
import { release } from './set-aside';
import type { Shortage } from './short-pieces';
import { beginShortage, followShortage, isOffered } from './shortage';
import type { OrderThread } from './thread';

type Pieces = { lineId: string; quantity: number }[];

export interface SourcedRound {
  parts: Part[];
  /** What nobody has, and what becomes of it; null when nothing is short. */
  shortage: Shortage | null;
  /** Of it, what waits, and what was given up already. */
  backordered: Pieces;
  givenUp: Pieces;
}

/** How lines are sourced that are not sourced for the first time. */
interface Again {
  lines: (Pieces[number] & { since?: string })[];
  /** A person has chosen the location. */
  byHand?: string;
  /** Transfers have not come in time. */
  afterTransfer?: 'backorder' | 'split';
  /** So many locations have refused: it waits for a person. */
  refusals?: number;
}

/** Rules choose locations for the lines, all when none are named, and take their stock. */
export async function source(thread: OrderThread, again?: Again): Promise<SourcedRound> {
  thread.round += 1;
  const request = { orderId: thread.orderId, round: thread.round, at: now() };
  const { fulfillments, backordered, onShortage, needsPerson, waitsTogether } = await ledger.sourceOrder({
    ...request,
    ...again,
  });
  if (waitsTogether) thread.waitsTogether = true;
  const parts = fulfillments.map((each) => begin(thread, each));
  if (backordered.length === 0) return { parts, shortage: null, backordered, givenUp: [] };
  const shortage = await beginShortage(thread, backordered, { rule: onShortage, needsPerson });
  const { givenUp } = shortage;
  return givenUp
    ? { parts, shortage, backordered: [], givenUp }
    : { parts, shortage, backordered, givenUp: [] };
}

/** Work of a location begins to be followed. */
export function begin(thread: OrderThread, sourced: SourcedFulfillment): Part {
  // Pieces may have been cancelled before their work was heard of.
  const lines = thread.workLeft?.[sourced.fulfillmentId] ?? sourced.lines;
  const part: Part = {
    ...sourced,
    lines,
    ...(lines.length === 0 ? { isTakenBack: true as const } : {}),
    stage: 'toPrepare',
    actBefore: Date.now() + sourced.actWithinMs,
    isBusy: false,
  };
  thread.parts.push(part);
  return part;
}

/** Pieces that lost their place, or are new: chosen for anew, shown to their locations once all work is, and told. */
export const sourceAnew = async (thread: OrderThread, lines: Pieces): Promise<void> =>
  goOn(thread, await source(thread, { lines }));

/** What was found is shown to its locations; of what is short the customer hears, unless they know that it waits. */
export async function goOn(
  thread: OrderThread,
  { parts, shortage, backordered }: SourcedRound,
  isTold = false,
): Promise<void> {
  if (parts.length > 0 && thread.stage === 'fulfil') await release(thread, parts);
  // What is offered instead tells what is missing.
  if (shortage && backordered.length > 0 && thread.isConfirmed && !isOffered(shortage))
    await ledger.tellBackorder({
      orderId: thread.orderId,
      backordered,
      round: thread.round,
      until: isoOf(shortage.until),
      ...(thread.waitsTogether && { isTogether: true as const }),
      ...(isTold && { isTold }),
      at: now(),
    });
  if (shortage) await followShortage(thread, shortage);
}
