import { z } from 'zod';
import { movementTypes } from '../../domain/stock/movement';
import { country } from './address';
import { listOf, paging, repeated } from './list';
import { instant, line, locationId, reference, sku } from './text';

const pieces = z.int().min(1).max(1_000_000);
const place = { sku, locationId };
const why = { reason: line().optional(), reference: reference().optional() };

const movement = z
  .discriminatedUnion('type', [
    z.strictObject({ ...place, type: z.literal('receipt'), quantity: pieces, ...why }),
    z.strictObject({ ...place, type: z.literal('count'), quantity: z.int().min(0).max(1_000_000), ...why }),
    z.strictObject({
      ...place,
      type: z.literal('adjustment'),
      quantity: z
        .int()
        .min(-1_000_000)
        .max(1_000_000)
        .refine((quantity) => quantity !== 0, 'Must not be 0'),
      ...why,
    }),
    z.strictObject({
      ...place,
      type: z.literal('transfer'),
      quantity: pieces,
      toLocationId: locationId,
      ...why,
    }),
  ])
  .meta({
    id: 'StockMovement',
    description: `What happened to the pieces of a SKU at a location: ${movementTypes.join(', ')}`,
  });

export const movementsBody = z.strictObject({ movements: z.array(movement).min(1).max(1000) });
export type MovementsBody = z.output<typeof movementsBody>;

export const stockOut = z
  .object({
    sku: z.string(),
    locationId: z.string(),
    onHand: z.int(),
    unsellable: z.int(),
    reserved: z.int(),
    allocated: z.int(),
    safetyStock: z.int(),
    incoming: z.int(),
    available: z.int(),
  })
  .meta({ id: 'StockLevel' });

/** One answer for each entry, in their order. */
export const entriesOut = z
  .object({
    results: z.array(
      z.object({
        index: z.int(),
        outcome: z.enum(['done', 'duplicate', 'refused']),
        detail: z.string().optional(),
        stock: z.array(stockOut).optional(),
      }),
    ),
  })
  .meta({ id: 'EntryResults' });

export const incomingBody = z.strictObject({
  incoming: z
    .array(
      z.strictObject({ ...place, quantity: pieces, expectedAt: instant, reference: reference().optional() }),
    )
    .min(1)
    .max(1000),
});
export type IncomingBody = z.output<typeof incomingBody>;

export const safetyBody = z.strictObject({
  items: z
    .array(z.strictObject({ ...place, safetyStock: z.int().min(0).max(1_000_000) }))
    .min(1)
    .max(1000),
});
export type SafetyBody = z.output<typeof safetyBody>;

export const stockQuery = z.strictObject({
  ...paging,
  sku: sku.optional(),
  locationId: locationId.optional(),
});
export const stockList = listOf(stockOut);

export const availabilityQuery = z.strictObject({
  sku: repeated(sku, 200),
  country: country.optional(),
  postalCode: line(20).optional(),
});
export type AvailabilityQuery = z.output<typeof availabilityQuery>;

export const availabilityOut = z
  .object({
    items: z.array(
      z.object({
        sku: z.string(),
        available: z.int(),
        locations: z.array(
          z.object({
            locationId: z.string(),
            type: z.string(),
            available: z.int(),
            capabilities: z.array(z.string()),
            distanceKm: z.number().optional(),
          }),
        ),
        incoming: z.array(z.object({ locationId: z.string(), quantity: z.int(), expectedAt: z.string() })),
      }),
    ),
  })
  .meta({ id: 'Availability' });
