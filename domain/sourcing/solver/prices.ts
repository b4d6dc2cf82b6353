import type { Problem } from './problem';
import type { Part, Relaxation } from './relaxation';
import { rowsOf } from './rows';

/**
 * First prices: nobody gains by them. Each SKU costs what it costs at the cheapest, its share of the fixed cost
 * included; then each price in turn is raised to where the bound is highest (dual ascent).
 */
export function startPrices(problem: Problem, part: Part): Float64Array {
  const { skus, fixed } = problem;
  const { from, sku: skuOf, supply, unit } = rowsOf(problem);
  const prices = new Float64Array(skus).fill(Infinity);
  for (let index = 0; index < part.free.length; index += 1) {
    const option = part.free[index]!;
    let pieces = 0;
    for (let entry = from[option]!; entry < from[option + 1]!; entry += 1) pieces += supply[entry]!;
    if (pieces === 0) continue;
    const share = fixed[option]! / pieces;
    for (let entry = from[option]!; entry < from[option + 1]!; entry += 1) {
      const price = unit[entry]! + share;
      if (price < prices[skuOf[entry]!]!) prices[skuOf[entry]!] = price;
    }
  }
  for (let sku = 0; sku < skus; sku += 1) if (prices[sku] === Infinity) prices[sku] = 0;
  ascend(problem, part, prices);
  return prices;
}

/** One round over the SKUs: each price goes to the piece at which the demand is met, the others as they are. */
function ascend(problem: Problem, { free }: Part, prices: Float64Array): void {
  const { skus, supply, unit } = problem;
  const slack = slackOf(problem, free, prices);
  const paysFrom = new Float64Array(free.length);
  for (const sku of scarceFirst(problem, free)) {
    const having: number[] = [];
    for (let index = 0; index < free.length; index += 1) {
      const at = free[index]! * skus + sku;
      if (supply[at] === 0) continue;
      slack[index]! += Math.max(0, prices[sku]! - unit[at]!) * supply[at]!;
      paysFrom[index] = unit[at]! + Math.max(0, slack[index]!) / supply[at]!;
      having.push(index);
    }
    raisePrice(problem, free, sku, having, paysFrom, prices);
    for (const index of having) {
      const at = free[index]! * skus + sku;
      slack[index]! -= Math.max(0, prices[sku]! - unit[at]!) * supply[at]!;
    }
  }
}

/** What each option would still have to gain to be worth opening. */
function slackOf(problem: Problem, free: readonly number[], prices: Float64Array): Float64Array {
  const { from, sku: skuOf, supply, unit } = rowsOf(problem);
  const slack = new Float64Array(free.length);
  for (let index = 0; index < free.length; index += 1) {
    const option = free[index]!;
    let left = problem.fixed[option]!;
    for (let entry = from[option]!; entry < from[option + 1]!; entry += 1)
      left -= Math.max(0, prices[skuOf[entry]!]! - unit[entry]!) * supply[entry]!;
    slack[index] = left;
  }
  return slack;
}

/** To the figure at which the cheapest meet the demand. Few are needed, so the next is looked for, not sorted. */
function raisePrice(
  { skus, supply, demand }: Problem,
  free: readonly number[],
  sku: number,
  having: readonly number[],
  paysFrom: Float64Array,
  prices: Float64Array,
): void {
  const lookedFor = 12;
  const pool = having.slice();
  let left = demand[sku]!;
  for (let taken = 0; left > 0 && pool.length > 0; taken += 1) {
    if (taken === lookedFor) pool.sort((a, b) => paysFrom[b]! - paysFrom[a]!);
    let place = pool.length - 1;
    if (taken < lookedFor)
      for (let other = place - 1; other >= 0; other -= 1)
        if (paysFrom[pool[other]!]! < paysFrom[pool[place]!]!) place = other;
    const index = pool[place]!;
    prices[sku] = paysFrom[index]!;
    left -= supply[free[index]! * skus + sku]!;
    pool[place] = pool[pool.length - 1]!;
    pool.pop();
  }
}

function scarceFirst(problem: Problem, free: readonly number[]): number[] {
  const { skus, demand } = problem;
  const { from, sku: skuOf, supply } = rowsOf(problem);
  const plenty = new Float64Array(skus);
  for (let index = 0; index < free.length; index += 1) {
    const option = free[index]!;
    for (let entry = from[option]!; entry < from[option + 1]!; entry += 1)
      plenty[skuOf[entry]!]! += supply[entry]!;
  }
  return [...plenty.keys()]
    .filter((sku) => demand[sku]! > 0)
    .sort((a, b) => plenty[a]! / demand[a]! - plenty[b]! / demand[b]! || a - b);
}

export interface Raised {
  bound: number;
  prices: Float64Array;
}

/**
 * Raises the bound by steps along the slope (subgradient, Polyak's step towards `target`), at most `rounds`, and
 * ends once the bound is above `enough`. The relaxation is left as the best prices leave it.
 */
export function raise(
  relaxation: Relaxation,
  part: Part,
  from: Float64Array,
  { target, enough, rounds }: { target: number; enough: number; rounds: number },
): Raised {
  const prices = from.slice();
  const best: Raised = { bound: -Infinity, prices: from };
  let stride = 1;
  let idle = 0;
  let isAtBest = false;
  for (let round = 0; round <= rounds; round += 1) {
    const bound = relaxation.bound(part, prices);
    isAtBest = false;
    if (best.bound === -Infinity || bound > best.bound + 1e-9 * Math.abs(best.bound)) {
      best.bound = bound;
      best.prices = prices.slice();
      idle = 0;
      isAtBest = true;
      if (bound > enough) return best;
    } else {
      idle += 1;
      if (idle % 3 === 0) stride /= 2;
      if (stride < 0.05) break;
    }
    if (round === rounds || !step(relaxation.slope, prices, stride * (target - bound))) break;
  }
  if (!isAtBest) relaxation.bound(part, best.prices);
  return best;
}

function step(slope: Float64Array, prices: Float64Array, distance: number): boolean {
  let norm = 0;
  for (let sku = 0; sku < slope.length; sku += 1)
    if (prices[sku]! > 0 || slope[sku]! > 0) norm += slope[sku]! * slope[sku]!;
  if (norm === 0) return false;
  const length = Math.max(distance, 1e-6) / norm;
  for (let sku = 0; sku < slope.length; sku += 1)
    prices[sku] = Math.max(0, prices[sku]! + length * slope[sku]!);
  return true;
}
