import type { FeedMode, FeedRowResult } from '../../domain/stock/feed';
import type { Database } from '../connect';
import { namedRows } from './named-rows';
import type { PackedResult } from './write-portion';

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
  /** Null for SKUs that the feed does not name. */
  lines: (number | null)[];
  skus: string[];
  quantities: number[];
  unsellable: (number | null)[];
  results: PackedResult[] | null;
  setLines: number[] | null;
  setFrom: number[] | null;
  setFromUnsellable: number[] | null;
}

/** What became of the rows of one chunk, in the order of the file; null when there is no such chunk. */
export async function readReport(
  db: Database,
  feedId: string,
  position: number,
): Promise<ReportRow[] | null> {
  const answer = await db.raw<{ rows: ChunkRow[] }>(read, { feedId, position });
  const chunk = answer.rows[0];
  if (!chunk) return null;
  const told = (chunk.results ?? []).map(unpack);
  const lines = new Set(told.map((row) => row.line));
  const set = new Map(chunk.setLines?.map((line, index) => [line, index]));
  const others = chunk.skus
    .map((_, index) => setOrPassedOver(chunk, index, set))
    .filter((row) => !lines.has(row.line));
  return [...told, ...others].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

const read = `
  WITH named AS (${namedRows('c.feed_id = :feedId AND c.position = :position')}
  )
  SELECT f.mode, c.results, n.*,
         c.set_lines AS "setLines", c.set_from AS "setFrom", c.set_from_unsellable AS "setFromUnsellable"
  FROM stock_feed_chunks AS c JOIN stock_feeds AS f ON f.id = c.feed_id
  CROSS JOIN (
    SELECT coalesce(array_agg(line), '{}') AS lines, coalesce(array_agg(sku), '{}') AS skus,
      coalesce(array_agg(quantity), '{}') AS quantities, coalesce(array_agg(unsellable), '{}') AS unsellable
    FROM named
  ) AS n
  WHERE c.feed_id = :feedId AND c.position = :position`;

function setOrPassedOver(chunk: ChunkRow, index: number, set: ReadonlyMap<number, number>): ReportRow {
  const at = set.get(chunk.lines[index] ?? NaN);
  return at === undefined ? passedOver(chunk, index) : setAsItSays(chunk, index, at);
}

/** A row that was set just as it says. */
function setAsItSays(chunk: ChunkRow, index: number, at: number): ReportRow {
  const before = chunk.setFrom![at]!;
  const after = chunk.quantities[index]!;
  const unsellableBefore = chunk.setFromUnsellable![at]!;
  const unsellableAfter = chunk.unsellable[index] ?? unsellableBefore;
  return {
    line: chunk.lines[index]!,
    sku: chunk.skus[index]!,
    // A place that was made for nothing has not changed.
    outcome: before === after && unsellableBefore === unsellableAfter ? 'unchanged' : 'applied',
    before,
    after,
    unsellableBefore,
    unsellableAfter,
    reason: null,
  };
}

/** A row without a result of its own was found unchanged: in a full feed, as it says. */
function passedOver(chunk: ChunkRow, index: number): ReportRow {
  const isKnown = chunk.results !== null && chunk.mode === 'full';
  const onHand = isKnown ? chunk.quantities[index]! : null;
  const unsellable = isKnown ? (chunk.unsellable[index] ?? null) : null;
  return {
    line: chunk.lines[index]!,
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
