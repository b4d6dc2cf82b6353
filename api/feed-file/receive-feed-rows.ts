import { createHash, type Hash } from 'node:crypto';
import type { FeedMode } from '../../domain/stock/feed';
import type { FeedLayout } from '../../domain/stock/feed-header';
import type { FeedComparison } from '../../store/stock-feed/add-chunk';
import type { ApiDependencies } from '../dependencies';
import type { Upload } from '../operation';
import { decodeText } from './decode-text';
import { createFeedRows, type FeedRowsChunk } from './feed-rows';
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

type FeedStore = Pick<ApiDependencies['store'], 'addChunk' | 'findFeedBefore'>;

/** Reads on while chunks are kept and compared; never holds more than some pieces of the file. */
export async function receiveFeedRows(store: FeedStore, feed: OpenFeed, upload: Upload) {
  const hash = createHash('sha256');
  const rows = createFeedRows(feed.mode);
  const keeper = createKeeper(store, feed);
  let layout: FeedLayout | null = null;
  const isReadByLast = mayCompare(feed) && upload.mediaType === 'text/csv';
  const before = isReadByLast ? await store.findFeedBefore(feed.locationId) : null;
  const reading = { mode: feed.mode, rows, before, onLayout: (read: FeedLayout) => void (layout = read) };
  for await (const _ of readRows(upload.mediaType, hashed(upload.pieces, hash), reading))
    for (const chunk of rows.takeFull()) await keeper.keep(chunk);
  for (const chunk of rows.takeLast()) await keeper.keep(chunk);
  const kept = await keeper.end();
  if (kept.rowsRead === 0)
    throw unreadableFeed('It has no rows', 'name each SKU; what is sold out has the quantity 0');
  return { ...kept, layout, contentHash: hash.digest('hex') };
}

/** Whether its rows can be compared with the counters as they come. */
const mayCompare = ({ mode, isFirstInLine }: OpenFeed): boolean => mode === 'full' && isFirstInLine;

/** While the database compares one chunk the next is sent: whoever parses has no time to do that bit by bit. */
const mostUnderWay = 2;

function createKeeper(store: FeedStore, feed: OpenFeed) {
  const { id: feedId, locationId, takenAt } = feed;
  let rowsRead = 0;
  let isAscending = true;
  let last: Buffer | null = null;
  let isCompared = mayCompare(feed);
  const underWay: Promise<void>[] = [];

  /** As though those under way were compared: if one of them was not, the whole is compared later. */
  function comparisonOf({ span }: FeedRowsChunk): FeedComparison | null {
    const comparedTo = last?.toString() ?? '';
    if (span) {
      isAscending &&= span.isAscending && (last === null || last.compare(span.first) < 0);
      last = span.last;
    }
    return isCompared && isAscending ? { locationId, takenAt, comparedTo } : null;
  }

  async function add(chunk: FeedRowsChunk, comparison: FeedComparison | null): Promise<void> {
    const added = await store.addChunk({ feedId, ...chunk }, comparison);
    isCompared &&= added.isCompared;
  }

  return {
    async keep(chunk: FeedRowsChunk): Promise<void> {
      if (underWay.length === mostUnderWay) await underWay.shift();
      rowsRead += (chunk.text?.rows ?? chunk.rows.count) + chunk.problems.length;
      const adding = add(chunk, comparisonOf(chunk));
      // Awaited with a later chunk; a file that turns out to be unreadable before is told instead.
      adding.catch(() => undefined);
      underWay.push(adding);
    },

    async end() {
      await Promise.all(underWay);
      const comparedTo = isCompared ? (last?.toString() ?? '') : null;
      return { rowsRead, isAscending, comparedTo };
    },
  };
}

function readRows(
  mediaType: string,
  pieces: AsyncIterable<Buffer>,
  reading: Parameters<typeof readCsv>[1],
): AsyncGenerator<void> {
  if (mediaType === 'text/csv') return readCsv(pieces, reading);
  const text = decodeText(pieces);
  return mediaType === 'application/json' ? readJson(text, reading.rows) : readJsonLines(text, reading.rows);
}

async function* hashed(pieces: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
}
