import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';

export type Row<Column extends string> = Record<Column, string>;

/**
 * Reads one CSV file of a data set, every value as the text it is: ids with leading zeros stay as they are.
 * Throws with the file's name when a column is missing.
 */
export function readTable<Column extends string>(
  folder: string,
  name: string,
  columns: readonly Column[],
): Row<Column>[] {
  const file = path.join(folder, `${name}.csv`);
  const rows = parse(readFileSync(file, 'utf8'), { columns: true, bom: true, skip_empty_lines: true });
  const first = rows[0] as Record<string, string> | undefined;
  const missing = columns.filter((column) => first && !(column in first));
  if (missing.length > 0) throw new Error(`${file} lacks the columns ${missing.join(', ')}`);
  return rows as Row<Column>[];
}

/** The rows that belong together, by the value of one column, in the order of the file. */
export function groupBy<R extends Record<string, string>>(
  rows: readonly R[],
  column: keyof R & string,
): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const group = groups.get(row[column]!);
    if (group) group.push(row);
    else groups.set(row[column]!, [row]);
  }
  return groups;
}

export function indexBy<R extends Record<string, string>>(
  rows: readonly R[],
  column: keyof R & string,
): Map<string, R> {
  return new Map(rows.map((row) => [row[column]!, row]));
}
