import type { SplitRule } from '../rules/types';
import { isFromOnePlace } from './allocation';
import { commonDivisor } from './common-divisor';
import type { Option } from './costs';
import type { Demand } from './types';
import type { SkuDemand } from './sight';
import type { Problem } from './solver/problem';
import { mostWhole, placeWholeLines } from './solver/whole-lines';
import { tieLevels } from './tie-levels';

/** A problem as the solver takes it, with what is needed to read its answer. */
export interface Posed {
  problem: Problem;
  options: readonly Option[];
  /** Lines of each SKU, the largest first. */
  linesOf: Demand[][];
  /** Thousandths of a minor unit that a set costs whose figures sum to this, but for what all sets have in common. */
  costOf: (packed: number) => number;
}

/** Beyond this, sums of costs and of bounds in floating point might not tell neighbours apart. */
const exactBelow = 2 ** 44;
const tiesBelow = 2 ** 52;

/**
 * Poses the choice as figures. What decides, in this order: cost, fewer locations, nearer, better priority, the
 * lower id. As much of it as fits is packed into one whole number; what is left decides between equals.
 *
 * @param options in the order of nearness, those of one location side by side
 */
export function pose(
  options: readonly Option[],
  demand: readonly SkuDemand[],
  lines: readonly Demand[],
  rule: { split: SplitRule; maxLocations?: number },
): Posed {
  const linesOf = demand.map(({ sku }) =>
    lines.filter((line) => line.sku === sku).sort((a, b) => b.quantity - a.quantity),
  );
  const isWhole = rule.split === 'byLine';
  const sizes = isWhole ? linesOf.map((of) => of.map(({ quantity }) => quantity)) : null;
  const location = locationsOf(options);
  const { supply, stock, reachable } = supplyOf(options, demand, sizes, location);
  const atMost = isFromOnePlace(rule.split) ? 1 : (rule.maxLocations ?? Infinity);
  const problem: Problem = {
    size: options.length,
    skus: demand.length,
    supply,
    stock,
    unit: new Float64Array(supply.length),
    fixed: new Float64Array(options.length),
    tie: new Float64Array(options.length),
    location,
    demand: reachable,
    atMost,
    lines: sizes,
    unmet: { pieces: 0, unit: 0 },
  };
  const { times, divisor } = packCosts(problem, options);
  return { problem, options, linesOf, costOf: (packed) => Math.floor(packed / times) * divisor };
}

/** Numbers the locations; the options of one stand side by side. */
function locationsOf(options: readonly Option[]): Int32Array {
  const location = new Int32Array(options.length);
  for (let row = 1; row < options.length; row += 1)
    location[row] = location[row - 1]! + (options[row]!.sighted === options[row - 1]!.sighted ? 0 : 1);
  return location;
}

function supplyOf(
  options: readonly Option[],
  demand: readonly SkuDemand[],
  sizes: number[][] | null,
  location: Int32Array,
): { supply: Float64Array; stock: Float64Array; reachable: Float64Array } {
  const skus = demand.length;
  const stock = new Float64Array(options.length * skus);
  const reachable = new Float64Array(skus);
  for (let row = 0; row < options.length; row += 1) {
    const has = options[row]!.sighted.supply;
    // A location is there once, however many services it has.
    const isFirst = row === 0 || location[row] !== location[row - 1];
    for (let sku = 0; sku < skus; sku += 1) {
      stock[row * skus + sku] = has[sku]!;
      if (isFirst) reachable[sku] = Math.min(demand[sku]!.quantity, reachable[sku]! + has[sku]!);
    }
  }
  if (sizes === null) return { supply: limit(stock, reachable), stock, reachable };
  const supply = stock.map((pieces, at) => mostWhole(sizes[at % skus]!, pieces));
  for (let sku = 0; sku < skus; sku += 1) {
    const there = stock.filter((_, at) => {
      const row = Math.floor(at / skus);
      return at % skus === sku && (row === 0 || location[row] !== location[row - 1]);
    });
    reachable[sku] = placeWholeLines(sizes[sku]!, there, new Float64Array(there.length)).pieces;
  }
  return { supply: limit(supply, reachable), stock, reachable };
}

/** Nobody need supply more than all together can. In place. */
function limit(supply: Float64Array, reachable: Float64Array): Float64Array {
  for (let row = 0; row < supply.length; row += reachable.length)
    for (let sku = 0; sku < reachable.length; sku += 1)
      if (supply[row + sku]! > reachable[sku]!) supply[row + sku] = reachable[sku]!;
  return supply;
}

/** Packs the levels of the comparison, the costs first, into `fixed` and `unit`, then into `tie`. */
function packCosts(problem: Problem, options: readonly Option[]): { times: number; divisor: number } {
  const { skus, unit, fixed, tie, demand } = problem;
  const pieces = demand.reduce((sum, quantity) => sum + quantity, 0);
  const locations = 1 + (problem.location.at(-1) ?? 0);
  const most = Math.max(1, Math.min(locations, pieces, problem.atMost));
  const first = packFirst(problem, options, most);
  let bound = first.highest;
  let packed = 1;
  let tieBound = 0;
  let isFull = false;
  for (const level of tieLevels(options)) {
    const highest = most * level.reduce((max, figure) => Math.max(max, figure), 0);
    const times = highest + 1;
    if (!isFull && bound * times + highest <= exactBelow) {
      for (let at = 0; at < options.length * skus; at += 1) unit[at]! *= times;
      for (let row = 0; row < options.length; row += 1) fixed[row] = fixed[row]! * times + level[row]!;
      bound = bound * times + highest;
      packed *= times;
      continue;
    }
    isFull = true;
    if (tieBound * times + highest > tiesBelow) break;
    for (let row = 0; row < options.length; row += 1) tie[row] = tie[row]! * times + level[row]!;
    tieBound = tieBound * times + highest;
  }
  return { times: packed, divisor: first.divisor };
}

/** Costs from 0, divided by what divides them all; the highest sum that they can come to. */
function packFirst(
  { skus, unit, fixed, demand }: Problem,
  options: readonly Option[],
  most: number,
): { highest: number; divisor: number } {
  const { least, divisor } = scaleOf(options, skus);
  let highest = 0;
  const dearest = new Float64Array(skus);
  for (let row = 0; row < options.length; row += 1) {
    const option = options[row]!;
    fixed[row] = option.fixed / divisor;
    if (fixed[row]! > highest) highest = fixed[row]!;
    for (let sku = 0; sku < skus; sku += 1) {
      const cost = (option.unit[sku]! - least) / divisor;
      unit[row * skus + sku] = cost;
      if (cost > dearest[sku]!) dearest[sku] = cost;
    }
  }
  const ofPieces = dearest.reduce((sum, cost, sku) => sum + cost * demand[sku]!, 0);
  return { highest: highest * most + ofPieces, divisor };
}

/** The least cost of a piece, at most 0, and what divides all costs above it. */
function scaleOf(options: readonly Option[], skus: number): { least: number; divisor: number } {
  let least = 0;
  for (let row = 0; row < options.length; row += 1)
    for (let sku = 0; sku < skus; sku += 1)
      if (options[row]!.unit[sku]! < least) least = options[row]!.unit[sku]!;
  let divisor = 0;
  for (let row = 0; row < options.length && divisor !== 1; row += 1) {
    const { fixed, unit } = options[row]!;
    divisor = commonDivisor(divisor, fixed);
    for (let sku = 0; sku < skus; sku += 1)
      if (unit[sku] !== least) divisor = commonDivisor(divisor, unit[sku]! - least);
  }
  return { least, divisor: Math.max(1, divisor) };
}
