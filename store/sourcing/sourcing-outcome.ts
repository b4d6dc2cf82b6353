import { fulfillmentIdOf } from '../../domain/ids';
import type { FulfillmentMode } from '../../domain/shipping/fulfillment-actions';
import { tellExclusions } from '../../domain/sourcing/excluded';
import { shortageRuleOf, type ShortageRule } from '../../domain/sourcing/shortage-rule';
import type { SourcingDecision } from '../../domain/sourcing/types';
import type { WaitingTerms } from '../../domain/sourcing/waiting-terms';
import type { AllocationRequest } from '../stock/allocation';

/** What was decided for lines that go to one place. */
export interface SourcingPart {
  /** Null: the order's own address. */
  destination: string | null;
  mode: FulfillmentMode;
  /** Where it is collected. */
  pickupLocationId: string | null;
  decision: SourcingDecision;
  /** What the rules ask of whoever supplies later what waits now. */
  terms: WaitingTerms | null;
}

export interface CommitSourcingInput {
  orderId: string;
  /** The n-th time that the order is sourced: names the intent. */
  round: number;
  excluded: string[];
  /** Of all parts together, as it is kept. */
  decision: SourcingDecision;
  parts: SourcingPart[];
  /** By location, how long it may take to act. */
  actWithinMs: Record<string, number>;
  /** By location, then SKU: pieces of a channel's buffer that this order's channel may not touch. */
  keepBack?: Record<string, Record<string, number>>;
  /**
   * By location, then SKU: pieces that the decision saw to be available. Rules may leave some of them; left out, what
   * the decision takes counts as all that there was.
   */
  seen?: Record<string, Readonly<Record<string, number>>>;
  /** Of the buffers that the decision saw; nobody begins to wait on others. Left out, it is not looked at. */
  buffersVersion?: number;
  /** What was held for the order's cart and counted as available to it. */
  reservationId?: string;
  /** Why nothing goes on by itself; left out, what the decision says. */
  needsPerson?: string;
  /** By line, since when pieces wait that are sourced again; left out, since now. */
  since?: Record<string, string>;
  at: string;
}

export interface CommittedFulfillment {
  fulfillmentId: string;
  locationId: string;
  mode: FulfillmentMode;
  /** Of what is sent there: the store at which it is collected. */
  pickupLocationId?: string;
  actWithinMs: number;
  lines: { lineId: string; quantity: number }[];
  /** Where the order names several. */
  destination?: string;
}

export interface SourcingOutcome {
  fulfillments: CommittedFulfillment[];
  backordered: ShortPieces[];
  /** What becomes of that; absent where nothing is short, and in rounds before rules were acted upon. */
  onShortage?: ShortageRule;
  /** Why nothing goes on by itself until a person has decided. */
  needsPerson?: string;
  /** Nothing leaves before all is there. */
  waitsTogether?: true;
  /** Destinations of which nothing leaves before all of their own is there; "": the order's own address. */
  collectedFor?: string[];
  /** Destinations of which what is collected becomes one pickup, what waits for stock included. */
  gatheredFor?: string[];
  /** Told in rounds before destinations were told: of all of them. */
  gathersAll?: true;
  /** Where destinations have different things done about what is short: who goes short of what, each with its rule. */
  shares?: ShortShare[];
}

/** Pieces of a line that nobody has, and where they go, where the order names several places. */
export interface ShortPieces {
  lineId: string;
  quantity: number;
  destination?: string;
}

/** Pieces that are short, and what becomes of them. */
export interface ShortShare {
  lines: ShortPieces[];
  onShortage?: ShortageRule;
  /** Why nothing goes on by itself until a person has decided. */
  needsPerson?: string;
}

/** `stale`: the stock is not any more as the decision saw it; nothing was written, decide anew. */
export type CommitSourcingResult = { outcome: 'committed'; sourced: SourcingOutcome } | { outcome: 'stale' };

/** Each assignment of the round is a fulfillment, numbered over all parts. */
function workOf({ orderId, round, parts }: CommitSourcingInput) {
  return parts
    .flatMap(({ decision, mode, destination, pickupLocationId }) =>
      decision.assignments.map((assignment) => ({ ...assignment, mode, destination, pickupLocationId })),
    )
    .map((assignment, index) => ({
      ...assignment,
      fulfillmentId: fulfillmentIdOf(orderId, round, index + 1),
    }));
}

