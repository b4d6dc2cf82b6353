import type { FeedRow } from '../../domain/stock/feed';
import type { Database } from '../connect';

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
  await db.raw(
    `INSERT INTO stock_feed_chunks (feed_id, position, lines, skus, quantities, unsellable, problems)
     VALUES (:feedId, :position, :lines, :skus, :quantities, :unsellable, :problems)`,
    {
      feedId,
      position,
      lines: rows.map((row) => row.line),
      skus: rows.map((row) => row.sku),
      quantities: rows.map((row) => row.quantity),
      unsellable: rows.map((row) => row.unsellable),
      problems: JSON.stringify(problems),
    },
  );
}
