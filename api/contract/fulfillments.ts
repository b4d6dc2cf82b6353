import { z } from 'zod';
import { fulfillmentModes } from '../../domain/shipping/fulfillment-actions';
import { addressOut } from './address';
import { listOf, paging } from './list';
import { rejectionCodes, rejectionText } from './rejection';
import { line, locationId, ourId, sku } from './text';

const nullableInstant = z.string().nullable();

export const packageOut = z
  .object({
    id: z.string(),
    position: z.int(),
    type: z.string(),
    weightGrams: z.int(),
    lines: z.array(z.object({ lineId: z.string(), quantity: z.int() })),
    sscc: z.string(),
    carrier: z.string().nullable(),
    trackingNumber: z.string().nullable(),
    trackingUrl: z.string().nullable(),
    labelDocumentId: z.string().nullable(),
    status: z.string(),
    statusAt: nullableInstant,
  })
  .meta({ id: 'Package' });

export const chosenServiceOut = z
  .object({ carrier: z.string(), service: z.string() })
  .nullable()
  .meta({ description: 'The service that was chosen with the location, by the rules; it is booked first' });

export const documentSummaryOut = z
  .object({ id: z.string(), kind: z.string(), title: z.string(), createdAt: z.string() })
  .meta({ id: 'DocumentSummary' });

export const fulfillmentOut = z
  .object({
    id: z.string(),
    orderId: z.string(),
    orderNumber: z.string(),
    channel: z.string(),
    customerName: z.string(),
    locationId: z.string(),
    mode: z.enum(fulfillmentModes),
    pickupLocationId: z
      .string()
      .nullable()
      .meta({ description: 'Of `shipToStore`: the store that it is sent to, where the customer collects' }),
    status: z.string(),
    placedAt: z.string(),
    releasedAt: nullableInstant,
    actBefore: nullableInstant,
    rejectReason: z.string().nullable(),
    packedAt: nullableInstant,
    shippedAt: nullableInstant,
    arrivedAt: nullableInstant.meta({ description: 'When it came to the store at which it is collected' }),
    deliveredAt: nullableInstant,
    destination: z
      .string()
      .nullable()
      .meta({ description: "Which of the order's destinations it goes to; null: its own address" }),
    recipient: addressOut,
    shippingMethod: z.string(),
    service: chosenServiceOut,
    lines: z.array(
      z.object({
        lineId: z.string(),
        sku: z.string(),
        title: z.string(),
        quantity: z.int(),
        gtin: z.string().nullable(),
      }),
    ),
    packages: z.array(packageOut),
    documents: z.array(documentSummaryOut),
    allowedActions: z.array(z.string()),
  })
  .meta({ id: 'Fulfillment' });
export const fulfillmentList = listOf(fulfillmentOut);

export const fulfillmentParams = z.strictObject({ id: ourId });
export const fulfillmentsQuery = z.strictObject({
  ...paging,
  locationId: locationId.optional(),
  pickupLocationId: locationId
    .optional()
    .meta({ description: 'What is sent to this store to be collected there' }),
  status: line(50).optional(),
});
export type FulfillmentsQuery = z.output<typeof fulfillmentsQuery>;

const packedLine = z
  .strictObject({
    lineId: ourId.optional(),
    sku: sku.optional().meta({ description: 'Instead of lineId, where one line alone has it' }),
    quantity: z.int().min(1).max(100_000),
  })
  .refine((packed) => (packed.lineId === undefined) !== (packed.sku === undefined), {
    message: 'Name the line by lineId, or by sku',
  });

export const packBody = z
  .strictObject({
    packages: z
      .array(
        z.strictObject({
          type: line(50),
          weightGrams: z.int().min(1).max(10_000_000),
          lines: z.array(packedLine).min(1).max(500),
        }),
      )
      .min(1)
      .max(100),
  })
  .meta({ id: 'PackInput' });
export type PackBody = z.output<typeof packBody>;

const ownParcel = z.strictObject({
  carrier: line(50),
  trackingNumber: line(100),
  trackingUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
  lines: z
    .array(packedLine)
    .min(1)
    .max(500)
    .optional()
    .meta({ description: 'What is in it; may be left out of the only parcel' }),
});

export const shipBody = z
  .strictObject({
    packages: z
      .array(ownParcel)
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'Of a supplier that ships with a carrier of its own' }),
  })
  .meta({ id: 'ShipInput' });
export type ShipBody = z.output<typeof shipBody>;

const piecesNotGood = z.int().min(0).max(100_000).optional();

export const arriveBody = z
  .strictObject({
    lines: z
      .array(z.strictObject({ lineId: ourId, damaged: piecesNotGood, missing: piecesNotGood }))
      .min(1)
      .max(500)
      .optional()
      .meta({ description: 'Of which some came damaged or not at all; lines that are left out came whole' }),
  })
  .meta({ id: 'ArriveInput' });
export type ArriveBody = z.output<typeof arriveBody>;

export const collectBody = z.strictObject({ code: line(50) }).meta({ id: 'CollectInput' });

export const rejectBody = z
  .strictObject({
    reason: line(500).meta({
      description: `One of ${rejectionCodes}; anything else is taken as free words`,
      examples: ['outOfStock', 'the roof leaks'],
    }),
    text: rejectionText,
    lineIds: z
      .array(ourId)
      .min(1)
      .max(500)
      .optional()
      .meta({ description: 'Whose pieces are missing or damaged; all when left out' }),
  })
  .meta({ id: 'RejectInput' });
export type RejectBody = z.output<typeof rejectBody>;
