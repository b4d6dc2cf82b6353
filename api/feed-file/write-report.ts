import type { ReportRow } from '../../store/stock-feed/read-report';
import { csvLine } from './write-csv';

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
  yield csvLine(columns);
  for (let position = 0; ; position += 1) {
    const rows = await read(position);
    if (!rows) return;
    yield rows.map((row) => csvLine(columns.map((column) => row[column]))).join('');
  }
}