/** What the decision brings when it comes into force. */
export function outcomeOf(input: CommitSourcingInput): SourcingOutcome {
  const { decision, parts, actWithinMs } = input;
  const fulfillments = workOf(input).map((work) => {
    const { fulfillmentId, locationId, mode, destination, pickupLocationId, lines } = work;
    return {
      fulfillmentId,
      locationId,
      mode,
      actWithinMs: actWithinMs[locationId] ?? 0,
      lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
      ...(destination !== null && { destination }),
      ...(mode === 'shipToStore' && { pickupLocationId: pickupLocationId! }),
    };
  });
  const { waitsTogether } = decision;
  const collectedFor = destinationsThat(parts, ({ leavesAsOne }) => leavesAsOne);
  const gatheredFor = destinationsThat(parts, ({ gathersAll }) => gathersAll);
  const shares = sharesOf(input);
  const { lines: _, ...alike } = shares[0] ?? { lines: [] };
  return {
    fulfillments,
    backordered: parts.flatMap(shortPieces),
    ...(shares.length <= 1 ? alike : { shares }),
    ...(waitsTogether && { waitsTogether }),
    ...(collectedFor.length > 0 && { collectedFor }),
    ...(gatheredFor.length > 0 && { gatheredFor }),
  };
}

function destinationsThat(
  parts: readonly SourcingPart[],
  are: (decision: SourcingDecision) => true | undefined,
): string[] {
  const names = parts.flatMap(({ destination, decision }) => (are(decision) ? [destination ?? ''] : []));
  return [...new Set(names)];
}

const shortPieces = ({ destination, decision: { short } }: SourcingPart): ShortPieces[] =>
  short.map(({ lineId, quantity }) => ({
    ...{ lineId, quantity },
    ...(destination !== null && { destination }),
  }));

/** By what becomes of it: destinations of which the same becomes are one. */
function sharesOf({ parts, needsPerson }: CommitSourcingInput): ShortShare[] {
  const shares = new Map<string, ShortShare>();
  for (const part of parts.filter(({ decision: { short } }) => short.length > 0)) {
    const { onShortage, excludedBy } = part.decision;
    const why = needsPerson ?? (excludedBy && tellExclusions(excludedBy));
    const follows = {
      ...(onShortage && { onShortage: shortageRuleOf(onShortage) }),
      ...(why !== undefined && onShortage?.then !== 'cancel' && { needsPerson: why }),
    };
    const key = JSON.stringify(follows);
    const lines = shortPieces(part);
    const known = shares.get(key);
    if (known) known.lines.push(...lines);
    else shares.set(key, { lines, ...follows });
  }
  return [...shares.values()];
}

/** The service that the n-th assignment was reckoned with. */
export function serviceOf(
  { decision }: CommitSourcingInput,
  index: number,
): { carrier: string | null; service: string | null } {
  const chosen = decision.assignments[index]?.service;
  return { carrier: chosen?.carrier ?? null, service: chosen?.service ?? null };
}

/** A fulfillment's line and the stock that it takes. */
export interface WorkLine extends AllocationRequest {
  fulfillmentId: string;
}

/** The lines of all fulfillments that the decision brings. */
export function workLinesOf(input: CommitSourcingInput): WorkLine[] {
  return workOf(input).flatMap(({ fulfillmentId, locationId, lines }) =>
    lines.map(({ lineId, sku, quantity }) => ({
      fulfillmentId,
      key: `${fulfillmentId}:${lineId}`,
      lineId,
      sku,
      locationId,
      quantity,
      keepBack: keptBack(input, locationId, sku),
    })),
  );
}

/** Lines that begin to wait for stock, with the rule of who may supply them. */
export const waitingLinesOf = ({ parts, excluded, since }: CommitSourcingInput) =>
  parts.flatMap(({ decision, mode, pickupLocationId, destination, terms }) =>
    decision.short.map(({ lineId, sku, quantity }) => ({
      ...{ lineId, sku, quantity, mode, excluded, destination, terms },
      onlyLocation: decision.consolidation?.toLocationId ?? (mode === 'pickup' ? pickupLocationId : null),
      pickupLocationId: mode === 'shipToStore' ? pickupLocationId : null,
      since: since?.[lineId] ?? null,
    })),
  );

export const keptBack = ({ keepBack }: CommitSourcingInput, locationId: string, sku: string): number =>
  keepBack?.[locationId]?.[sku] ?? 0;

/** The event of the order's story. */
export const storyOf = ({ round, decision }: CommitSourcingInput): object => ({
  round,
  summary: decision.summary,
});
