import { z } from 'zod';
import { parcelStatuses } from '../../ports/carrier';
import { whyNotKept } from '../kept-json';
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
  .superRefine((notice, context) => {
    const why = whyNotKept(notice);
    if (why) context.addIssue({ code: 'custom', message: why.detail, path: [...why.path] });
  })
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
