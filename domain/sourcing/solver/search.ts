import { reduceByDominance } from './dominance';
import { evaluate } from './fill';
import { complete, dropUnneeded, exchange } from './incumbent';
import { raise, startPrices, type Raised } from './prices';
import { isBetter, type Problem, type Solution } from './problem';
import { fixByCost, isCoverable, openWhatMust } from './prune';
import { createRelaxation, type Part, type Relaxation } from './relaxation';

export interface SearchOptions {
  /** Options that may not be used. */
  closed?: readonly number[];
  /** Only what is better than this is of interest. */
  beat?: Solution | null;
  /** A set that is known to supply what it must: a first solution. */
  start?: readonly number[];
  /** What an earlier search of the same problem with more options open found: spares looking for it again. */
  known?: Known;
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

/** Prices that bound well, and how many options must be opened at least. */
export interface Known {
  prices: Float64Array | null;
  atLeast: number;
}

interface Search {
  problem: Problem;
  relaxation: Relaxation;
  behind: number[][];
  best: Solution | null;
  hasTies: boolean;
  stepsAtMost: number;
  abandonedAt: number;
  nodes: number;
  known: Known;
  isLarge: boolean;
}

/** More options than this are searched by their core first, with fewer steps for each bound. */
const largeFrom = 200;
const coreSize = 40;
const rounds = { small: { root: 60, below: 12, count: 12 }, large: { root: 10, below: 5, count: 2 } };
const roundsOf = ({ isLarge }: Search) => (isLarge ? rounds.large : rounds.small);

/**
 * Branch and bound over the sets of options. The bound is the Lagrangian relaxation of the demands; what it shows
 * to be open or closed in every better set is fixed, and one option of the rest is tried open, then closed.
 */
export function search(problem: Problem, options: SearchOptions): Found {
  const usable: number[] = [];
  for (let option = 0; option < problem.size; option += 1)
    if (!options.closed?.includes(option) && hasSupply(problem, option)) usable.push(option);
  const { free, behind } = reduceByDominance(problem, usable);
  const state: Search = {
    problem,
    relaxation: createRelaxation(problem),
    behind,
    best: options.beat ?? null,
    hasTies: problem.tie.some((tie) => tie > 0),
    stepsAtMost: options.stepsAtMost,
    abandonedAt: Infinity,
    nodes: 0,
    known: { prices: options.known?.prices ?? null, atLeast: options.known?.atLeast ?? 0 },
    isLarge: free.length > largeFrom,
  };
  if (options.start) consider(state, evaluate(problem, options.start));
  exploreRoot(state, free);
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

function hasSupply({ skus, supply }: Problem, option: number): boolean {
  for (let at = option * skus; at < (option + 1) * skus; at += 1) if (supply[at]! > 0) return true;
  return false;
}

/** A bound above this leaves nothing better: costs are whole, so better means by 1 at least. */
const enoughFor = ({ best, hasTies }: Search): number =>
  best === null ? Infinity : best.cost + (hasTies ? 0.5 : -0.5);

/** The first part: looks for a first solution, then for a bound, at more expense than below. */
function exploreRoot(state: Search, free: number[]): void {
  const { problem, known } = state;
  const part = openWhatMust(problem, { open: [], free, atLeast: 0 });
  if (part === null || part.open.length > problem.atMost) return;
  const isNew = known.prices === null;
  // A large search that begins with good prices finds its first solution in the core.
  if (isNew || !state.isLarge) {
    const greedy = complete(problem, part.open, part.free);
    if (greedy) consider(state, dropUnneeded(problem, greedy));
  }
  const first = raiseFor(
    state,
    part,
    known.prices ?? startPrices(problem, part),
    isNew ? 0 : roundsOf(state).below,
  );
  known.prices = first.prices;
  if (isSettled(state, part, first.bound)) return;
  if (isNew) known.atLeast = leastCount(state, part);
  const counted = { ...part, atLeast: Math.max(0, known.atLeast - part.open.length) };
  const raised = raiseFor(state, counted, first.prices, isNew ? roundsOf(state).root : roundsOf(state).below);
  known.prices = raised.prices;
  if (isSettled(state, counted, raised.bound)) return;
  const core = coreOf(state, counted);
  improve(state, { ...counted, free: core });
  if (state.best && state.best.set.length > 0) consider(state, exchange(problem, state.best, core));
  if (core.length < counted.free.length) exploreCore(state, { ...counted, free: core }, raised);
  state.relaxation.bound(counted, raised.prices);
  narrow(state, counted, raised);
}

/** The options that gain most by the prices: the best set is mostly among them. */
function coreOf({ isLarge, relaxation: { gain } }: Search, { free }: Part): number[] {
  if (!isLarge) return free;
  return [...free].sort((a, b) => gain[b]! - gain[a]! || a - b).slice(0, coreSize);
}

/** Looks for a better solution with half of the steps; what it leaves unexplored, the whole search sees again. */
function exploreCore(state: Search, core: Part, { prices, bound }: Raised): void {
  const { stepsAtMost, abandonedAt } = state;
  state.stepsAtMost = (stepsAtMost + state.relaxation.steps) / 2;
  for (const option of core.free) {
    const found = complete(state.problem, [...core.open, option], core.free);
    if (found) consider(state, dropUnneeded(state.problem, found));
  }
  explore(state, core, prices, bound);
  state.stepsAtMost = stepsAtMost;
  state.abandonedAt = abandonedAt;
}

function explore(state: Search, part: Part, prices: Float64Array, boundAbove: number): void {
  const { problem, relaxation } = state;
  state.nodes += 1;
  const opened = openWhatMust(problem, part);
  if (opened === null || opened.open.length > problem.atMost) return;
  if (isSettled(state, opened, boundAbove)) return;
  if (relaxation.steps > state.stepsAtMost) {
    state.abandonedAt = Math.min(state.abandonedAt, boundAbove);
    return;
  }
  const raised = raiseFor(state, opened, prices, roundsOf(state).below);
  if (isSettled(state, opened, raised.bound)) return;
  improve(state, opened);
  narrow(state, opened, raised);
}

/** Fixes what the bound decides, then tries the rest. */
function narrow(state: Search, part: Part, raised: Raised): void {
  if (isSettled(state, part, raised.bound)) return;
  const { problem, relaxation } = state;
  const rest = fixByCost(problem, relaxation, part, enoughFor(state) - raised.bound, state.behind);
  if (rest === null) return;
  if (rest.free.length === 0) consider(state, complete(problem, rest.open, []));
  else branch(state, rest, raised);
}

/** True when a part can hold nothing better than what is known. */
const isSettled = (state: Search, part: Part, bound: number): boolean =>
  bound > enoughFor(state) || cannotBeatTie(state, part, bound);

/** How many must be open at least: the bound where each costs 1 and pieces nothing, rounded up. */
function leastCount(state: Search, part: Part): number {
  const { problem, relaxation } = state;
  const counting: Problem = {
    ...problem,
    fixed: new Float64Array(problem.size).fill(1),
    unit: new Float64Array(problem.size * problem.skus),
    unmet: { pieces: problem.unmet.pieces, unit: 0 },
    atMost: Infinity,
  };
  const counter = createRelaxation(counting);
  const raised = raise(counter, part, startPrices(counting, part), {
    target: state.best?.set.length ?? part.open.length + part.free.length,
    enough: Infinity,
    rounds: roundsOf(state).count,
  });
  relaxation.steps += counter.steps;
  return Math.max(0, Math.ceil(raised.bound - 1e-6));
}

function raiseFor(state: Search, part: Part, from: Float64Array, most: number): Raised {
  const target = state.best?.cost ?? costOfAll(state.problem, part);
  return raise(state.relaxation, part, from, { target, enough: enoughFor(state), rounds: most });
}

function costOfAll({ fixed }: Problem, part: Part): number {
  return [...part.open, ...part.free].reduce((sum, option) => sum + fixed[option]!, 1);
}

/** Makes a solution of what the relaxation picked. */
function improve(state: Search, part: Part): void {
  const { problem, relaxation } = state;
  const { gain, picked } = relaxation;
  const chosen = part.free.filter((option) => picked[option] === 1).sort((a, b) => gain[b]! - gain[a]!);
  const set = [...part.open];
  for (const option of chosen)
    if (
      set.length < problem.atMost &&
      !set.some((each) => problem.location[each] === problem.location[option])
    )
      set.push(option);
  const found = complete(problem, set, part.free);
  if (found) consider(state, dropUnneeded(problem, found));
}

function consider(state: Search, found: Solution | null): void {
  if (found && (state.best === null || isBetter(found, state.best))) state.best = found;
}

/** True when the part can at best cost the same and is no better where costs are equal. */
function cannotBeatTie({ best, hasTies, problem }: Search, part: Part, bound: number): boolean {
  if (best === null || !hasTies || bound <= best.cost - 0.5) return false;
  let tie = 0;
  for (const option of part.open) tie += problem.tie[option]!;
  if (part.atLeast > 0) {
    const least = part.free.map((option) => problem.tie[option]!).sort((a, b) => a - b);
    for (let count = 0; count < Math.min(part.atLeast, least.length); count += 1) tie += least[count]!;
  }
  return tie >= best.tie;
}

function branch(state: Search, part: Part, { prices, bound }: Raised): void {
  const { problem, relaxation, behind } = state;
  let option = part.free[0]!;
  for (const each of part.free) if (relaxation.gain[each]! > relaxation.gain[option]!) option = each;
  const others = part.free.filter((each) => each !== option);
  explore(
    state,
    {
      open: [...part.open, option],
      free: others.filter((each) => problem.location[each] !== problem.location[option]),
      atLeast: Math.max(0, part.atLeast - 1),
    },
    prices,
    bound,
  );
  const useless = new Set(behind[option]);
  const closed = { ...part, free: others.filter((each) => !useless.has(each)) };
  if (isCoverable(problem, closed)) explore(state, closed, prices, bound);
}
