import { z } from 'zod';
import { purchaseOrderActions, purchaseOrderStatuses } from '../../domain/purchasing/purchase-order-actions';
import { calendar } from './location-facts';
import { listOf, paging } from './list';
import { currency, money, moneyOut } from './money';
import { instant, line, locationId, prose, reference, sku } from './text';

const pieces = z.int().min(1).max(1_000_000);
const nothingOrMore = z.int().min(0).max(1_000_000);
const supplierId = reference(100).meta({ examples: ['weaving-mill'] });

const supplierCalendar = calendar.meta({
  id: 'SupplierCalendar',
  description:
    'When it works; every day when left out. What is ordered before the cut-off is taken up the same day',
});

export const supplierParams = z.strictObject({ id: supplierId });
export const supplierBody = z
  .strictObject({
    name: line(),
    email: z.email().max(254).optional().meta({ description: 'Where purchase orders are sent' }),
    locale: line(35)
      .default('en')
      .meta({ description: 'BCP 47, of what is sent', examples: ['it-IT'] }),
    locationId: locationId.optional().meta({ description: 'The location that it is, when it ships for us' }),
    currency,
    leadTimeDays: z
      .int()
      .min(0)
      .max(3650)
      .meta({ description: 'From sending an order to its arrival; days of work where there is a calendar' }),
    calendar: supplierCalendar.optional(),
    overPercent: z
      .int()
      .min(0)
      .max(100)
      .default(10)
      .meta({ description: 'Pieces beyond what is expected that are still taken in, in percent' }),
  })
  .meta({ id: 'SupplierInput' });
export type SupplierBody = z.output<typeof supplierBody>;

export const supplierOut = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    locale: z.string(),
    locationId: z.string().nullable(),
    currency: z.string(),
    leadTimeDays: z.int(),
    calendar: supplierCalendar.optional(),
    overPercent: z.int(),
  })
  .meta({ id: 'Supplier' });
export const supplierList = listOf(supplierOut);

export const supplierItemParams = z.strictObject({ id: supplierId, sku });
export const supplierItemBody = z
  .strictObject({
    supplierSku: reference(100).optional(),
    cost: money.optional().meta({ description: 'Of one piece, in the currency of the supplier' }),
    packSize: pieces.default(1),
    minimumQuantity: pieces.default(1),
  })
  .meta({ id: 'SupplierItemInput' });
export type SupplierItemBody = z.output<typeof supplierItemBody>;

const itemOut = {
  sku: z.string(),
  supplierSku: z.string().nullable(),
  cost: moneyOut.nullable(),
  packSize: z.int(),
  minimumQuantity: z.int(),
};
export const supplierItemOut = z.object(itemOut).meta({ id: 'SupplierItem' });
export const supplierItemList = listOf(
  z.object({ ...itemOut, title: z.string() }).meta({ id: 'ListedSupplierItem' }),
);
export const supplierPaging = z.strictObject(paging);

const lines = <Line extends z.ZodType>(item: Line) => z.array(item).min(1).max(1000);

export const purchaseOrderParams = z.strictObject({ id: line(300) });
export const anyway = prose(500)
  .optional()
  .meta({
    description:
      'Why a quantity is ordered that does not fit the minimum and the packs of the supplier. Without a reason it is ' +
      'refused; the reason is kept with the line',
  });
const orderedLines = lines(
  z.strictObject({
    sku,
    quantity: pieces,
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
    lines: lines(z.strictObject({ sku, quantity: pieces })),
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
        quantity: pieces.meta({ description: 'All that came, the damaged ones among them' }),
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
