import type { Problem } from './problem';
import { rowsOf, type Rows } from './rows';

/** A part of the search: what is open for good, what is not decided, and how many more must be opened at least. */
export interface Part {
  open: number[];
  free: number[];
  atLeast: number;
}

/**
 * The Lagrangian relaxation of the demands. For any prices u ≥ 0 of the SKUs
 *
 *   L(u) = Σ u(s)·demand(s) − Σ open v(i) − best picks of free (v(i) − fixed(i)),   v(i) = Σ supply·(u − unit)⁺
 *
 * plus the fixed cost of what is open, is at most the cost of every solution of the part. Its maximum is the
 * bound of the linear program. The picks keep both counts: no more than `atMost`, no fewer than `atLeast`.
 */
export interface Relaxation {
  /** L of the prices; leaves `gain`, `picked` and `slope` behind. */
  bound(part: Part, prices: Float64Array): number;
  /** Of each free option, v − fixed. */
  gain: Float64Array;
  picked: Uint8Array;
  /** Direction in which the prices raise L. */
  slope: Float64Array;
  /** What the picks would lose by their last and gain by the next one; see `fixByCost`. */
  edge: { isFull: boolean; isForced: boolean; last: number; next: number };
  /** Inner steps so far: what the search counts instead of time. */
  steps: number;
}

export function createRelaxation(problem: Problem): Relaxation {
  const { size, skus, fixed, demand } = problem;
  const rows = rowsOf(problem);
  const { from, sku: skuOf, supply, unit } = rows;
  const relaxation: Relaxation = {
    bound,
    gain: new Float64Array(size),
    picked: new Uint8Array(size),
    slope: new Float64Array(skus),
    edge: { isFull: false, isForced: false, last: 0, next: -Infinity },
    steps: 0,
  };
  const { gain, slope } = relaxation;

  function bound(part: Part, prices: Float64Array): number {
    const { open, free } = part;
    relaxation.steps += (open.length + free.length + 1) * skus;
    let value = leaveUnmet(problem, prices, slope);
    for (let index = 0; index < open.length; index += 1) {
      const option = open[index]!;
      value += fixed[option]!;
      for (let entry = from[option]!; entry < from[option + 1]!; entry += 1) {
        const sku = skuOf[entry]!;
        const saved = prices[sku]! - unit[entry]!;
        if (saved <= 0) continue;
        value -= saved * supply[entry]!;
        slope[sku]! -= supply[entry]!;
      }
    }
    for (let index = 0; index < free.length; index += 1) {
      const option = free[index]!;
      const end = from[option + 1]!;
      let gained = -fixed[option]!;
      for (let entry = from[option]!; entry < end; entry += 1) {
        const saved = prices[skuOf[entry]!]! - unit[entry]!;
        if (saved > 0) gained += saved * supply[entry]!;
      }
      gain[option] = gained;
    }
    value -= pick(problem, part, relaxation);
    for (let sku = 0; sku < skus; sku += 1) value += prices[sku]! * demand[sku]!;
    lowerSlope(rows, part.free, relaxation, prices);
    return value;
  }
  return relaxation;
}

function lowerSlope(
  { from, sku: skuOf, supply, unit }: Rows,
  free: readonly number[],
  { picked, slope }: Relaxation,
  prices: Float64Array,
): void {
  for (let index = 0; index < free.length; index += 1) {
    const option = free[index]!;
    if (picked[option] === 0) continue;
    for (let entry = from[option]!; entry < from[option + 1]!; entry += 1) {
      const sku = skuOf[entry]!;
      if (prices[sku]! > unit[entry]!) slope[sku]! -= supply[entry]!;
    }
  }
}

/** Starts the slope at the demand; pieces that may stay unmet are taken out where their price is highest. */
function leaveUnmet({ skus, demand, unmet }: Problem, prices: Float64Array, slope: Float64Array): number {
  for (let sku = 0; sku < skus; sku += 1) slope[sku] = demand[sku]!;
  if (unmet.pieces === 0) return 0;
  let left = unmet.pieces;
  let value = 0;
  const order = [...prices.keys()].sort((a, b) => prices[b]! - prices[a]! || a - b);
  for (const sku of order) {
    const saved = prices[sku]! - unmet.unit;
    const pieces = Math.min(left, demand[sku]!);
    if (saved <= 0 || left === 0) break;
    value -= saved * pieces;
    slope[sku]! -= pieces;
    left -= pieces;
  }
  return value;
}

/** Picks what gains most, within the counts; the sum of the gains. */
function pick(problem: Problem, { open, free, atLeast }: Part, relaxation: Relaxation): number {
  const { gain, picked, edge } = relaxation;
  const atMost = problem.atMost - open.length;
  let count = 0;
  let sum = 0;
  let last = Infinity;
  let next = -Infinity;
  for (let index = 0; index < free.length; index += 1) {
    const option = free[index]!;
    const gained = gain[option]!;
    if (gained > 0) {
      picked[option] = 1;
      count += 1;
      sum += gained;
      if (gained < last) last = gained;
    } else {
      picked[option] = 0;
      if (gained > next) next = gained;
    }
  }
  edge.isFull = count >= atMost;
  edge.isForced = count <= atLeast;
  edge.last = last;
  edge.next = next;
  if (count <= atMost && count >= atLeast) return sum;
  return pickExactly(Math.min(free.length, count > atMost ? atMost : atLeast), free, relaxation);
}

function pickExactly(count: number, free: readonly number[], { gain, picked, edge }: Relaxation): number {
  for (const option of free) picked[option] = 0;
  let sum = 0;
  edge.last = Infinity;
  for (let taken = 0; taken <= count; taken += 1) {
    let best = -1;
    for (let index = 0; index < free.length; index += 1) {
      const option = free[index]!;
      if (picked[option] === 0 && (best < 0 || gain[option]! > gain[best]!)) best = option;
    }
    edge.next = best < 0 ? -Infinity : gain[best]!;
    if (best < 0 || taken === count) break;
    picked[best] = 1;
    sum += gain[best]!;
    edge.last = gain[best]!;
  }
  return sum;
}
