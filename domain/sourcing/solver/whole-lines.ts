/** Steps after which the division of one SKU's lines is taken as it is; thousands of times what real orders need. */
const stepsAtMost = 20_000;

interface Search {
  sizes: readonly number[];
  left: Float64Array;
  unit: Float64Array;
  rest: Float64Array;
  /** The least cost of a piece. */
  least: number;
  order: readonly number[];
  at: Int32Array;
  pieces: number;
  cost: number;
  steps: number;
  best: { pieces: number; cost: number; at: Int32Array };
}

/**
 * Gives each line of one SKU, whole, to one location or to nobody: most pieces first, then least cost. Exact,
 * unless the lines are so many that it takes too many steps.
 *
 * @param sizes pieces of each line, largest first
 * @param stock pieces at each location
 * @param unit cost of a piece from each location
 * @returns `at`: for each line the index of its location, −1 for nobody
 */
export function placeWholeLines(
  sizes: readonly number[],
  stock: Float64Array,
  unit: Float64Array,
): { pieces: number; cost: number; at: Int32Array } {
  const rest = new Float64Array(sizes.length + 1);
  for (let line = sizes.length - 1; line >= 0; line -= 1) rest[line] = rest[line + 1]! + sizes[line]!;
  const search: Search = {
    sizes,
    left: stock.slice(),
    unit,
    rest,
    least: Math.min(...unit),
    order: byUnit(unit),
    at: new Int32Array(sizes.length).fill(-1),
    pieces: 0,
    cost: 0,
    steps: 0,
    best: { pieces: -1, cost: Infinity, at: new Int32Array(sizes.length) },
  };
  place(search, 0);
  return search.best;
}

function place(search: Search, line: number): void {
  const { best, sizes, left, unit, order } = search;
  const reach = search.pieces + search.rest[line]!;
  if (reach < best.pieces || search.steps > stepsAtMost) return;
  if (reach === best.pieces && search.cost + search.rest[line]! * search.least >= best.cost) return;
  search.steps += 1;
  if (line === sizes.length) {
    if (search.pieces > best.pieces || search.cost < best.cost)
      search.best = { pieces: search.pieces, cost: search.cost, at: search.at.slice() };
    return;
  }
  const size = sizes[line]!;
  for (const location of order) {
    if (left[location]! < size) continue;
    left[location]! -= size;
    search.pieces += size;
    search.cost += size * unit[location]!;
    search.at[line] = location;
    place(search, line + 1);
    left[location]! += size;
    search.pieces -= size;
    search.cost -= size * unit[location]!;
    search.at[line] = -1;
  }
  place(search, line + 1);
}

const byUnit = (unit: Float64Array): number[] =>
  [...unit.keys()].sort((a, b) => unit[a]! - unit[b]! || a - b);

/** The largest sum of whole lines that fits into a stock. */
export function mostWhole(sizes: readonly number[], stock: number): number {
  let sums = new Set([0]);
  for (const size of sizes) {
    const next = new Set(sums);
    for (const sum of sums) if (sum + size <= stock) next.add(sum + size);
    sums = next;
  }
  return Math.max(...sums);
}
