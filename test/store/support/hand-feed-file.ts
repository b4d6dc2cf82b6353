import { Readable } from 'node:stream';
import { receiveFeedRows } from '../../../api/feed-file/receive-feed-rows';
import { waitUntil } from '../../../runtime/dev/wait-until';
import type { Database } from '../../../store/connect';
import { noteStockAlerts } from '../../../store/stock-alert/note-stock-alerts';
import { acceptFeed, type AcceptFeedResult } from '../../../store/stock-feed/accept-feed';
import { addChunk, type FeedChunk, type FeedComparison } from '../../../store/stock-feed/add-chunk';
import { findFeedBefore } from '../../../store/stock-feed/feed-before';
import { openFeed, type OpenFeedInput } from '../../../store/stock-feed/open-feed';

/** Hands in a CSV file as the API does, once all that moved was heard of; tells how many rows were compared one by one. */
export async function handFeedFile(
  db: Database,
  feed: OpenFeedInput,
  { text, contentHash }: { text: string; contentHash?: string },
): Promise<{ outcome: AcceptFeedResult['outcome']; comparedTo: string | null; compared: number }> {
  await settleLedger(db, feed.takenAt);
  const opened = { ...feed, ...(await openFeed(db, feed)) };
  let compared = 0;
  const store = {
    addChunk(chunk: FeedChunk, comparison?: FeedComparison | null) {
      compared += chunk.rows.count;
      return addChunk(db, chunk, comparison);
    },
    findFeedBefore: (locationId: string) => findFeedBefore(db, locationId),
  };
  const upload = { mediaType: 'text/csv', pieces: Readable.from(piecesOf(Buffer.from(text))) };
  const received = await receiveFeedRows(store, opened, upload);
  const { outcome } = await acceptFeed(db, { id: feed.id, ...received, ...(contentHash && { contentHash }) });
  return { outcome, comparedTo: received.comparedTo, compared };
}

/**
 * As the relay does: reads the ledger until all that has moved by now is settled, which it is once no transaction of
 * before runs any more, in whichever database of the server.
 */
async function settleLedger(db: Database, dueAt: string): Promise<void> {
  const [newest] = await db('stock_ledger').max({ id: 'id' });
  const isSettled = async () => {
    await noteStockAlerts(db, { dueAt, limit: 100_000 });
    const reader = await db('stock_alert_reader').first('settled_id');
    return reader.settled_id >= (newest?.id ?? 0);
  };
  if (!(await waitUntil(isSettled, 60_000))) throw new Error('The ledger was not settled within a minute');
}

/** As much as comes at once. */
const pieceBytes = 65_536;
const piecesOf = (file: Buffer): Buffer[] =>
  Array.from({ length: Math.ceil(file.length / pieceBytes) }, (_, index) =>
    file.subarray(index * pieceBytes, (index + 1) * pieceBytes),
  );
