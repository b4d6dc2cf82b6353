import { complete, dropUnneeded } from './incumbent';
import type { Raised } from './prices';
import { fixByCost, isCoverable, openWhatMust } from './prune';
import type { Part } from './relaxation';
import { consider, enoughFor, isOver, isSettled, raiseFor, roundsOf, type Search } from './search-state';

/** Bounds a part of the search and, where that leaves something to be found, divides it. */
export function explore(state: Search, part: Part, prices: Float64Array, boundAbove: number): void {
  if (isOver(state)) return;
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
export function narrow(state: Search, part: Part, raised: Raised): void {
  if (isSettled(state, part, raised.bound)) return;
  const { problem, relaxation } = state;
  const rest = fixByCost(problem, relaxation, part, enoughFor(state) - raised.bound, state.behind);
  if (rest === null) return;
  if (rest.free.length === 0) consider(state, complete(problem, rest.open, []));
  else branch(state, rest, raised);
}

/** Makes a solution of what the relaxation picked. */
export function improve(state: Search, part: Part): void {
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

/** Tries the option that gains most open, then closed. */
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
