import type { ReportRow } from '../../store/stock-feed/read-report';

const columns = [
  'line',
  'sku',
  'outcome',
  'before',
  'after',
  'unsellableBefore',
  'unsellableAfter',
  'reason',
] as const satisfies (keyof ReportRow)[];

/** The report of a feed as CSV (RFC 4180), a chunk at a time. */
export async function* writeReport(
  read: (position: number) => Promise<ReportRow[] | null>,
): AsyncGenerator<string> {
  yield `${columns.join(',')}\r\n`;
  for (let position = 0; ; position += 1) {
    const rows = await read(position);
    if (!rows) return;
    yield rows.map((row) => `${columns.map((column) => cellOf(row[column])).join(',')}\r\n`).join('');
  }
}

/** What a spreadsheet would take for a formula it is told to be text. */
function cellOf(value: string | number | null): string {
  if (value === null || typeof value === 'number') return value === null ? '' : String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
