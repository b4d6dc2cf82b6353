import { raise, type Raised } from './prices';
import { isBetter, type Problem, type Solution } from './problem';
import type { Part, Relaxation } from './relaxation';

/** Prices that bound well, and how many options must be opened at least. */
export interface Known {
  prices: Float64Array | null;
  atLeast: number;
}

/** How far a search is. */
export interface Search {
  problem: Problem;
  relaxation: Relaxation;
  behind: number[][];
  best: Solution | null;
  /** What was to be beaten: it may use options that are closed to this search. */
  beat: Solution | null;
  hasTies: boolean;
  stepsAtMost: number;
  abandonedAt: number;
  nodes: number;
  known: Known;
  isLarge: boolean;
  /** Any solution will do: the first ends the search. */
  isFirstEnough: boolean;
}

/** Nothing more is looked for. */
export const isOver = ({ isFirstEnough, best, beat }: Search): boolean => isFirstEnough && best !== beat;

/** Steps of a bound: at the root, at the root of a search that begins with good prices, below, and of counting. */
const rounds = {
  small: { root: 60, again: 12, below: 12, count: 12 },
  large: { root: 10, again: 2, below: 5, count: 2 },
};
export const roundsOf = ({ isLarge }: Search) => (isLarge ? rounds.large : rounds.small);

/** A bound above this leaves nothing better: costs are whole, so better means by 1 at least. */
export const enoughFor = ({ best, hasTies }: Search): number =>
  best === null ? Infinity : best.cost + (hasTies ? 0.5 : -0.5);

/** True when a part can hold nothing better than what is known. */
export const isSettled = (state: Search, part: Part, bound: number): boolean =>
  bound > enoughFor(state) || cannotBeatTie(state, part, bound);

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

export function consider(state: Search, found: Solution | null): void {
  if (found && (state.best === null || isBetter(found, state.best))) state.best = found;
}

export function raiseFor(state: Search, part: Part, from: Float64Array, most: number): Raised {
  const target = state.best?.cost ?? costOfAll(state.problem, part);
  return raise(state.relaxation, part, from, { target, enough: enoughFor(state), rounds: most });
}

function costOfAll({ fixed }: Problem, part: Part): number {
  return [...part.open, ...part.free].reduce((sum, option) => sum + fixed[option]!, 1);
}
