import { createHash, randomUUID, type Hash } from 'node:crypto';
import { z } from 'zod';
import type { FeedMode } from '../../domain/stock/feed';
import { readFeedRow, type RawFeedRow } from '../../domain/stock/feed-row';
import type { FeedChunk } from '../../store/stock-feed/add-chunk';
import { feedChunkRows } from '../../store/stock-feed/apply-feed';
import type { StockFeed } from '../../store/stock-feed/feed-view';
import { actorOf, type Principal } from '../authenticate';
import type { FeedUploadQuery } from '../contract/stock-feeds';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';
import { decodeText } from '../feed-file/decode-text';
import { readCsv } from '../feed-file/read-csv';
import { readJson, readJsonLines } from '../feed-file/read-json';
import { unreadableFeed } from '../feed-file/unreadable';
import { writeReport } from '../feed-file/write-report';
import type { Upload } from '../operation';
import { conflict, invalidInput, notFound } from '../problem';

const feedCursor = z.object({ position: z.int().min(0) });

/** So far another clock may be ahead of ours. */
const clockMs = 5 * 60_000;
/** What is older says nothing about today any more. */
const oldestMs = 7 * 86_400_000;

export function createStockFeeds({ store, feeds, now }: ApiDependencies) {
  /** Reads on while a chunk is written; never holds more than two. */
  async function receiveRows(id: string, mode: FeedMode, upload: Upload) {
    const hash = createHash('sha256');
    let rowsRead = 0;
    let isAscending = true;
    let last = '';
    let writing: Promise<void> = Promise.resolve();
    for await (const chunk of chunksOf(id, mode, rowsOf(upload, hash))) {
      await writing;
      writing = store.addChunk(chunk);
      // Awaited with the next chunk; a file that turns out to be unreadable before is told instead.
      writing.catch(() => undefined);
      rowsRead += sizeOf(chunk);
      for (const { sku } of chunk.rows) {
        isAscending &&= sku > last;
        last = sku;
      }
    }
    await writing;
    if (rowsRead === 0)
      throw unreadableFeed('It has no rows', 'name each SKU; what is sold out has the quantity 0');
    return { rowsRead, isAscending, contentHash: hash.digest('hex') };
  }

  async function find(id: string): Promise<StockFeed> {
    const feed = await store.findFeed(id);
    if (!feed) throw notFound(`There is no feed "${id}"`);
    return feed;
  }

  return {
    /** Reads a whole feed, then takes it in, once; it is applied after the others of its location. */
    async receive(principal: Principal, query: FeedUploadQuery, upload: Upload) {
      await refuseQuery(query);
      const id = `feed_${randomUUID().replaceAll('-', '')}`;
      await store.openFeed({ ...query, id, actor: actorOf(principal) });
      try {
        const received = await receiveRows(id, query.mode, upload);
        const result = await store.acceptFeed({ id, ...received });
        if (result.outcome === 'overtaken')
          throw conflict(
            `A ${result.by.mode} feed of ${query.locationId} taken at ${result.by.takenAt} is there already ` +
              `(${result.by.id}): this one, taken at ${query.takenAt}, comes too late`,
          );
        if (result.outcome === 'otherContent')
          throw conflict(
            `The reference "${query.reference}" names another feed (${result.feed.id}) with other content`,
          );
        if (result.feed.state !== 'applied') await feeds.start(query.locationId);
        return result;
      } catch (error) {
        await store.discardFeed(id);
        throw error;
      }
    },

    async list({ cursor, ...query }: { locationId?: string; limit: number; cursor?: string }) {
      const before = decodeCursor(feedCursor, cursor)?.position;
      return asList(await store.listFeeds({ ...query, before }), (feed) => feed);
    },

    find,

    /** What became of each row, as the lines of a CSV file. */
    async report(id: string): Promise<AsyncIterable<string>> {
      const { rowsForgottenAt } = await find(id);
      if (rowsForgottenAt !== null)
        throw notFound(`The rows of ${id} were kept until ${rowsForgottenAt}; its counts are still there`);
      return writeReport((position) => store.readReport(id, position));
    },
  };

  async function refuseQuery({ locationId, takenAt }: FeedUploadQuery): Promise<void> {
    const refuse = (pointer: string, detail: string) => invalidInput([{ pointer, detail, in: 'query' }]);
    const ageMs = now().getTime() - Date.parse(takenAt);
    if (ageMs < -clockMs) throw refuse('/takenAt', `It is only ${now().toISOString()} here`);
    if (ageMs > oldestMs) throw refuse('/takenAt', 'Older than 7 days: take a new one');
    if (!(await store.findLocation(locationId)))
      throw refuse('/locationId', `No location has the id "${locationId}"`);
  }
}

function rowsOf({ mediaType, pieces }: Upload, hash: Hash): AsyncGenerator<RawFeedRow[]> {
  const text = decodeText(hashed(pieces, hash));
  if (mediaType === 'application/json') return readJson(text);
  return mediaType === 'text/csv' ? readCsv(text) : readJsonLines(text);
}

async function* hashed(pieces: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
}

/** Never holds more than one chunk. */
async function* chunksOf(
  feedId: string,
  mode: FeedMode,
  source: AsyncIterable<RawFeedRow[]>,
): AsyncGenerator<FeedChunk> {
  let chunk = emptyChunk(feedId, 0);
  for await (const raws of source)
    for (const raw of raws) {
      const read = readFeedRow(mode, raw);
      if (read.outcome === 'read') chunk.rows.push(read.row);
      else chunk.problems.push({ line: raw.line, sku: read.sku, reason: read.reason });
      if (sizeOf(chunk) < feedChunkRows) continue;
      yield chunk;
      chunk = emptyChunk(feedId, chunk.position + 1);
    }
  if (sizeOf(chunk) > 0) yield chunk;
}

const emptyChunk = (feedId: string, position: number): FeedChunk => ({
  feedId,
  position,
  rows: [],
  problems: [],
});

const sizeOf = ({ rows, problems }: FeedChunk): number => rows.length + problems.length;
