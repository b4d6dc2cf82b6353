import type { Option } from './costs';
import { commonDivisor } from './common-divisor';

/** How many, how remote, by priority, by id: each from 0. */
export function tieLevels(options: readonly Option[]): Float64Array[] {
  const count = new Float64Array(options.length).fill(1);
  const remoteness = new Float64Array(options.length);
  const priority = new Float64Array(options.length);
  let least = Infinity;
  for (let row = 0; row < options.length; row += 1) {
    const { sighted } = options[row]!;
    remoteness[row] = sighted.remoteness;
    priority[row] = sighted.candidate.priority;
    least = Math.min(least, priority[row]!);
  }
  let divisor = 0;
  for (const figure of priority) divisor = commonDivisor(divisor, figure - least);
  for (let row = 0; row < priority.length; row += 1)
    priority[row] = (priority[row]! - least) / Math.max(1, divisor);
  return [count, remoteness, priority, ranksById(options)];
}

/** The place of each option by its location's id; of sets of the same cost and all else the lower sum wins. */
export function ranksById(options: readonly Option[]): Float64Array {
  const ids = options.map(({ sighted }) => sighted.candidate.locationId);
  const sorted = [...ids].sort();
  const next = new Map<string, number>();
  for (let rank = sorted.length - 1; rank >= 0; rank -= 1) next.set(sorted[rank]!, rank);
  // Options of one location follow each other as they come.
  return Float64Array.from(ids, (id) => {
    const rank = next.get(id)!;
    next.set(id, rank + 1);
    return rank;
  });
}
