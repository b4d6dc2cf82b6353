import type { Allocation } from '../rules/types';
import { isFromOnePlace } from './allocation';
import type { Option } from './costs';
import { pose, type Posed } from './pose';
import type { SkuDemand } from './sight';
import { deal, type Filling } from './solver/fill';
import { findRival } from './solver/rival';
import { search, type Found } from './solver/search';
import type { Problem, Solution } from './solver/problem';
import type { Demand } from './types';

/** What was chosen, or that nothing was. */
export interface Choice {
  posed: Posed;
  /** As it was searched: pieces that no allowed set can supply may stay unmet. */
  problem: Problem;
  solution: Solution | null;
  given: Filling;
  /** Where lines stay whole: the option of each line of each SKU, −1 for nobody. */
  placed: number[][];
  lowerBound: number;
  isProven: boolean;
  /** No allowed set supplies more pieces. */
  isMost: boolean;
  /** The best set that lacks one of the chosen locations. */
  rival: Solution | null;
  isRivalProven: boolean;
}

/** Up to so many pairs of location and SKU the search goes on until the choice is proven. */
const smallAtMost = 1_000;
const mediumAtMost = 4_000;
const stepsAtMost = { small: 400_000_000, medium: 4_000_000, large: 120_000 };
/** To tell what came next may take a part of what the choice itself may. */
const shareOfRival = 0.25;

function stepsFor({ location, skus }: Problem): number {
  const pairs = skus * (1 + (location.at(-1) ?? 0));
  if (pairs <= smallAtMost) return stepsAtMost.small;
  return pairs <= mediumAtMost ? stepsAtMost.medium : stepsAtMost.large;
}

/** First as many pieces as the allocation allows, then the least cost. */
export function choose(
  options: readonly Option[],
  demand: readonly SkuDemand[],
  lines: readonly Demand[],
  allocation: Allocation,
): Choice {
  const posed = pose(options, demand, lines, allocation);
  const { problem } = posed;
  const reachable = sumOf(problem.demand);
  const isShort = reachable < demand.reduce((sum, { quantity }) => sum + quantity, 0);
  const mustBeAll = allocation.shipComplete === true || isFromOnePlace(allocation.split);
  if (reachable === 0 || (isShort && mustBeAll)) return nothing(posed);
  const found = search(problem, { stepsAtMost: stepsFor(problem) });
  if (found.solution) return choiceOf(posed, problem, found, true);
  return mustBeAll ? nothing(posed, found.isProven) : chooseMost(posed, reachable);
}

/** Fewer locations than it takes: as many pieces as they can supply, then the least cost. */
function chooseMost(posed: Posed, reachable: number): Choice {
  const { problem } = posed;
  const none = new Float64Array(problem.supply.length);
  const counting: Problem = {
    ...problem,
    unit: none,
    fixed: new Float64Array(problem.size),
    tie: new Float64Array(problem.size),
    unmet: { pieces: reachable, unit: 1 },
  };
  const most = search(counting, { stepsAtMost: stepsFor(problem) });
  const dear = problem.fixed.reduce((max, cost) => Math.max(max, cost), 1) + highestOf(problem.unit);
  const final: Problem = { ...problem, unmet: { pieces: most.solution?.cost ?? reachable, unit: dear } };
  const found = search(final, { stepsAtMost: stepsFor(problem), start: most.solution?.set ?? [] });
  return choiceOf(posed, final, found, most.isProven);
}

const sumOf = (figures: Float64Array): number => figures.reduce((sum, figure) => sum + figure, 0);
const highestOf = (figures: Float64Array): number =>
  figures.reduce((max, figure) => Math.max(max, figure), 0);

function choiceOf(posed: Posed, problem: Problem, found: Found, isMost: boolean): Choice {
  const { solution, lowerBound, known } = found;
  if (solution === null) return nothing(posed);
  const rivals = findRival(problem, solution, { known, stepsAtMost: stepsFor(problem) * shareOfRival });
  const set = [...rivals.best.set].sort((a, b) => a - b);
  return {
    posed,
    problem,
    solution: rivals.best,
    ...deal(problem, set),
    lowerBound,
    isProven: isMost && found.isProven,
    isMost,
    rival: rivals.rival,
    isRivalProven: rivals.isProven,
  };
}

/** `isProven`: nothing could be chosen; else nothing was found before the steps ran out. */
const nothing = (posed: Posed, isProven = true): Choice => ({
  posed,
  problem: posed.problem,
  solution: null,
  given: new Map(),
  placed: [],
  lowerBound: 0,
  isProven,
  isMost: true,
  rival: null,
  isRivalProven: true,
});

/**
 * How much cheaper a better choice could at most be, as a share of what this one costs; 1 as well where not even that
 * nobody supplies more pieces is proven.
 *
 * @param total thousandths of a minor unit
 */
export function gapOf({ solution, posed, lowerBound, isProven, isMost }: Choice, total: number): number {
  if (solution === null || isProven) return 0;
  if (!isMost) return 1;
  const saved = posed.costOf(solution.cost) - posed.costOf(lowerBound);
  return saved <= 0 ? 0 : saved / Math.max(1, Math.abs(total));
}
