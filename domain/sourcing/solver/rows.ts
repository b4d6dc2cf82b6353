import type { Problem } from './problem';

/**
 * What each option has, without what it does not: most have a part of the SKUs alone, and everything the search does
 * goes over these again and again. The entries of option i stand from `from[i]` to before `from[i + 1]`.
 */
export interface Rows {
  from: Int32Array;
  sku: Int32Array;
  supply: Float64Array;
  unit: Float64Array;
}

const known = new WeakMap<Problem, Rows>();

/** Made once for each problem. */
export function rowsOf(problem: Problem): Rows {
  const rows = known.get(problem) ?? makeRows(problem);
  known.set(problem, rows);
  return rows;
}

function makeRows({ size, skus, supply, unit }: Problem): Rows {
  let count = 0;
  for (let at = 0; at < supply.length; at += 1) if (supply[at]! > 0) count += 1;
  const rows: Rows = {
    from: new Int32Array(size + 1),
    sku: new Int32Array(count),
    supply: new Float64Array(count),
    unit: new Float64Array(count),
  };
  let entry = 0;
  for (let option = 0; option < size; option += 1) {
    const row = option * skus;
    for (let sku = 0; sku < skus; sku += 1) {
      if (supply[row + sku] === 0) continue;
      rows.sku[entry] = sku;
      rows.supply[entry] = supply[row + sku]!;
      rows.unit[entry] = unit[row + sku]!;
      entry += 1;
    }
    rows.from[option + 1] = entry;
  }
  return rows;
}
