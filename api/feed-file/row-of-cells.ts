import type { FeedColumns } from '../../domain/stock/feed-header';
import type { RawFeedRow } from '../../domain/stock/feed-row';
import type { TextRecord } from './record-splitter';
import { cutFeed } from './unreadable';

/** A record as a row by its columns; one of another number of cells has that as its fault. */
export function rowOfCells(
  { line, isEnded }: Pick<TextRecord, 'line' | 'isEnded'>,
  cells: string[],
  columns: FeedColumns,
): RawFeedRow {
  if (cells.length !== columns.count) {
    if (cells.length < columns.count && !isEnded)
      throw cutFeed(`Its last line, ${line}, has ${cells.length} of ${columns.count} cells and no end`);
    const fault = `The header has ${columns.count} cells, this row ${cells.length}`;
    return { line, sku: cells[columns.sku] ?? '', quantity: undefined, unsellable: undefined, fault };
  }
  return {
    line,
    sku: cells[columns.sku],
    quantity: cells[columns.quantity],
    unsellable: columns.unsellable === null ? null : cells[columns.unsellable],
  };
}
