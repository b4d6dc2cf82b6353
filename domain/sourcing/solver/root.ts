import { explore, improve, narrow } from './branch';
import { exploreFew } from './few';
import { complete, dropUnneeded, exchange } from './incumbent';
import { raise, startPrices, type Raised } from './prices';
import { countingOf } from './problem';
import { openWhatMust } from './prune';
import { createRelaxation, type Part } from './relaxation';
import { consider, isOver, isSettled, raiseFor, roundsOf, type Search } from './search-state';

/** So many options of a large search are its core. */
const coreSize = 48;

/** The first part: looks for a first solution, then for a bound, at more expense than below. */
export function exploreRoot(state: Search, free: number[]): void {
  const { problem, known } = state;
  const part = openWhatMust(problem, { open: [], free, atLeast: 0 });
  if (part === null || part.open.length > problem.atMost) return;
  const isNew = known.prices === null;
  // A large search that begins with good prices finds its first solution in the core.
  if (isNew || !state.isLarge) {
    const greedy = complete(problem, part.open, part.free);
    if (greedy) consider(state, dropUnneeded(problem, greedy));
  }
  if (isOver(state)) return;
  const first = raiseFor(
    state,
    part,
    known.prices ?? startPrices(problem, part),
    isNew || state.isLarge ? 0 : roundsOf(state).again,
  );
  known.prices = first.prices;
  if (isSettled(state, part, first.bound)) return;
  if (isNew) known.atLeast = leastCount(state, part);
  const counted = { ...part, atLeast: Math.max(0, known.atLeast - part.open.length) };
  if (state.isLarge && exploreFew(state, counted, first)) return;
  const raised = raiseFor(state, counted, first.prices, isNew ? roundsOf(state).root : roundsOf(state).again);
  known.prices = raised.prices;
  if (isSettled(state, counted, raised.bound)) return;
  const core = coreOf(state, counted);
  improve(state, { ...counted, free: core });
  if (state.best && state.best !== state.beat && state.best.set.length > 0)
    consider(state, exchange(problem, state.best, core));
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

/** How many must be open at least: the bound where each costs 1 and pieces nothing, rounded up. */
function leastCount(state: Search, part: Part): number {
  const { problem, relaxation } = state;
  const counting = countingOf(problem);
  const counter = createRelaxation(counting);
  const raised = raise(counter, part, startPrices(counting, part), {
    target: state.best?.set.length ?? part.open.length + part.free.length,
    enough: Infinity,
    rounds: roundsOf(state).count,
  });
  relaxation.steps += counter.steps;
  return Math.max(0, Math.ceil(raised.bound - 1e-6));
}
