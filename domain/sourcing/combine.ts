import type { RuleSet } from '../rules/types';
import type { Candidate, SourcingDecision } from './types';

/** The decision for one of the places that an order's goods go to. */
export interface DestinationDecision {
  /** Null: the order's own address. */
  destination: string | null;
  decision: SourcingDecision;
}

/** Candidates without the pieces that decisions before have taken of them. */
export function withoutTaken(
  candidates: readonly Candidate[],
  decisions: readonly SourcingDecision[],
): Candidate[] {
  if (decisions.length === 0) return [...candidates];
  const taken = new Map<string, number>();
  const keyOf = (locationId: string, sku: string): string => JSON.stringify([locationId, sku]);
  for (const { assignments } of decisions)
    for (const { locationId, lines } of assignments)
      for (const { sku, quantity } of lines)
        taken.set(keyOf(locationId, sku), (taken.get(keyOf(locationId, sku)) ?? 0) + quantity);
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

const scenarioOf = (rules: RuleSet, { scenario: chosen }: SourcingDecision) =>
  rules.scenarios.find(({ code }) => code === chosen?.code);

const isComplete = (rules: RuleSet, decision: SourcingDecision): boolean =>
  scenarioOf(rules, decision)?.allocation.shipComplete === true;

/**
 * Where the rules say that nothing is supplied before all of it can be, that is the whole order, wherever its parts
 * go: when one such destination is short, the others wait with it.
 */
export function heldTogether<Part extends DestinationDecision>(
  rules: RuleSet,
  parts: readonly Part[],
): Part[] {
  const isShort = parts.some(({ decision }) => decision.short.length > 0 && isComplete(rules, decision));
  if (!isShort) return [...parts];
  return parts.map((part) =>
    isComplete(rules, part.decision) ? { ...part, decision: withheld(rules, part.decision) } : part,
  );
}

function withheld(rules: RuleSet, decision: SourcingDecision): SourcingDecision {
  if (decision.assignments.length === 0) return decision;
  const { cost: _, runnerUp: __, ...rest } = decision;
  return {
    ...rest,
    assignments: [],
    short: [...decision.demand],
    onShortage: scenarioOf(rules, decision)!.onShortage,
    candidates: decision.candidates.map((candidate) =>
      candidate.outcome === 'chosen'
        ? { ...candidate, outcome: 'lost' as const, reasons: [...candidate.reasons, waitsForOthers] }
        : candidate,
    ),
    summary: `Nobody supplies it now: ${waitsForOthers}.`,
  };
}

const waitsForOthers = 'another destination of the order is short, and nothing is sent before all is there';

/** The decisions of one round as one, itself where there is but one: what is taken and what waits altogether, with each of them as it was made. */
export function combine(parts: readonly DestinationDecision[]): SourcingDecision {
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
    summary: parts
      .map(({ destination, decision }) => `To ${nameOf(destination)}: ${decision.summary}`)
      .join(' '),
  };
}

/** Where destinations would have different things done about what is short, all of it waits. */
function shortageOf(parts: readonly DestinationDecision[]): Pick<SourcingDecision, 'onShortage'> {
  const rules = parts.flatMap(({ decision }) => (decision.short.length > 0 ? [decision.onShortage] : []));
  const [first] = rules;
  const isOne = rules.every((rule) => JSON.stringify(rule) === JSON.stringify(first));
  return isOne && first ? { onShortage: first } : {};
}

const nameOf = (destination: string | null): string =>
  destination === null ? 'the order’s own address' : `“${destination}”`;
