import { evaluate } from './fill';
import { isBetter, type Problem, type Solution } from './problem';
import { rowsOf, type Rows } from './rows';

/**
 * Completes a set greedily: again and again what supplies missing pieces at the least cost a piece. Null when
 * that does not lead to a set that may be.
 */
export function complete(
  problem: Problem,
  start: readonly number[],
  free: readonly number[],
): Solution | null {
  const rows = rowsOf(problem);
  const set = [...start];
  const left = problem.demand.slice();
  for (const option of set) takeAway(rows, left, option);
  const pool: number[] = [];
  for (let index = 0; index < free.length; index += 1)
    if (isAddable(problem, set, free[index]!)) pool.push(free[index]!);
  while (set.length < problem.atMost) {
    const place = cheapestPerPiece(problem, rows, pool, left);
    if (place < 0) break;
    const option = pool[place]!;
    set.push(option);
    takeAway(rows, left, option);
    removeLocation(problem, pool, option);
  }
  return evaluate(problem, set) ?? (problem.lines === null ? null : addUntilWhole(problem, set, pool));
}

function takeAway({ from, sku: skuOf, supply }: Rows, left: Float64Array, option: number): void {
  for (let entry = from[option]!; entry < from[option + 1]!; entry += 1) {
    const sku = skuOf[entry]!;
    left[sku] = Math.max(0, left[sku]! - supply[entry]!);
  }
}

/** Whether no other service of its location is in the set. */
export function isAddable({ location }: Problem, set: readonly number[], option: number): boolean {
  for (let index = 0; index < set.length; index += 1)
    if (location[set[index]!] === location[option]) return false;
  return true;
}

function removeLocation({ location }: Problem, pool: number[], option: number): void {
  for (let place = pool.length - 1; place >= 0; place -= 1)
    if (location[pool[place]!] === location[option]) {
      pool[place] = pool[pool.length - 1]!;
      pool.pop();
    }
}

function cheapestPerPiece(
  { fixed }: Problem,
  { from, sku: skuOf, supply, unit }: Rows,
  pool: readonly number[],
  left: Float64Array,
): number {
  let best = -1;
  let bestCost = Infinity;
  let bestPieces = 0;
  for (let place = 0; place < pool.length; place += 1) {
    const option = pool[place]!;
    const end = from[option + 1]!;
    let cost = fixed[option]!;
    let pieces = 0;
    for (let entry = from[option]!; entry < end; entry += 1) {
      const wanted = left[skuOf[entry]!]!;
      if (wanted === 0) continue;
      const gives = wanted < supply[entry]! ? wanted : supply[entry]!;
      pieces += gives;
      cost += gives * unit[entry]!;
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
