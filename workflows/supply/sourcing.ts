import { piecesWithout } from '../../domain/order/to-store';
import { ledger } from '../activities';
import { isoOf, now } from '../engine/clock';
import type { SourcedFulfillment } from '../messages';
import type { Part } from '../fulfillment/parts';
import { leavesWith, release } from './set-aside';
import type { Shortage } from './short-pieces';
import { withdrawUnsent } from './source-again';
import { beginShortage, followShortage, isOffered } from './shortage';
import type { OrderThread } from '../thread';
import { whenNotSent } from './transfers';

type Pieces = { lineId: string; quantity: number }[];

export interface SourcedRound {
  parts: Part[];
  /** What nobody has, each with what becomes of it; none when nothing is short. */
  shortages: Shortage[];
  /** Of it, what waits and is told, and what was given up already. */
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
  /** Nobody sends them: what the rules have follow. */
  noSender?: NonNullable<Shortage['otherwise']>;
  /** So many locations have refused: it waits for a person. */
  refusals?: number;
}

/** Rules choose locations for the lines, all when none are named, and take their stock; what nobody sends is decided at once. */
export const source = async (thread: OrderThread, again?: Again): Promise<SourcedRound> =>
  withUnsent(thread, await sourceOnce(thread, again));

/** The round that was sourced in the step that recorded the order. */
export async function takeUpFirst(thread: OrderThread, sourced: Sourced): Promise<SourcedRound> {
  thread.round = 1;
  return withUnsent(thread, await takeUp(thread, sourced));
}

async function withUnsent(thread: OrderThread, first: SourcedRound): Promise<SourcedRound> {
  let round = first;
  for (const shortage of round.shortages.filter(({ unsent }) => unsent !== undefined)) {
    const { withdrawn, sourced } = await sourceUnsent(thread, shortage);
    round = joined({ ...round, backordered: piecesWithout(round.backordered, withdrawn) }, sourced);
  }
  return round;
}

/**
 * What nobody sends to the location that collects the rest: as the rules have follow, and without a touch to what is under
 * way. Divided, it leaves by itself.
 */
export async function sourceUnsent(
  thread: OrderThread,
  shortage: Shortage,
): Promise<{ withdrawn: Pieces; sourced: SourcedRound }> {
  const { otherwise: noSender = 'backorder' } = shortage;
  const withdrawn = await withdrawUnsent(thread, shortage);
  if (withdrawn.length === 0) return { withdrawn, sourced: nothing };
  if (noSender === 'split') (thread.apartRounds ??= []).push(thread.round + 1);
  return { withdrawn, sourced: await sourceOnce(thread, { lines: withdrawn, noSender }) };
}

const nothing: SourcedRound = { parts: [], shortages: [], backordered: [], givenUp: [] };

const joined = (one: SourcedRound, other: SourcedRound): SourcedRound => ({
  parts: [...one.parts, ...other.parts],
  shortages: [...one.shortages, ...other.shortages],
  backordered: [...one.backordered, ...other.backordered],
  givenUp: [...one.givenUp, ...other.givenUp],
});

async function sourceOnce(thread: OrderThread, again?: Again): Promise<SourcedRound> {
  thread.round += 1;
  const request = { orderId: thread.orderId, round: thread.round, at: now() };
  return takeUp(thread, await ledger.sourceOrder({ ...request, ...again }));
}

/** What was decided is followed from here on. */
async function takeUp(thread: OrderThread, sourced: Sourced): Promise<SourcedRound> {
  const { fulfillments, backordered } = sourced;
  noteLeaving(thread, sourced);
  const { round } = thread;
  const parts = fulfillments.map((each) => begin(thread, { ...each, round }));
  if (backordered.length === 0) return { parts, shortages: [], backordered, givenUp: [] };
  if (sourced.shares) return beginShares(thread, parts, sourced.shares);
  const { onShortage, needsPerson } = sourced;
  const shortage = await beginShortage(thread, backordered, { rule: onShortage, needsPerson });
  const { givenUp } = shortage;
  return { parts, shortages: [shortage], backordered: givenUp ? [] : backordered, givenUp: givenUp ?? [] };
}

