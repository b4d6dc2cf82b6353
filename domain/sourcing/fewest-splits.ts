import type { Scored } from './score';

/** Beyond this size of set the search is greedy: orders that need four locations are rare, and time counts. */
const exactUpTo = 3;

/**
 * The smallest set of locations that together supply all that can be supplied; among sets of the same size the
 * one with the least summed remoteness, then the least summed priority, then the first by id. Exact for up to
 * three locations, greedy (most pieces, then nearest) beyond.
 *
 * @param needed pieces per SKU, in the order of `supply`, that the candidates together can supply
 */
export function chooseFewest(candidates: readonly Scored[], needed: readonly number[]): Scored[] {
  if (needed.every((quantity) => quantity === 0)) return [];
  const ordered = [...candidates].sort(byNearness);
  for (let size = 1; size <= Math.min(exactUpTo, ordered.length); size += 1) {
    const best = bestSetOf(size, ordered, needed);
    if (best) return best;
  }
  return greedy(ordered, needed);
}

export function byNearness(a: Scored, b: Scored): number {
  return (
    a.remoteness - b.remoteness ||
    a.candidate.priority - b.candidate.priority ||
    (a.candidate.locationId < b.candidate.locationId ? -1 : 1)
  );
}

interface Found {
  members: number[];
  remoteness: number;
  priority: number;
}

function bestSetOf(size: number, ordered: readonly Scored[], needed: readonly number[]): Scored[] | null {
  let best: Found | null = null;
  const members: number[] = [];
  const visit = (from: number, left: readonly number[], remoteness: number, priority: number): void => {
    const missing = size - members.length;
    for (let index = from; index <= ordered.length - missing; index += 1) {
      const scored = ordered[index]!;
      const far = remoteness + scored.remoteness * missing;
      // Sorted by remoteness: from here on every set is at least this far.
      if (best && far > best.remoteness) return;
      const rest = left.map((quantity, sku) => Math.max(0, quantity - scored.supply[sku]!));
      members.push(index);
      if (missing > 1)
        visit(index + 1, rest, remoteness + scored.remoteness, priority + scored.candidate.priority);
      else if (rest.every((quantity) => quantity === 0)) {
        const found = {
          members: [...members],
          remoteness: remoteness + scored.remoteness,
          priority: priority + scored.candidate.priority,
        };
        if (!best || isBetter(found, best)) best = found;
      }
      members.pop();
    }
  };
  visit(0, needed, 0, 0);
  return best === null ? null : (best as Found).members.map((index) => ordered[index]!);
}

function isBetter(a: Found, b: Found): boolean {
  return a.remoteness < b.remoteness || (a.remoteness === b.remoteness && a.priority < b.priority);
}

function greedy(ordered: readonly Scored[], needed: readonly number[]): Scored[] {
  let left = [...needed];
  const chosen: Scored[] = [];
  const pool = new Set(ordered);
  while (left.some((quantity) => quantity > 0)) {
    let best: Scored | null = null;
    let bestGives = 0;
    for (const scored of pool) {
      const gives = left.reduce((sum, quantity, sku) => sum + Math.min(quantity, scored.supply[sku]!), 0);
      if (gives > bestGives) [best, bestGives] = [scored, gives];
    }
    if (!best) break;
    pool.delete(best);
    chosen.push(best);
    left = left.map((quantity, sku) => Math.max(0, quantity - best.supply[sku]!));
  }
  return chosen;
}
