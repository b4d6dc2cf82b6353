import type { FeedRow } from '../../domain/stock/feed';
import type { FeedLayout } from '../../domain/stock/feed-header';
import { readFeedRow } from '../../domain/stock/feed-row';
import type { UnreadableRow } from '../../store/stock-feed/add-chunk';
import { rowOfCells } from './row-of-cells';

export type OddLine =
  /** A row of which each cell says what stands there: a SKU with an umlaut. */
  | { outcome: 'row'; row: FeedRow & { line: number } }
  /** No row; a line without anything has no problem either. */
  | { outcome: 'void'; problem: UnreadableRow | null }
  /** Has to be read as a record of CSV. */
  | { outcome: 'record' };

/**
 * Reads a line of a full feed, without its end, that is not quite plain. It says what would be said of the line as a
 * record, as long as that ends where the line does.
 */
export function readOddLine(line: number, ended: string, { columns, separator }: FeedLayout): OddLine {
  // A quote may open a record of many lines; of zero bytes the whole file is refused.
  if (/["\u0000]/.test(ended)) return { outcome: 'record' };
  const text = ended.endsWith('\r') ? ended.slice(0, -1) : ended;
  if (text.trim() === '') return { outcome: 'void', problem: null };
  const cells = text.split(separator);
  const read = readFeedRow('full', rowOfCells({ line, isEnded: true }, cells, columns));
  if (read.outcome === 'unreadable')
    return { outcome: 'void', problem: { line, sku: read.sku, reason: read.reason } };
  const isSaid = (column: number | null) => column === null || /^\d*$/.test(cells[column]!);
  const isAsItStands =
    read.row.sku === cells[columns.sku] && isSaid(columns.quantity) && isSaid(columns.unsellable);
  return isAsItStands ? { outcome: 'row', row: read.row } : { outcome: 'record' };
}