/** What the decision says of how it leaves, or is collected, counts until it is sourced without it. */
function noteLeaving(
  thread: OrderThread,
  { waitsTogether, gathersAll, collectedFor = [], gatheredFor = [] }: Sourced,
): void {
  if (waitsTogether) thread.waitsTogether = true;
  if (gathersAll) thread.gathersAll = true;
  if (collectedFor.length > 0) thread.collectedFor = union(thread.collectedFor, collectedFor);
  if (gatheredFor.length > 0) thread.gatheredFor = union(thread.gatheredFor, gatheredFor);
}

const union = (known: readonly string[] = [], more: readonly string[]): string[] => [
  ...new Set([...known, ...more]),
];

/** Destinations of which something else becomes each: a shortage by itself. */
async function beginShares(thread: OrderThread, parts: Part[], shares: Shares): Promise<SourcedRound> {
  const round: SourcedRound = { parts, shortages: [], backordered: [], givenUp: [] };
  for (const { lines, onShortage, needsPerson } of shares) {
    const lineIds = lines.map(({ lineId }) => lineId);
    const shortage = await beginShortage(thread, lines, { rule: onShortage, needsPerson, lineIds });
    round.shortages.push(shortage);
    if (shortage.givenUp) round.givenUp.push(...shortage.givenUp);
    else round.backordered.push(...lines);
  }
  return round;
}

export type Sourced = Awaited<ReturnType<typeof ledger.sourceOrder>>;
type Shares = NonNullable<Sourced['shares']>;

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

/** A pickup that was joined of several parts: the store's own one, or a new one that begins where they ended. */
export function takeOver(
  thread: OrderThread,
  { destination, actWithinMs }: Part,
  { fulfillmentId, locationId, lines }: Pick<SourcedFulfillment, 'fulfillmentId' | 'locationId' | 'lines'>,
): void {
  const own = thread.parts.find((part) => part.fulfillmentId === fulfillmentId);
  const joined = { lines, stage: 'toCollect' as const, isBusy: false };
  if (own) return void Object.assign(own, joined);
  thread.parts.push({
    ...{ fulfillmentId, locationId, mode: 'pickup', actWithinMs, actBefore: Date.now() },
    ...(destination !== undefined && { destination }),
    ...joined,
  });
}

/** Pieces that lost their place, or are new: chosen for anew, shown to their locations once all work is, and told. */
export const sourceAnew = async (thread: OrderThread, lines: Again['lines']): Promise<void> =>
  goOn(thread, await source(thread, { lines }));

/** What was found is shown to its locations; of what is short the customer hears, unless they know that it waits. */
export async function goOn(thread: OrderThread, round: SourcedRound, isTold = false): Promise<void> {
  const { parts, shortages } = round;
  if (parts.length > 0 && thread.stage === 'fulfil') await release(thread, parts);
  const backordered = toTell(round);
  const then = thenOf(shortages);
  if (backordered.length > 0 && thread.isConfirmed)
    await ledger.tellBackorder({
      orderId: thread.orderId,
      backordered,
      round: thread.round,
      until: isoOf(endOf(shortages)),
      ...(then !== undefined && { then }),
      ...leavesWith(thread),
      ...(isTold && { isTold }),
      at: now(),
    });
  for (const shortage of shortages) await followShortage(thread, shortage);
}

/** What is offered instead tells what is missing. */
export function toTell({ shortages, backordered }: SourcedRound): Pieces {
  const offered = shortages.filter(isOffered).flatMap(({ lines }) => lines);
  return backordered.filter(({ lineId }) => !offered.some((line) => line.lineId === lineId));
}

/** What follows when the first of them runs out, where its pieces are not given up. */
export function thenOf(shortages: readonly Shortage[]): string | undefined {
  const first = shortages.find(({ until }) => until === endOf(shortages));
  return first && (whenNotSent(first) ?? whenNotTaken(first));
}

/** What is offered and not taken goes on waiting, unless the rules say otherwise. */
const whenNotTaken = (shortage: Shortage): string | undefined =>
  isOffered(shortage) && shortage.otherwise !== 'cancel' ? 'the pieces wait for stock' : undefined;

/** When the first of them runs out, ms since the epoch. */
export const endOf = (shortages: readonly Shortage[]): number =>
  Math.min(...shortages.map(({ until }) => until));
