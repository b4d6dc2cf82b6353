import { z } from 'zod';
import { feedModes } from '../../domain/stock/feed';
import { listOf, paging } from './list';
import { instant, locationId, ourId, reference } from './text';

export const feedMediaTypes = ['text/csv', 'application/json', 'application/x-ndjson'];

export const feedUploadQuery = z.strictObject({
  locationId,
  mode: z.enum(feedModes).meta({
    description: 'full: what is there, and nothing else is; delta: what has come, or (negative) gone',
  }),
  takenAt: instant.meta({ description: 'When the figures were true (RFC 3339)' }),
  reference: reference()
    .optional()
    .meta({ description: 'Names the feed: the same reference again is the same feed' }),
});
export type FeedUploadQuery = z.output<typeof feedUploadQuery>;

export const feedOut = z
  .object({
    id: z.string(),
    locationId: z.string(),
    mode: z.enum(feedModes),
    takenAt: z.string(),
    reference: z.string().nullable(),
    actor: z.string(),
    state: z
      .enum(['accepted', 'applying', 'applied'])
      .meta({ description: 'accepted: waits for the feeds of the location before it' }),
    rows: z.object({ read: z.int(), applied: z.int(), unchanged: z.int(), refused: z.int() }),
    unnamed: z.int().meta({ description: 'SKUs that a full feed did not name and that were taken off' }),
    remark: z.string().nullable(),
    receivedAt: z.string(),
    appliedAt: z.string().nullable(),
    rowsForgottenAt: z
      .string()
      .nullable()
      .meta({ description: 'Since when its rows and their report are gone; null while they can be read' }),
  })
  .meta({ id: 'StockFeed' });

export const feedReceivedOut = z.object({ outcome: z.enum(['accepted', 'duplicate']), feed: feedOut });
export const feedList = listOf(feedOut);
export const feedsQuery = z.strictObject({ ...paging, locationId: locationId.optional() });
export const feedParams = z.object({ id: ourId });
