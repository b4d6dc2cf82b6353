/** Several values of a cell, with semicolons between them; one that contains a semicolon, quote or line break is quoted. */
export const listCell = (values: readonly string[]): string =>
  values.map((value) => (/[";\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join('; ');

/** The same the other way; line breaks separate as well. */
export const readListCell = (cell: string): string[] =>
  (cell.match(/\s*"(?:[^"]|"")*"\s*(?=[;\r\n]|$)|[^;\r\n]+/g) ?? [])
    .map((each) => each.trim())
    .map((each) => (/^"[^]*"$/.test(each) ? each.slice(1, -1).replaceAll('""', '"') : each))
    .filter((each) => each !== '');
