import type { Problem } from './problem';
import type { Part, Relaxation } from './relaxation';
import { rowsOf } from './rows';

/** Pieces of each SKU that the part could supply at most. */
function reach(problem: Problem, { open, free }: Part): Float64Array {
  const { skus, demand } = problem;
  const { from, sku: skuOf, supply } = rowsOf(problem);
  const sum = new Float64Array(skus);
  for (const options of [open, free])
    for (let index = 0; index < options.length; index += 1) {
      const option = options[index]!;
      for (let entry = from[option]!; entry < from[option + 1]!; entry += 1)
        sum[skuOf[entry]!]! += supply[entry]!;
    }
  for (let sku = 0; sku < skus; sku += 1) sum[sku]! -= demand[sku]!;
  return sum;
}

export function isCoverable(problem: Problem, part: Part): boolean {
  let short = 0;
  for (const spare of reach(problem, part)) if (spare < 0) short -= spare;
  return short <= problem.unmet.pieces;
}

/** Opens what the rest cannot replace; null when the part cannot supply what it must. */
export function openWhatMust(problem: Problem, part: Part): Part | null {
  const spare = reach(problem, part);
  let short = 0;
  for (const each of spare) if (each < 0) short -= each;
  if (short > problem.unmet.pieces) return null;
  const { from, sku: skuOf, supply } = rowsOf(problem);
  const must = part.free.filter((option) => {
    let missing = short;
    for (let entry = from[option]!; entry < from[option + 1]!; entry += 1) {
      const left = spare[skuOf[entry]!]!;
      if (left < supply[entry]!) missing += supply[entry]! - Math.max(0, left);
    }
    return missing > problem.unmet.pieces && isAloneThere(problem, part, option);
  });
  return must.length === 0 ? part : openAll(problem, part, must);
}

/** Of two services of one location either may be the one: neither must be. */
const isAloneThere = ({ location }: Problem, { free }: Part, option: number): boolean =>
  free.every((each) => each === option || location[each] !== location[option]);

function openAll({ location }: Problem, part: Part, must: readonly number[]): Part {
  const taken = new Set(must.map((option) => location[option]!));
  return {
    open: [...part.open, ...must],
    free: part.free.filter((option) => !taken.has(location[option]!)),
    atLeast: Math.max(0, part.atLeast - must.length),
  };
}

/**
 * Fixes what the bound decides: an option whose opening would raise it by `room` or more is closed, and one whose
 * closing would is opened. Null when that leaves nothing better.
 */
export function fixByCost(
  problem: Problem,
  { gain, picked, edge }: Relaxation,
  part: Part,
  room: number,
  behind: readonly (readonly number[])[],
): Part | null {
  if (room === Infinity) return part;
  const must: number[] = [];
  const useless = new Set<number>();
  const kept: number[] = [];
  for (const option of part.free) {
    const gained = gain[option]!;
    if (picked[option] === 1) {
      const instead = edge.isForced || edge.isFull ? Math.max(edge.next, edge.isForced ? -Infinity : 0) : 0;
      if (gained - instead > room) must.push(option);
      else kept.push(option);
    } else {
      const loses = edge.isFull || (edge.isForced && edge.last < 0) ? edge.last - gained : -gained;
      if (loses > room) {
        useless.add(option);
        for (const worse of behind[option] ?? []) useless.add(worse);
      } else kept.push(option);
    }
  }
  const free = useless.size === 0 ? kept : kept.filter((option) => !useless.has(option));
  if (must.some((option) => useless.has(option))) return null;
  const rest: Part = { open: part.open, free, atLeast: part.atLeast };
  if (must.length === 0) return isCoverable(problem, rest) ? rest : null;
  // Two services of one location that both must be open: nothing better is left.
  if (new Set(must.map((option) => problem.location[option])).size < must.length) return null;
  const opened = openAll(problem, rest, must);
  return opened.open.length <= problem.atMost && isCoverable(problem, opened) ? opened : null;
}
