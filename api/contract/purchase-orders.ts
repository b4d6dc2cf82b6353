import { z } from 'zod';
import { purchaseOrderActions, purchaseOrderStatuses } from '../../domain/purchasing/purchase-order-actions';
import { listOf, paging } from './list';
import { money, moneyOut } from './money';
import { boughtPieces, supplierId } from './suppliers';
import { instant, line, locationId, prose, reference, sku } from './text';

const nothingOrMore = z.int().min(0).max(1_000_000);

const lines = <Line extends z.ZodType>(item: Line) => z.array(item).min(1).max(1000);

export const purchaseOrderParams = z.strictObject({ id: line(300) });
export const anyway = prose(500)
  .optional()
  .meta({
    description:
      'Why something is ordered that the supplier does not list, or in a quantity that does not fit its minimum and ' +
      'packs. Without a reason it is refused; the reason is kept with the line',
  });
const orderedLines = lines(
  z.strictObject({
    sku,
    quantity: boughtPieces,
    unitCost: money.optional().meta({ description: "Left out: the cost of the supplier's item" }),
    anyway,
  }),
);
export const purchaseOrderBody = z
  .strictObject({
    supplierId,
    locationId: locationId.meta({ description: 'Where the goods are to come' }),
    lines: orderedLines,
    expectedAt: instant.optional().meta({ description: "Left out: the supplier's lead time after sending" }),
    reference: reference().optional(),
  })
  .meta({ id: 'PurchaseOrderInput' });
export type PurchaseOrderBody = z.output<typeof purchaseOrderBody>;

export const draftBody = z
  .strictObject({
    version: z.int().min(1).meta({ description: 'The version of the draft that you looked at' }),
    lines: orderedLines.meta({
      description: 'All lines. A cost that is left out stays, and of a new line is that of the item',
    }),
    expectedAt: instant.optional().meta({ description: "Left out: the supplier's lead time after sending" }),
    reference: reference().optional(),
  })
  .meta({ id: 'PurchaseOrderDraft' });
export type DraftBody = z.output<typeof draftBody>;

export const sendBody = z
  .strictObject({
    version: z.int().min(1).optional().meta({
      description: 'The version of the draft that you looked at; another one is not sent (409)',
    }),
    to: z.email().max(254).nullable().optional().meta({
      description: 'The address that you saw it goes to, null: none; another one is not written to (409)',
    }),
  })
  .meta({ id: 'SendPurchaseOrderInput' });
export type SendBody = z.output<typeof sendBody>;

export const confirmBody = z
  .strictObject({
    lines: z
      .array(
        z.strictObject({
          sku,
          quantity: nothingOrMore.meta({ description: 'All that will come, what has come among it' }),
          expectedAt: instant.optional(),
        }),
      )
      .max(1000)
      .default([])
      .meta({ description: 'What is not as it was ordered; nothing: all of it is' }),
  })
  .meta({ id: 'PurchaseOrderConfirmation' });
export type ConfirmBody = z.output<typeof confirmBody>;

export const noticeBody = z
  .strictObject({
    lines: lines(
      z.strictObject({
        sku,
        quantity: boughtPieces,
        anyway: prose(500)
          .optional()
          .meta({
            description:
              "Why more is announced than was ordered and the supplier's overPercent tolerates. Without a reason it is " +
              'refused; the reason is kept with the notice',
          }),
      }),
    ),
    expectedAt: instant,
    reference: reference().optional(),
  })
  .meta({ id: 'AdvanceShipNotice' });
export type NoticeBody = z.output<typeof noticeBody>;

export const receiveBody = z
  .strictObject({
    lines: lines(
      z.strictObject({
        sku,
        quantity: boughtPieces.meta({ description: 'All that came, the damaged ones among them' }),
        damaged: nothingOrMore.default(0),
      }),
    ),
    reference: reference().optional().meta({ description: 'Of the delivery note' }),
  })
  .meta({ id: 'PurchaseReceipt' });
export type ReceiveBody = z.output<typeof receiveBody>;

export const giveUpBody = z.strictObject({ reason: prose(500).optional() });

const status = z.enum(purchaseOrderStatuses);
export const purchaseOrdersQuery = z.strictObject({
  ...paging,
  status: status.optional(),
  supplierId: supplierId.optional(),
  locationId: locationId.optional(),
});

const summary = {
  id: z.string(),
  number: z.string(),
  status,
  supplierId: z.string(),
  supplierName: z.string(),
  locationId: z.string(),
  locationName: z.string(),
  pieces: z.int(),
  open: z.int().meta({ description: 'Expected and not come' }),
  expectedAt: z.string().nullable().meta({ description: 'When the next pieces should come' }),
  createdAt: z.string(),
};
export const purchaseOrderList = listOf(z.object(summary).meta({ id: 'PurchaseOrderSummary' }));

export const purchaseOrderOut = z
  .object({
    ...summary,
    reference: z.string().nullable(),
    currency: z.string(),
    total: moneyOut.nullable().meta({ description: 'Null while a cost is not known' }),
    createdBy: z.string(),
    version: z.int().meta({ description: 'Grows with each change of the draft' }),
    lines: z.array(
      z.object({
        sku: z.string(),
        title: z.string(),
        quantity: z.int(),
        unitCost: moneyOut.nullable(),
        anyway: z.string().nullable().meta({
          description: 'Why it was ordered in a quantity that the supplier does not sell',
        }),
        expected: z.int().meta({ description: 'In all, by what the supplier said last' }),
        open: z.int(),
        received: z.int(),
        damaged: z.int(),
        over: z.int().meta({ description: 'Received beyond what was expected' }),
        supplies: z.array(z.object({ quantity: z.int(), expectedAt: z.string(), isOnItsWay: z.boolean() })),
      }),
    ),
    receipts: z.array(
      z.object({
        sku: z.string(),
        quantity: z.int(),
        damaged: z.int(),
        over: z.int(),
        reference: z.string().nullable(),
        at: z.string(),
      }),
    ),
    events: z.array(
      z.object({
        type: z.string(),
        at: z.string(),
        actor: z.string(),
        data: z.record(z.string(), z.unknown()),
      }),
    ),
    allowedActions: z.array(z.enum(purchaseOrderActions)),
  })
  .meta({ id: 'PurchaseOrder' });

export const purchaseDocumentQuery = z.strictObject({ format: z.enum(['pdf', 'csv']).default('pdf') });
