import type { Problem, Solution } from './problem';
import { placeWholeLines } from './whole-lines';

/** Who gives how much: for each option of the set, the pieces of each SKU. */
export type Filling = Map<number, Float64Array>;

/**
 * What a set of options costs when each SKU is supplied by its cheapest first; null when the set cannot supply
 * what it must. Options that give nothing are left out of the solution and cost nothing.
 */
export function evaluate(problem: Problem, set: readonly number[]): Solution | null {
  const { skus, demand, unmet, lines } = problem;
  const used = new Uint8Array(set.length);
  let short = 0;
  let cost = 0;
  for (let sku = 0; sku < skus; sku += 1) {
    const wanted = demand[sku]!;
    if (wanted === 0) continue;
    const filled =
      lines === null || lines[sku]!.length < 2
        ? fillSku(problem, set, sku, used)
        : fillWhole(problem, set, sku, used);
    short += wanted - filled.pieces;
    if (short > unmet.pieces) return null;
    cost += filled.cost;
  }
  cost += short * unmet.unit;
  return sumUp(problem, set, used, cost);
}

function sumUp(
  problem: Problem,
  set: readonly number[],
  used: Uint8Array,
  unitCost: number,
): Solution | null {
  const members: number[] = [];
  let cost = unitCost;
  let tie = 0;
  for (let index = 0; index < set.length; index += 1) {
    if (used[index] === 0) continue;
    const option = set[index]!;
    members.push(option);
    cost += problem.fixed[option]!;
    tie += problem.tie[option]!;
  }
  return members.length > problem.atMost ? null : { set: members, cost, tie };
}

let queue = new Int32Array(64);

/** The members that have the SKU, the cheapest first, in `queue`; how many they are. */
function queueFor(problem: Problem, set: readonly number[], sku: number): number {
  const { skus, supply, unit } = problem;
  if (queue.length < set.length) queue = new Int32Array(set.length * 2);
  let count = 0;
  for (let index = 0; index < set.length; index += 1) {
    const at = set[index]! * skus + sku;
    if (supply[at] === 0) continue;
    let place = count;
    while (place > 0 && unit[set[queue[place - 1]!]! * skus + sku]! > unit[at]!) {
      queue[place] = queue[place - 1]!;
      place -= 1;
    }
    queue[place] = index;
    count += 1;
  }
  return count;
}

function fillSku(problem: Problem, set: readonly number[], sku: number, used: Uint8Array) {
  const count = queueFor(problem, set, sku);
  let left = problem.demand[sku]!;
  let cost = 0;
  for (let place = 0; place < count && left > 0; place += 1) {
    const index = queue[place]!;
    const at = set[index]! * problem.skus + sku;
    const pieces = Math.min(left, problem.supply[at]!);
    used[index] = 1;
    left -= pieces;
    cost += pieces * problem.unit[at]!;
  }
  return { pieces: problem.demand[sku]! - left, cost };
}

function fillWhole(problem: Problem, set: readonly number[], sku: number, used: Uint8Array) {
  const placed = placeLines(problem, set, sku);
  for (const index of placed.at) if (index >= 0) used[index] = 1;
  return placed;
}

function placeLines(problem: Problem, set: readonly number[], sku: number) {
  const column = (of: Float64Array) => Float64Array.from(set, (option) => of[option * problem.skus + sku]!);
  return placeWholeLines(problem.lines![sku]!, column(problem.stock), column(problem.unit));
}

/**
 * The pieces that each option of a set gives, as `evaluate` reckons them.
 *
 * @returns also, where lines stay whole, the option of each line by SKU (−1: nobody)
 */
export function deal(problem: Problem, set: readonly number[]): { given: Filling; placed: number[][] } {
  const { skus, demand, supply, lines } = problem;
  const given: Filling = new Map(set.map((option) => [option, new Float64Array(skus)]));
  const placed: number[][] = [];
  for (let sku = 0; sku < skus; sku += 1) {
    if (lines !== null) {
      const at = placeLines(problem, set, sku).at;
      placed.push([...at].map((index) => (index < 0 ? -1 : set[index]!)));
      at.forEach((index, line) => {
        if (index >= 0) given.get(set[index]!)![sku]! += lines[sku]![line]!;
      });
      continue;
    }
    const count = queueFor(problem, set, sku);
    let left = demand[sku]!;
    for (let place = 0; place < count && left > 0; place += 1) {
      const option = set[queue[place]!]!;
      const pieces = Math.min(left, supply[option * skus + sku]!);
      given.get(option)![sku] = pieces;
      left -= pieces;
    }
  }
  return { given, placed };
}
