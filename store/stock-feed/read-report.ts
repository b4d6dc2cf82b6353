import type { FeedMode, FeedRowResult } from '../../domain/stock/feed';
import type { Database } from '../connect';
import type { PackedResult } from './write-chunk';

/** What became of a row; figures that nobody has looked at are null. */
export interface ReportRow {
  line: number | null;
  sku: string;
  /** `pending`: its turn has not come. */
  outcome: FeedRowResult['outcome'] | 'pending';
  before: number | null;
  after: number | null;
  unsellableBefore: number | null;
  unsellableAfter: number | null;
  reason: string | null;
}

interface ChunkRow {
  mode: FeedMode;
  lines: number[] | null;
  skus: string[];
  quantities: number[];
  unsellable: (number | null)[];
  results: PackedResult[] | null;
}

/** What became of the rows of one chunk, in the order of the file; null when there is no such chunk. */
export async function readReport(
  db: Database,
  feedId: string,
  position: number,
): Promise<ReportRow[] | null> {
  const answer = await db.raw<{ rows: ChunkRow[] }>(
    `SELECT f.mode, c.lines, c.skus, c.quantities, c.unsellable, c.results
     FROM stock_feed_chunks AS c JOIN stock_feeds AS f ON f.id = c.feed_id
     WHERE c.feed_id = ? AND c.position = ?`,
    [feedId, position],
  );
  const chunk = answer.rows[0];
  if (!chunk) return null;
  const told = (chunk.results ?? []).map(unpack);
  const lines = new Set(told.map((row) => row.line));
  const others = chunk.skus.map((_, index) => passedOver(chunk, index)).filter((row) => !lines.has(row.line));
  return [...told, ...others].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

/** A row without a result of its own was found unchanged: in a full feed, as it says. */
function passedOver(chunk: ChunkRow, index: number): ReportRow {
  const isKnown = chunk.results !== null && chunk.mode === 'full';
  const onHand = isKnown ? chunk.quantities[index]! : null;
  const unsellable = isKnown ? (chunk.unsellable[index] ?? null) : null;
  return {
    line: chunk.lines?.[index] ?? null,
    sku: chunk.skus[index]!,
    outcome: chunk.results === null ? 'pending' : 'unchanged',
    before: onHand,
    after: onHand,
    unsellableBefore: unsellable,
    unsellableAfter: unsellable,
    reason: null,
  };
}

const unpack = (packed: PackedResult): ReportRow => {
  const [line, sku, outcome, before, after, unsellableBefore, unsellableAfter, reason] = packed;
  return { line, sku, outcome, before, after, unsellableBefore, unsellableAfter, reason };
};
