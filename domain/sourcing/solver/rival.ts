import { isBetter, type Problem, type Solution } from './problem';
import { search } from './search';
import type { Known } from './search-state';

export interface Rivals {
  best: Solution;
  /** The best set that lacks one of the best's locations; null when each of them is needed. */
  rival: Solution | null;
  /** Whether the rival is certain. */
  isProven: boolean;
}

/**
 * Searches again without each location of a solution in turn. Where the first search ended early, this may find
 * something better: then the two change places.
 */
export function findRival(
  problem: Problem,
  solution: Solution,
  { known, stepsAtMost }: { known: Known; stepsAtMost: number },
): Rivals {
  let rival: Solution | null = null;
  let isProven = true;
  for (const member of solution.set) {
    const closed: number[] = [];
    for (let option = 0; option < problem.size; option += 1)
      if (problem.location[option] === problem.location[member]) closed.push(option);
    const found = search(problem, {
      closed,
      beat: rival,
      known,
      stepsAtMost: stepsAtMost / solution.set.length,
    });
    isProven &&= found.isProven;
    rival = found.solution ?? rival;
  }
  if (rival !== null && isBetter(rival, solution)) return { best: rival, rival: solution, isProven: false };
  return { best: solution, rival, isProven };
}
