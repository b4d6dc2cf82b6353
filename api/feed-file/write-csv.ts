export type Cell = string | number | boolean | null;

/** A line of a CSV file (RFC 4180). */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cellOf).join(',')}\r\n`;

/** What a spreadsheet would take for a formula, and what looks as if it had been told already that it is text. */
const formula = /^'*[=+\-@\t\r]/;

/** What was written in a cell: without the apostrophe that keeps a spreadsheet from taking it for a formula. */
export const plainCell = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;

/** What a spreadsheet would take for a formula it is told to be text. */
function cellOf(value: Cell): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
