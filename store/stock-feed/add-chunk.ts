import type { FeedRow } from '../../domain/stock/feed';
import type { Database } from '../connect';
import { prepared } from '../prepared';

/** A row that cannot be read; its SKU counts as named. */
export interface UnreadableRow {
  line: number;
  sku: string;
  reason: string;
}

export interface FeedChunk {
  feedId: string;
  /** From 0, in the order of the file. */
  position: number;
  rows: FeedRow[];
  problems: UnreadableRow[];
}

/** Keeps some thousands of rows of a feed that is being received. */
export async function addChunk(db: Database, chunk: FeedChunk): Promise<void> {
  const { feedId, position, rows, problems } = chunk;
  const columns = { lines: '', skus: '', quantities: '', unsellable: '' };
  let separator = '';
  for (const { line, sku, quantity, unsellable } of rows) {
    columns.lines += `${separator}${line}`;
    columns.skus += `${separator}${sku}`;
    columns.quantities += `${separator}${quantity}`;
    columns.unsellable += `${separator}${unsellable ?? nothing}`;
    separator = '\n';
  }
  await prepared(db, sql, { feedId, position, ...columns, nothing, problems: JSON.stringify(problems) });
}

/** Stands for what a row does not say: an empty one alone would be no entry. */
const nothing = '-';

/** One text a column: the driver takes many times as long to write lists. SKUs have no line breaks. */
const sql = `
  INSERT INTO stock_feed_chunks (feed_id, position, lines, skus, quantities, unsellable, problems)
  VALUES (:feedId, :position, CAST(string_to_array(:lines, E'\\n') AS int[]), string_to_array(:skus, E'\\n'),
    CAST(string_to_array(:quantities, E'\\n') AS int[]),
    CAST(string_to_array(:unsellable, E'\\n', :nothing) AS int[]), :problems)`;
