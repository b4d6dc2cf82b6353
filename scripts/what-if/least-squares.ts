/**
 * The coefficients c for which Σ (y − Σ c·x)² is least, by the normal equations and Gaussian elimination; and the share
 * of the variance that they explain (R²). Each row of `x` begins with 1 for the constant.
 */
export function leastSquares(
  x: readonly (readonly number[])[],
  y: readonly number[],
): { coefficients: number[]; explained: number } {
  const size = x[0]?.length ?? 0;
  const matrix = Array.from({ length: size }, (_, a) => [
    ...Array.from({ length: size }, (_, b) => sum(x.map((row) => row[a]! * row[b]!))),
    sum(x.map((row, index) => row[a]! * y[index]!)),
  ]);
  const coefficients = solve(matrix);
  const mean = sum(y) / Math.max(1, y.length);
  const residual = sum(x.map((row, index) => (y[index]! - dot(row, coefficients)) ** 2));
  const total = sum(y.map((value) => (value - mean) ** 2));
  return { coefficients, explained: total === 0 ? 0 : 1 - residual / total };
}

const sum = (figures: readonly number[]): number => figures.reduce((so, figure) => so + figure, 0);
const dot = (a: readonly number[], b: readonly number[]): number =>
  sum(a.map((each, index) => each * b[index]!));

/** Rows of a square matrix with the right-hand side at their end. What cannot be told apart gets 0. */
function solve(rows: number[][]): number[] {
  const size = rows.length;
  for (let column = 0; column < size; column += 1) {
    const pivot = rows.reduce(
      (best, row, index) =>
        index >= column && Math.abs(row[column]!) > Math.abs(rows[best]![column]!) ? index : best,
      column,
    );
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    if (Math.abs(rows[column]![column]!) < 1e-9) continue;
    for (let index = 0; index < size; index += 1) {
      if (index === column) continue;
      const factor = rows[index]![column]! / rows[column]![column]!;
      rows[index] = rows[index]!.map((value, at) => value - factor * rows[column]![at]!);
    }
  }
  return rows.map((row, index) => (Math.abs(row[index]!) < 1e-9 ? 0 : row[size]! / row[index]!));
}
