import type { Candidate, SourcingDecision } from './types';

/** The decision for one of the places that an order's goods go to. */
export interface DestinationDecision {
  /** Null: the order's own address. */
  destination: string | null;
  decision: SourcingDecision;
}

/** Candidates without the pieces that other decisions have taken of them, or have sent from there. */
export function withoutTaken(
  candidates: readonly Candidate[],
  decisions: readonly SourcingDecision[],
): Candidate[] {
  if (decisions.length === 0) return [...candidates];
  const taken = new Map<string, number>();
  const keyOf = (locationId: string, sku: string): string => JSON.stringify([locationId, sku]);
  const take = (locationId: string, { sku, quantity }: { sku: string; quantity: number }): void =>
    void taken.set(keyOf(locationId, sku), (taken.get(keyOf(locationId, sku)) ?? 0) + quantity);
  for (const { assignments, consolidation } of decisions) {
    for (const { locationId, lines } of assignments) lines.forEach((line) => take(locationId, line));
    for (const { fromLocationId, lines } of consolidation?.transfers ?? [])
      lines.forEach((line) => take(fromLocationId, line));
  }
  return candidates.map((candidate) => ({
    ...candidate,
    available: Object.fromEntries(
      Object.entries(candidate.available).map(([sku, available]) => [
        sku,
        available - (taken.get(keyOf(candidate.locationId, sku)) ?? 0),
      ]),
    ),
  }));
}

/**
 * The decisions of one round as one, itself where there is but one: what is taken and what waits altogether, with
 * each of them as it was made.
 *
 * @param reordered the order in which they were decided, where it was not the usual one
 */
export function combine(
  parts: readonly DestinationDecision[],
  reordered?: readonly (string | null)[],
): SourcingDecision {
  const [first, ...others] = parts;
  if (others.length === 0) return first!.decision;
  const all = <Item>(of: (decision: SourcingDecision) => readonly Item[]): Item[] =>
    parts.flatMap(({ decision }) => of(decision));
  return {
    ruleVersion: first!.decision.ruleVersion,
    strategy: first!.decision.strategy,
    demand: all(({ demand }) => demand),
    assignments: all(({ assignments }) => assignments),
    short: all(({ short }) => short),
    ...shortageOf(parts),
    ...(parts.some(({ decision }) => decision.waitsTogether) && { waitsTogether: true as const }),
    candidates: all(({ candidates }) => candidates),
    destinations: parts.map(({ destination, decision }) => ({ destination, decision })),
    summary: [
      ...parts.map((part) => `${wayOf(part, parts)}: ${part.decision.summary}`),
      ...(reordered ? [tellOrder(reordered)] : []),
    ].join(' '),
  };
}

const tellOrder = (reordered: readonly (string | null)[]): string =>
  `Decided in the order ${reordered.map(nameOf).join(', ')}: otherwise more would be short, or dearer.`;

/** Where destinations have different things done about what is short, each part of it tells by itself. */
function shortageOf(parts: readonly DestinationDecision[]): Pick<SourcingDecision, 'onShortage'> {
  const rules = parts.flatMap(({ decision }) => (decision.short.length > 0 ? [decision.onShortage] : []));
  const [first] = rules;
  const isOne = rules.every((rule) => JSON.stringify(rule) === JSON.stringify(first));
  return isOne && first ? { onShortage: first } : {};
}

/** The store's own part is called so beside what is sent to it. */
function wayOf(
  { destination, decision }: DestinationDecision,
  parts: readonly DestinationDecision[],
): string {
  if (decision.sentTo) return `Sent to ${decision.sentTo.name}`;
  const isBesideSent = parts.some((each) => each.destination === destination && each.decision.sentTo);
  return isBesideSent ? 'From the store itself' : `To ${nameOf(destination)}`;
}

const nameOf = (destination: string | null): string =>
  destination === null ? 'the order’s own address' : `“${destination}”`;
