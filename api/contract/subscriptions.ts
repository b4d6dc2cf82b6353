import { z } from 'zod';
import { listOf, paging } from './list';
import { locationId } from './text';

const secret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]{32,120}={0,2}$/, 'whsec_ and at least 24 bytes in base64')
  .meta({ description: 'Standard Webhooks secret; made here when left out' });

export const subscriptionBody = z
  .strictObject({
    url: z.url({ protocol: /^https?$/, error: 'Must be a http:// or https:// address' }).max(2000),
    secret: secret.optional(),
    events: z.array(z.literal('availability')).min(1).max(1),
    locations: z
      .array(locationId)
      .min(1)
      .max(1000)
      .optional()
      .meta({ description: 'Only what these can supply; left out: all' }),
  })
  .meta({ id: 'SubscriptionInput' });
export type SubscriptionBody = z.output<typeof subscriptionBody>;

const fields = {
  channel: z.string(),
  url: z.string(),
  events: z.array(z.literal('availability')),
  locations: z.array(z.string()).nullable().meta({ description: 'null: all that can supply' }),
  sequence: z.int().meta({ description: 'Of the newest message that was tried' }),
  walk: z
    .enum(['changes', 'snapshot'])
    .nullable()
    .meta({ description: 'Under way over all SKUs: to tell what differs, or everything' }),
  failures: z.int().meta({ description: 'Refused messages in a row' }),
  retryAt: z.string().nullable(),
  lastError: z.string().nullable(),
  lastDeliveredAt: z.string().nullable(),
};

export const subscriptionOut = z.object(fields).meta({ id: 'Subscription' });
export const subscriptionSavedOut = z
  .object({
    ...fields,
    secret: z.string().optional().meta({ description: 'Told once, when it is new' }),
  })
  .meta({ id: 'SavedSubscription' });

export const deliveriesQuery = z.strictObject(paging);
export const deliveryList = listOf(
  z
    .object({
      sequence: z.int(),
      kind: z.enum(['changes', 'snapshot']),
      items: z.int(),
      sentAt: z.string(),
      deliveredAt: z.string().nullable().meta({ description: 'null: it was not taken, as far as we know' }),
      error: z.string().nullable(),
    })
    .meta({ id: 'Delivery' }),
);
