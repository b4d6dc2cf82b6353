import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { StockFeed } from '../../store/stock-feed/feed-view';
import { actorOf, type Principal } from '../authenticate';
import type { FeedUploadQuery } from '../contract/stock-feeds';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';
import { receiveFeedRows } from '../feed-file/receive-feed-rows';
import { writeReport } from '../feed-file/write-report';
import type { Upload } from '../operation';
import { conflict, invalidInput, notFound } from '../problem';

const feedCursor = z.object({ position: z.int().min(0) });

/** So far another clock may be ahead of ours. */
const clockMs = 5 * 60_000;
/** What is older says nothing about today any more. */
const oldestMs = 7 * 86_400_000;

export function createStockFeeds({ store, feeds, now }: ApiDependencies) {
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
      const { isFirstInLine } = await store.openFeed({ ...query, id, actor: actorOf(principal) });
      try {
        const received = await receiveFeedRows(store, { ...query, id, isFirstInLine }, upload);
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
