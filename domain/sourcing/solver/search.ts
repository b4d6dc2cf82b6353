import { reduceByDominance } from './dominance';
import { evaluate } from './fill';
import { countingOf, type Problem, type Solution } from './problem';
import { createRelaxation } from './relaxation';
import { exploreRoot } from './root';
import { rowsOf } from './rows';
import { consider, type Known, type Search } from './search-state';

export interface SearchOptions {
  /** Options that may not be used. */
  closed?: readonly number[];
  /** Only what is better than this is of interest. */
  beat?: Solution | null;
  /** A set that is known to supply what it must: a first solution. */
  start?: readonly number[];
  /** What an earlier search of the same problem with more options open found: spares looking for it again. */
  known?: Known;
  /** Any solution will do. */
  isFirstEnough?: boolean;
  /** Inner steps after which the search ends with what it has: a count, never a clock. */
  stepsAtMost: number;
}

export interface Found {
  solution: Solution | null;
  /** No solution (that beats what was to be beaten) costs less. */
  lowerBound: number;
  /** False when the steps ran out. */
  isProven: boolean;
  nodes: number;
  steps: number;
  known: Known;
}

/** More options than this are searched by their core first, with fewer steps for each bound. */
const largeFrom = 200;

/**
 * Branch and bound over the sets of options. The bound is the Lagrangian relaxation of the demands; what it shows
 * to be open or closed in every better set is fixed, and one option of the rest is tried open, then closed.
 */
export function search(problem: Problem, options: SearchOptions): Found {
  const usable: number[] = [];
  const { from } = rowsOf(problem);
  for (let option = 0; option < problem.size; option += 1)
    if (!options.closed?.includes(option) && from[option + 1]! > from[option]!) usable.push(option);
  const { free, behind } = reduceByDominance(problem, usable);
  const state: Search = {
    problem,
    relaxation: createRelaxation(problem),
    behind,
    best: options.beat ?? null,
    beat: options.beat ?? null,
    hasTies: problem.tie.some((tie) => tie > 0),
    stepsAtMost: options.stepsAtMost,
    abandonedAt: Infinity,
    nodes: 0,
    known: { prices: options.known?.prices ?? null, atLeast: options.known?.atLeast ?? 0 },
    isLarge: free.length > largeFrom,
    isFirstEnough: options.isFirstEnough === true,
  };
  if (options.start) consider(state, evaluate(problem, options.start));
  const mayBeTooMany = state.best === null && problem.atMost < free.length;
  if (!mayBeTooMany || findFew(state, options)) exploreRoot(state, free);
  const cost = state.best?.cost ?? Infinity;
  return {
    solution: state.best === (options.beat ?? null) ? null : state.best,
    lowerBound: Math.min(cost, state.abandonedAt),
    isProven: state.abandonedAt >= cost,
    nodes: state.nodes,
    steps: state.relaxation.steps,
    known: state.known,
  };
}

/**
 * Begins with a set within the most locations, whatever it costs: looked for by its size, as costs alone say nothing
 * about whether there is one at all. False where none was found.
 */
function findFew(state: Search, { closed = [], stepsAtMost }: SearchOptions): boolean {
  const { problem, relaxation } = state;
  const few = search(countingOf(problem), {
    ...{ closed, stepsAtMost, isFirstEnough: true },
    beat: { set: [], cost: problem.atMost + 1, tie: 0 },
  });
  relaxation.steps += few.steps;
  if (few.solution) consider(state, evaluate(problem, few.solution.set));
  else if (!few.isProven) state.abandonedAt = 0;
  return few.solution !== null;
}
