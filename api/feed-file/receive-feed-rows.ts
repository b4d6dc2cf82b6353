import { createHash, type Hash } from 'node:crypto';
import type { FeedMode } from '../../domain/stock/feed';
import type { FeedComparison } from '../../store/stock-feed/add-chunk';
import { isBefore, type PackedRows } from '../../store/stock-feed/packed-rows';
import type { ApiDependencies } from '../dependencies';
import type { Upload } from '../operation';
import { decodeText } from './decode-text';
import { createFeedRows, type FeedRows, type FeedRowsChunk } from './feed-rows';
import { readCsv } from './read-csv';
import { readJson, readJsonLines } from './read-json';
import { unreadableFeed } from './unreadable';

interface OpenFeed {
  id: string;
  mode: FeedMode;
  locationId: string;
  takenAt: string;
  /** No other feed is still to change what this one is compared with. */
  isFirstInLine: boolean;
}

/** Reads on while a chunk is kept and compared; never holds more than a piece of the file and two chunks. */
export async function receiveFeedRows(store: ApiDependencies['store'], feed: OpenFeed, upload: Upload) {
  const hash = createHash('sha256');
  const rows = createFeedRows(feed.mode);
  const keeper = createKeeper(store, feed);
  for await (const _ of readRows(upload, { hash, mode: feed.mode, rows }))
    for (const chunk of rows.takeFull()) await keeper.keep(chunk);
  for (const chunk of rows.takeLast()) await keeper.keep(chunk);
  const kept = await keeper.end();
  if (kept.rowsRead === 0)
    throw unreadableFeed('It has no rows', 'name each SKU; what is sold out has the quantity 0');
  return { ...kept, contentHash: hash.digest('hex') };
}

/** While the database compares one chunk the next is sent: whoever parses has no time to do that bit by bit. */
const mostUnderWay = 2;

function createKeeper(store: ApiDependencies['store'], feed: OpenFeed) {
  const { id: feedId, locationId, takenAt } = feed;
  let rowsRead = 0;
  let isAscending = true;
  let last: PackedRows | null = null;
  let isCompared = feed.mode === 'full' && feed.isFirstInLine;
  const underWay: Promise<void>[] = [];

  /** As though those under way were compared: if one of them was not, the whole is compared later. */
  const comparisonOf = ({ rows }: FeedRowsChunk): FeedComparison | null => {
    const comparedTo = last?.last.toString() ?? '';
    isAscending &&= rows.isAscending && (last === null || isBefore(last, rows));
    if (rows.count > 0) last = rows;
    return isCompared && isAscending ? { locationId, takenAt, comparedTo } : null;
  };

  async function add(chunk: FeedRowsChunk, comparison: FeedComparison | null): Promise<void> {
    const comparedTo = await store.addChunk({ feedId, ...chunk }, comparison);
    isCompared &&= comparedTo !== null;
  }

  return {
    async keep(chunk: FeedRowsChunk): Promise<void> {
      if (underWay.length === mostUnderWay) await underWay.shift();
      rowsRead += chunk.rows.count + chunk.problems.length;
      const adding = add(chunk, comparisonOf(chunk));
      // Awaited with a later chunk; a file that turns out to be unreadable before is told instead.
      adding.catch(() => undefined);
      underWay.push(adding);
    },

    async end() {
      await Promise.all(underWay);
      const comparedTo = isCompared ? (last?.last.toString() ?? '') : null;
      return { rowsRead, isAscending, comparedTo };
    },
  };
}

function readRows(
  { mediaType, pieces }: Upload,
  { hash, mode, rows }: { hash: Hash; mode: FeedMode; rows: FeedRows },
): AsyncGenerator<void> {
  const text = decodeText(hashed(pieces, hash));
  if (mediaType === 'application/json') return readJson(text, rows);
  return mediaType === 'text/csv' ? readCsv(text, mode, rows) : readJsonLines(text, rows);
}

async function* hashed(pieces: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
}
