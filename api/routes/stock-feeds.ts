import {
  feedList,
  feedMediaTypes,
  feedOut,
  feedParams,
  feedReceivedOut,
  feedsQuery,
  feedUploadQuery,
} from '../contract/stock-feeds';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Stock feeds';

export const stockFeedOperations = ({ stockFeeds }: Services): Operation[] => [
  defineOperation({
    id: 'receiveFeed',
    tag,
    summary: 'Stock levels of a location, as one file of any length',
    description:
      'Columns or fields: sku, quantity and perhaps unsellable. The same feed again (by reference, or by content and ' +
      'takenAt) changes nothing. A row that is wrong is told in the report and spoils only itself; a file that is ' +
      'cut, or is not what it says, is refused whole. Applied in the background.',
    method: 'post',
    path: '/v1/stock/feeds',
    query: feedUploadQuery,
    upload: feedMediaTypes,
    responses: { 202: { description: 'It was read whole and will be applied', schema: feedReceivedOut } },
    handle: async ({ principal, query, upload }) => ({
      status: 202,
      body: await stockFeeds.receive(principal, query, upload!),
    }),
  }),
  defineOperation({
    id: 'listFeeds',
    tag,
    summary: 'Feeds, the newest first',
    method: 'get',
    path: '/v1/stock/feeds',
    query: feedsQuery,
    responses: { 200: { description: 'A page of feeds', schema: feedList } },
    handle: async ({ query }) => ({ status: 200, body: await stockFeeds.list(query) }),
  }),
  defineOperation({
    id: 'findFeed',
    tag,
    summary: 'How far a feed is',
    method: 'get',
    path: '/v1/stock/feeds/{id}',
    params: feedParams,
    responses: { 200: { description: 'The feed with its counts', schema: feedOut } },
    handle: async ({ params }) => ({ status: 200, body: await stockFeeds.find(params.id) }),
  }),
  defineOperation({
    id: 'readFeedReport',
    tag,
    summary: 'What became of each row of a feed',
    description:
      'CSV: line, sku, outcome (applied, unchanged, refused, pending), onHand and unsellable before and after, reason. ' +
      'SKUs that a full feed did not name come last, without a line.',
    method: 'get',
    path: '/v1/stock/feeds/{id}/report',
    params: feedParams,
    responses: { 200: { description: 'A row for each row', files: ['text/csv'] } },
    handle: async ({ params }) => ({
      status: 200,
      file: { mediaType: 'text/csv', name: `${params.id}.csv`, body: await stockFeeds.report(params.id) },
    }),
  }),
];
