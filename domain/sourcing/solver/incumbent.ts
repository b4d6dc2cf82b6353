import { evaluate } from './fill';
import { isBetter, type Problem, type Solution } from './problem';

/**
 * Completes a set greedily: again and again what supplies missing pieces at the least cost a piece. Null when
 * that does not lead to a set that may be.
 */
export function complete(
  problem: Problem,
  start: readonly number[],
  free: readonly number[],
): Solution | null {
  const { skus, supply } = problem;
  const set = [...start];
  const left = problem.demand.slice();
  for (const option of set)
    for (let sku = 0; sku < skus; sku += 1)
      left[sku] = Math.max(0, left[sku]! - supply[option * skus + sku]!);
  const pool = free.filter((option) => isAddable(problem, set, option));
  while (set.length < problem.atMost) {
    const place = cheapestPerPiece(problem, pool, left);
    if (place < 0) break;
    const option = pool[place]!;
    set.push(option);
    for (let sku = 0; sku < skus; sku += 1)
      left[sku] = Math.max(0, left[sku]! - supply[option * skus + sku]!);
    removeLocation(problem, pool, option);
  }
  return evaluate(problem, set) ?? (problem.lines === null ? null : addUntilWhole(problem, set, pool));
}

const isAddable = ({ location }: Problem, set: readonly number[], option: number): boolean =>
  !set.some((member) => location[member] === location[option]);

function removeLocation({ location }: Problem, pool: number[], option: number): void {
  for (let place = pool.length - 1; place >= 0; place -= 1)
    if (location[pool[place]!] === location[option]) {
      pool[place] = pool[pool.length - 1]!;
      pool.pop();
    }
}

function cheapestPerPiece(problem: Problem, pool: readonly number[], left: Float64Array): number {
  const { skus, supply, unit, fixed } = problem;
  let best = -1;
  let bestCost = Infinity;
  let bestPieces = 0;
  for (let place = 0; place < pool.length; place += 1) {
    const row = pool[place]! * skus;
    let cost = fixed[pool[place]!]!;
    let pieces = 0;
    for (let sku = 0; sku < skus; sku += 1) {
      const gives = Math.min(left[sku]!, supply[row + sku]!);
      pieces += gives;
      cost += gives * unit[row + sku]!;
    }
    if (pieces === 0) continue;
    const isAsGood =
      pieces > bestPieces || (pieces === bestPieces && (best < 0 || pool[place]! < pool[best]!));
    if (cost / pieces < bestCost || (cost / pieces === bestCost && isAsGood)) {
      best = place;
      bestPieces = pieces;
      bestCost = cost / pieces;
    }
  }
  return best;
}

/** Whole lines of one SKU may not fit although the pieces suffice: then more locations help. */
function addUntilWhole(problem: Problem, set: number[], pool: readonly number[]): Solution | null {
  const added = [...set];
  for (const option of [...pool].sort((a, b) => a - b)) {
    if (added.length >= problem.atMost) return null;
    if (!isAddable(problem, added, option)) continue;
    added.push(option);
    const found = evaluate(problem, added);
    if (found) return found;
  }
  return null;
}

/** Leaves out what is not needed, the dearest first. */
export function dropUnneeded(problem: Problem, solution: Solution): Solution {
  let best = solution;
  const { fixed } = problem;
  for (const option of [...solution.set].sort((a, b) => fixed[b]! - fixed[a]! || b - a)) {
    if (!best.set.includes(option)) continue;
    const without = evaluate(
      problem,
      best.set.filter((member) => member !== option),
    );
    if (without && isBetter(without, best)) best = without;
  }
  return best;
}

/** Exchanges one member for one that is free, until no exchange is better. */
export function exchange(problem: Problem, solution: Solution, free: readonly number[]): Solution {
  let best = solution;
  for (let round = 0; round < 10; round += 1) {
    const before = best;
    for (const member of before.set) {
      const rest = best.set.filter((each) => each !== member);
      if (rest.length === best.set.length) continue;
      for (const option of free) {
        if (!isAddable(problem, rest, option)) continue;
        const found = evaluate(problem, [...rest, option]);
        if (found && isBetter(found, best)) best = found;
      }
    }
    if (best === before) break;
    best = dropUnneeded(problem, best);
  }
  return best;
}
