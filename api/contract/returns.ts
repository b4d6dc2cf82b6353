import { z } from 'zod';
import { moneyOut } from './money';
import { line, locationId, ourId } from './text';

const nullableInstant = z.string().nullable();
const pieces = z.int().min(1).max(100_000);

export const returnBody = z
  .strictObject({
    orderId: ourId,
    lines: z
      .array(z.strictObject({ lineId: ourId, quantity: pieces, reason: line(500) }))
      .min(1)
      .max(500),
    mode: z.enum(['parcel', 'store', 'keep']),
    refundTo: z.enum(['tenders', 'storeCredit']),
  })
  .meta({ id: 'ReturnInput' });
export type ReturnBody = z.output<typeof returnBody>;

export const returnParams = z.strictObject({ id: ourId });

export const inspectBody = z
  .strictObject({
    lines: z
      .array(
        z.strictObject({
          lineId: ourId,
          quantity: pieces,
          outcome: z.enum(['restock', 'unsellable', 'rejected']),
        }),
      )
      .min(1)
      .max(500),
  })
  .meta({ id: 'InspectionInput' });
export type InspectBody = z.output<typeof inspectBody>;

export const returnOut = z
  .object({
    id: z.string(),
    orderId: z.string(),
    mode: z.enum(['parcel', 'store', 'keep']),
    refundTo: z.enum(['tenders', 'storeCredit']),
    status: z.string(),
    cause: z.string(),
    locationId: z.string().nullable(),
    refund: moneyOut.nullable(),
    labelDocumentId: z.string().nullable(),
    trackingNumber: z.string().nullable(),
    requestedAt: z.string(),
    receivedAt: nullableInstant,
    inspectedAt: nullableInstant,
    refundedAt: nullableInstant,
    lines: z.array(
      z.object({
        lineId: z.string(),
        sku: z.string(),
        quantity: z.int(),
        reason: z.string(),
        restocked: z.int(),
        unsellable: z.int(),
        rejected: z.int(),
      }),
    ),
    allowedActions: z.array(z.string()),
  })
  .meta({ id: 'Return' });

export const receiveBody = z
  .strictObject({ locationId: locationId.optional().meta({ description: 'Where the goods arrived' }) })
  .meta({ id: 'ReceiptInput' });
