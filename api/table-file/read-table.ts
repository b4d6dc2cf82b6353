import { parse } from 'csv-parse/sync';
import { separatorOf } from '../../domain/stock/feed-header';
import { plainCell } from '../feed-file/write-csv';
import type { Upload } from '../operation';
import { invalidInput } from '../problem';
import { wrongAt, wrongFile } from './place';
import { readText } from './read-text';

/** Of a file that is held whole. */
export const mostTableBytes = 4_000_000;

export interface TableShape<Column extends string> {
  columns: readonly Column[];
  needed: readonly Column[];
  /** What to begin with, for who did not. */
  header: string;
  /** Columns that nobody asked for are passed over, and rows may be shorter than the header. */
  isLenient?: boolean;
}

export interface TableRow<Column extends string> {
  row: number;
  /** Without blanks around them; empty where nothing stands. */
  cells: Record<Column, string>;
}

/**
 * The rows of a CSV file by its header, empty ones left out: comma, semicolon or tab, columns in any order, "Valid from"
 * is `validFrom`. Throws a problem that says what is wrong, where, and what to do.
 */
export async function readTable<Column extends string>(
  upload: Upload | undefined,
  shape: TableShape<Column>,
): Promise<TableRow<Column>[]> {
  if (!upload) throw refusal('Choose a file');
  const text = await readText(upload, mostTableBytes);
  const [header = [], ...rows] = recordsOf(text);
  const names = namesOf(header, shape);
  return rows.flatMap((cells, index) => {
    const row = index + 2;
    if (cells.every((cell) => cell.trim() === '')) return [];
    if (!shape.isLenient)
      refuseOtherLength(cells, header, row, index === rows.length - 1 && !/\n$/.test(text));
    return [{ row, cells: cellsOf(cells, names, shape) }];
  });
}

const refusal = (detail: string) => invalidInput([wrongFile(detail)]);

function recordsOf(text: string): string[][] {
  const delimiter = separatorOf(text.slice(0, text.indexOf('\n') + 1) || text);
  try {
    return parse(text, { delimiter, relax_column_count: true }) as string[][];
  } catch (error) {
    const { code, lines } = error as { code?: string; lines?: number };
    throw code === 'CSV_QUOTE_NOT_CLOSED'
      ? refusal('It is cut: a quote that opens is not closed. Send the whole')
      : refusal(`The quotes on line ${lines} are not those of CSV: write " inside of quotes as ""`);
  }
}

function namesOf<Column extends string>(
  header: readonly string[],
  { columns, needed, header: begin, isLenient }: TableShape<Column>,
): (Column | undefined)[] {
  const names = header.map((name) => columns.find((column) => isSameName(column, name)));
  const missing = needed.filter((column) => !names.includes(column));
  if (missing.length > 0) throw refusal(`There is no column "${missing[0]}": begin with a line "${begin}"`);
  const stranger = isLenient ? -1 : names.indexOf(undefined);
  if (stranger >= 0)
    throw invalidInput([
      wrongAt(
        { row: 1 },
        `There is no column "${header[stranger]!.slice(0, 40)}", but ${columns.join(', ')}`,
      ),
    ]);
  const twice = columns.find((column) => names.indexOf(column) !== names.lastIndexOf(column));
  if (twice !== undefined)
    throw invalidInput([wrongAt({ row: 1, column: twice }, 'It is there twice: take one out')]);
  return names;
}

/** "Valid from" and "valid_from" are `validFrom`. */
const isSameName = (column: string, name: string): boolean =>
  column.toLowerCase() === name.toLowerCase().replace(/[^a-z]/g, '');

function refuseOtherLength(cells: string[], header: string[], row: number, isLastWithoutEnd: boolean): void {
  if (cells.length === header.length) return;
  const found = `It has ${cells.length} of ${header.length} cells`;
  throw invalidInput([
    wrongAt(
      { row },
      cells.length < header.length && isLastWithoutEnd
        ? `${found} and no end: the file seems to be cut, send the whole`
        : `${found}: put cells that contain the separator into quotes`,
    ),
  ]);
}

function cellsOf<Column extends string>(
  cells: readonly string[],
  names: readonly (Column | undefined)[],
  { columns }: TableShape<Column>,
): Record<Column, string> {
  const at = (column: Column): string => plainCell((cells[names.indexOf(column)] ?? '').trim());
  return Object.fromEntries(columns.map((column) => [column, at(column)])) as Record<Column, string>;
}
