import { z } from 'zod';
import { listOf, paging } from './list';
import { channelCode, line, locationId, reference, sku } from './text';

export const bufferParams = z.strictObject({ id: reference(100) });
export const bufferBody = z
  .strictObject({
    channel: channelCode.optional(),
    locationId: locationId.optional(),
    category: line().optional(),
    sku: sku.optional(),
    pieces: z.int().min(0).max(1_000_000),
  })
  .refine((body) => body.category === undefined || body.sku === undefined, {
    path: ['category'],
    message: 'Name a SKU or a category, not both',
  })
  .meta({ id: 'ChannelBufferInput' });
export type BufferBody = z.output<typeof bufferBody>;

export const bufferOut = z
  .object({
    id: z.string(),
    channel: z.string().optional(),
    locationId: z.string().optional(),
    category: z.string().optional(),
    sku: z.string().optional(),
    pieces: z.int(),
    updatedAt: z.string(),
    updatedBy: z.string(),
  })
  .meta({ id: 'ChannelBuffer' });
export const bufferList = listOf(bufferOut);
export const bufferQuery = z.strictObject(paging);
