/**
 * Which options to open, and what each supplies, at the least cost:
 *
 *   min Σ fixed(i)·y(i) + Σ unit(i,s)·x(i,s)   with Σ x(·,s) = demand(s), 0 ≤ x(i,s) ≤ supply(i,s)·y(i),
 *   Σ y ≤ atMost, and at most one open option of each location.
 *
 * All figures are whole numbers, costs at least 0, and sums stay far below 2^53: so sums are exact and a tie is
 * a tie. Flat arrays: row i, column s stands at `i * skus + s`.
 */
export interface Problem {
  /** Number of options; the order breaks what is left of ties. */
  size: number;
  skus: number;
  /** Pieces, never more than the demand. */
  supply: Float64Array;
  /** Cost of one piece. */
  unit: Float64Array;
  /** Cost of opening. */
  fixed: Float64Array;
  /** Compared where costs are equal, the lower sum wins. */
  tie: Float64Array;
  /** The location of each option: two services of one location are two options. */
  location: Int32Array;
  demand: Float64Array;
  atMost: number;
  /** Sizes of the lines of each SKU where lines stay whole, else null; `supply` is then what whole lines can take. */
  lines: readonly (readonly number[])[] | null;
  /** What is there, for whole lines that share it; the same as `supply` where lines may be divided. */
  stock: Float64Array;
  /** Pieces that nobody needs to supply, and what the search reckons for each. */
  unmet: { pieces: number; unit: number };
}

/** The same demand where each open option costs 1 and pieces nothing: costs are counts, and no count is too high. */
export const countingOf = (problem: Problem): Problem => ({
  ...problem,
  fixed: new Float64Array(problem.size).fill(1),
  unit: new Float64Array(problem.size * problem.skus),
  tie: new Float64Array(problem.size),
  unmet: { pieces: problem.unmet.pieces, unit: 0 },
  atMost: Infinity,
});

/** A set of options that supplies the demand. */
export interface Solution {
  set: number[];
  cost: number;
  tie: number;
}

export const isBetter = (a: Solution, b: Solution): boolean =>
  a.cost < b.cost || (a.cost === b.cost && a.tie < b.tie);
