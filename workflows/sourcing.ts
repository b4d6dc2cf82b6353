import { ledger } from './activities';
import type { SourcedFulfillment } from './messages';
import { beginShortage, followShortage } from './shortage';
import { isoOf, now, openPieces, type OrderThread, type Part, type Shortage } from './thread';

type Pieces = { lineId: string; quantity: number }[];

export interface SourcedRound {
  parts: Part[];
  /** What nobody has, and what becomes of it; null when nothing is short. */
  shortage: Shortage | null;
  /** Of it, what waits, and what was given up already. */
  backordered: Pieces;
  givenUp: Pieces;
}

/** Rules choose locations for the lines, all when none are named, and take their stock. */
export async function source(thread: OrderThread, lines?: Pieces): Promise<SourcedRound> {
  thread.round += 1;
  const request = { orderId: thread.orderId, round: thread.round, at: now() };
  const { fulfillments, backordered, onShortage } = await ledger.sourceOrder(
    lines ? { ...request, lines } : request,
  );
  const parts = fulfillments.map((each) => begin(thread, each));
  if (backordered.length === 0) return { parts, shortage: null, backordered, givenUp: [] };
  const shortage = await beginShortage(thread, backordered, onShortage);
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
export async function sourceAnew(thread: OrderThread, lines: Pieces): Promise<void> {
  const { parts, shortage, backordered } = await source(thread, lines);
  if (parts.length > 0 && thread.stage === 'fulfil') await release(thread, parts);
  // What is offered instead tells what is missing.
  if (shortage && backordered.length > 0 && thread.isConfirmed && shortage.then !== 'alternative')
    await ledger.tellBackorder({
      orderId: thread.orderId,
      backordered,
      round: thread.round,
      until: isoOf(shortage.until),
      at: now(),
    });
  if (shortage) await followShortage(thread, shortage);
}

/** Locations are shown their work. */
export async function release(thread: OrderThread, parts: Part[]): Promise<void> {
  const work = parts.map((part) => part.fulfillmentId);
  await ledger.releaseWork({
    orderId: thread.orderId,
    release: work,
    isComplete: openPieces(thread) === 0,
    key: `released:${thread.round}:${work[0] ?? 'none'}`,
    at: now(),
  });
}
