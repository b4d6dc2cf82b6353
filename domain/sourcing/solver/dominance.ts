import type { Problem } from './problem';

export interface Reduced {
  free: number[];
  /** By option: the ones that are of no use unless it is open. */
  behind: number[][];
}

/** Of many options each is compared with few of the cheapest: comparing all with all takes longer than it saves. */
const comparedAtMost = (options: number): number => (options > 200 ? 8 : options);

/**
 * Drops options that another one makes useless: as cheap, as rich, and able to supply all that the first could.
 * Where the better one may run out, the worse one is kept behind it: no best set has the second without the first.
 */
export function reduceByDominance(problem: Problem, options: readonly number[]): Reduced {
  const order = [...options].sort(
    (a, b) => problem.fixed[a]! - problem.fixed[b]! || problem.tie[a]! - problem.tie[b]! || a - b,
  );
  const isShared = sharedLocations(problem, options);
  const behind: number[][] = [];
  const free: number[] = [];
  const most = comparedAtMost(options.length);
  for (const worse of order) {
    let isUseless = false;
    const before: number[] = [];
    for (let index = 0; index < free.length && index < most; index += 1) {
      const better = free[index]!;
      const isSame = problem.location[better] === problem.location[worse];
      if (!isSame && isShared[better] === 1) continue;
      const relation = compare(problem, better, worse);
      if (relation === 'suffices' || (relation === 'better' && isSame)) {
        isUseless = true;
        break;
      }
      if (relation === 'better') before.push(better);
    }
    if (isUseless) continue;
    free.push(worse);
    for (const better of before) (behind[better] ??= []).push(worse);
  }
  return { free, behind };
}

/** By option, whether its location has another one. */
function sharedLocations({ location, size }: Problem, options: readonly number[]): Uint8Array {
  const isShared = new Uint8Array(size);
  const first = new Int32Array(size).fill(-1);
  for (const option of options) {
    const other = first[location[option]!]!;
    if (other < 0) first[location[option]!] = option;
    else isShared[option] = isShared[other] = 1;
  }
  return isShared;
}

function compare(
  { skus, supply, stock, unit, demand }: Problem,
  better: number,
  worse: number,
): 'suffices' | 'better' | null {
  let suffices = true;
  const a = better * skus;
  const b = worse * skus;
  for (let sku = 0; sku < skus; sku += 1) {
    if (supply[b + sku] === 0) continue;
    if (supply[a + sku]! < supply[b + sku]! || unit[a + sku]! > unit[b + sku]!) return null;
    if (stock[a + sku]! < stock[b + sku]!) {
      if (stock[a + sku]! < demand[sku]!) return null;
    }
    if (supply[a + sku]! < demand[sku]!) suffices = false;
  }
  return suffices ? 'suffices' : 'better';
}
