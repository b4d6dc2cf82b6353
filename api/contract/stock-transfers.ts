import { z } from 'zod';
import { stockTransferStates } from '../../domain/stock/transfer';
import { listOf, paging } from './list';
import { rejectionCodes, rejectionText } from './rejection';
import { instant, line, locationId, ourId, reference, sku } from './text';

const pieces = z.int().min(1).max(1_000_000);
const eachSkuOnce = (lines: readonly { sku: string }[]): boolean =>
  new Set(lines.map((each) => each.sku)).size === lines.length;

export const stockTransferBody = z
  .strictObject({
    id: reference(100)
      .optional()
      .meta({ description: 'Names the transfer; the same id with the same content is the same transfer' }),
    fromLocationId: locationId,
    toLocationId: locationId,
    lines: z
      .array(z.strictObject({ sku, quantity: pieces }))
      .min(1)
      .max(500)
      .refine(eachSkuOnce, 'A SKU is named twice: give its pieces in one line'),
    expectedAt: instant.optional(),
    reference: reference().optional(),
  })
  .refine((body) => body.fromLocationId !== body.toLocationId, {
    path: ['toLocationId'],
    message: 'Must be another location than the one it comes from',
  })
  .meta({ id: 'StockTransferInput' });
export type StockTransferBody = z.output<typeof stockTransferBody>;

export const stockTransferParams = z.strictObject({ id: ourId });
export const shipTransferBody = z
  .strictObject({ expectedAt: instant.optional() })
  .meta({ id: 'ShipStockTransferInput' });
export const cancelTransferBody = z
  .strictObject({
    reason: line(500)
      .optional()
      .meta({
        description: `One of ${rejectionCodes}, as of work that is refused; anything else is taken as free words`,
        examples: ['outOfStock', 'sold here'],
      }),
    text: rejectionText,
    skus: z
      .array(sku)
      .min(1)
      .max(500)
      .optional()
      .meta({ description: 'What of it is missing or damaged; needed where it has several SKUs' }),
  })
  .meta({ id: 'CancelStockTransferInput' });
export type CancelTransferBody = z.output<typeof cancelTransferBody>;

export const receiveTransferBody = z
  .strictObject({
    lines: z
      .array(
        z
          .strictObject({
            sku,
            quantity: z
              .int()
              .min(0)
              .max(1_000_000)
              .meta({ description: 'All that arrived of what was sent, damaged ones included' }),
            damaged: z.int().min(0).max(1_000_000).optional(),
            surplus: z.int().min(0).max(1_000_000).optional().meta({
              description:
                'Arrived beyond what was sent: on hand here now. The sender has so many fewer than it thinks: have it count',
            }),
          })
          .refine(({ quantity, surplus = 0 }) => quantity + surplus > 0, {
            path: ['quantity'],
            message: 'Nothing arrived of it: leave it out',
          }),
      )
      .max(500)
      .default([]),
    close: z
      .strictObject({ reason: line(500) })
      .optional()
      .meta({ description: 'Nothing more will come: what is missing is written off as lost' }),
  })
  .refine((body) => body.lines.length > 0 || body.close !== undefined, {
    path: ['lines'],
    message: 'Say what arrived, or close the transfer',
  })
  .meta({ id: 'ReceiveStockTransferInput' });
export type ReceiveTransferBody = z.output<typeof receiveTransferBody>;

const nullableText = z.string().nullable();

export const stockTransferOut = z
  .object({
    id: z.string(),
    fromLocationId: z.string(),
    toLocationId: z.string(),
    orderId: nullableText.meta({ description: 'The internal order whose goods they are' }),
    fulfillmentId: nullableText,
    status: z.enum(stockTransferStates),
    expectedAt: nullableText,
    reference: nullableText,
    requestedAt: z.string(),
    requestedBy: z.string(),
    shippedAt: nullableText,
    shippedBy: nullableText,
    closedAt: nullableText.meta({ description: 'Received whole, closed short, or cancelled' }),
    closedBy: nullableText,
    closeReason: nullableText,
    lines: z.array(
      z.object({
        sku: z.string(),
        title: z.string(),
        quantity: z.int(),
        received: z.int().meta({ description: 'Damaged ones included' }),
        damaged: z.int(),
        lost: z.int(),
        surplus: z.int().meta({ description: 'Arrived beyond what was sent' }),
      }),
    ),
    allowedActions: z.array(z.string()),
  })
  .meta({ id: 'StockTransfer' });
export const stockTransferList = listOf(stockTransferOut);
export const stockTransferQuery = z.strictObject({
  ...paging,
  status: z.enum(stockTransferStates).optional(),
  locationId: locationId.optional().meta({ description: 'Where they come from or go to' }),
});
