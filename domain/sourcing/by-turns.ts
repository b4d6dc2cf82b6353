import type { Demand, SourcingDecision } from './types';

/** Lines that go to one place; null: the order's own address. */
export interface Turn {
  destination: string | null;
  lines: Demand[];
}

/** Decides one destination from what those before it have left. */
export type DecideFor<Decided extends { decision: SourcingDecision }> = (
  turn: Turn,
  before: readonly Decided[],
) => Decided;

export interface Turns<Decided> {
  /** In the order in which they were decided. */
  decided: Decided[];
  /** Not in the usual order: somebody would have gone short. */
  isReordered: boolean;
}

/** Up to so many destinations every order of them is tried; of more, each as the first. */
const tryAllUpTo = 4;

/**
 * Decides destinations that share stock, one after the other: the order's own address first, then by their names, in
 * whatever order its lines come. Where one goes short of what another has taken, other orders are tried, and the one that
 * leaves fewest pieces short counts, then the cheapest.
 */
export function decideByTurns<Decided extends { decision: SourcingDecision }>(
  turns: readonly Turn[],
  decideFor: DecideFor<Decided>,
): Turns<Decided> {
  const usual = [...turns].sort(byName);
  const inOrder = (order: readonly Turn[]): Decided[] =>
    order.reduce<Decided[]>((before, turn) => [...before, decideFor(turn, before)], []);
  let best = inOrder(usual);
  if (!isStarved(best)) return { decided: best, isReordered: false };
  let isReordered = false;
  for (const order of otherOrders(usual)) {
    const other = inOrder(order);
    if (!isBetter(other, best)) continue;
    best = other;
    isReordered = true;
  }
  return { decided: best, isReordered };
}

const byName = (a: Turn, b: Turn): number => {
  if (a.destination === null || b.destination === null) return a.destination === null ? -1 : 1;
  return a.destination < b.destination ? -1 : 1;
};

/** Somebody lacks a SKU that was given to another. */
function isStarved(decided: readonly { decision: SourcingDecision }[]): boolean {
  return decided.some(({ decision: { short } }, index) =>
    decided.some(
      ({ decision: { assignments } }, other) =>
        other !== index &&
        assignments.some(({ lines }) => lines.some(({ sku }) => short.some((line) => line.sku === sku))),
    ),
  );
}

function otherOrders(usual: readonly Turn[]): Turn[][] {
  if (usual.length <= tryAllUpTo) return permutations(usual).slice(1);
  return usual.slice(1).map((first) => [first, ...usual.filter((turn) => turn !== first)]);
}

/** All orders, the given one first. */
function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((first) =>
    permutations(items.filter((item) => item !== first)).map((rest) => [first, ...rest]),
  );
}

type Made = readonly { decision: SourcingDecision }[];

function isBetter(one: Made, other: Made): boolean {
  const fewer = shortOf(one) - shortOf(other);
  return fewer < 0 || (fewer === 0 && costOf(one) < costOf(other));
}

const shortOf = (made: Made): number =>
  made.flatMap(({ decision }) => decision.short).reduce((sum, { quantity }) => sum + quantity, 0);

const costOf = (made: Made): number =>
  made.reduce((sum, { decision }) => sum + (decision.cost?.total ?? 0), 0);
