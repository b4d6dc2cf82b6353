import { z } from 'zod';
import { parcelStatuses } from '../../ports/carrier';
import { listOf, paging } from './list';
import { instant, line, prose, reference } from './text';

/** What carriers and payment providers tell us. */
export const carrierParams = z.strictObject({ code: reference(50) });
export const carrierEventsBody = z
  .strictObject({
    events: z
      .array(
        z.strictObject({
          id: reference(),
          trackingNumber: reference(100),
          status: z.enum(parcelStatuses),
          occurredAt: instant,
          description: prose(500).optional(),
        }),
      )
      .min(1)
      .max(500),
  })
  .meta({ id: 'CarrierEvents' });
export type CarrierEventsBody = z.output<typeof carrierEventsBody>;

export const carrierEventsOut = z
  .object({
    results: z.array(
      z.object({ index: z.int(), id: z.string(), outcome: z.string(), detail: z.string().optional() }),
    ),
  })
  .meta({ id: 'CarrierEventResults' });

export const providerParams = z.strictObject({ provider: reference(50) });
export const paymentNoticeBody = z
  .looseObject({ type: line(100) })
  .refine(canBeKept, 'Must not be nested deeper than 50, nor contain U+0000 or half a surrogate pair')
  .meta({ id: 'PaymentNotice', description: 'As the provider sends it' });
export const paymentNoticeOut = z.object({ outcome: z.enum(['recorded', 'duplicate']) });

/** Notices that only a person can put right. */
export const findingsQuery = z.strictObject(paging);
export const findingList = listOf(
  z
    .object({
      provider: z.string(),
      noticeId: z.string(),
      type: z.string(),
      finding: z.string(),
      orderId: z.string().nullable(),
      orderNumber: z.string().nullable(),
      receivedAt: z.string(),
    })
    .meta({ id: 'PaymentFinding' }),
);
export const findingParams = z.strictObject({ provider: reference(50), noticeId: reference() });
export const findingResolvedOut = z.object({
  provider: z.string(),
  noticeId: z.string(),
  outcome: z.literal('resolved'),
});

export const documentParams = z.strictObject({ id: line(300) });
export const documentQuery = z.strictObject({ format: z.enum(['pdf', 'zpl']).optional() });

const deepest = 50;

/** What comes from outside in a shape of its own is kept as it is: the database must be able to. */
function canBeKept(value: unknown): boolean {
  const open: { part: unknown; depth: number }[] = [{ part: value, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { part, depth } = next;
    if (depth > deepest) return false;
    if (typeof part === 'string' && !isStorable(part)) return false;
    if (typeof part !== 'object' || part === null) continue;
    for (const [key, inner] of Object.entries(part)) {
      if (!isStorable(key)) return false;
      open.push({ part: inner, depth: depth + 1 });
    }
  }
  return true;
}

const isStorable = (text: string): boolean => !/\u0000|\p{Surrogate}/u.test(text);
