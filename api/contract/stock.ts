import { z } from 'zod';
import { movementTypes } from '../../domain/stock/movement';
import { country } from './address';
import { offeredOut } from './alternatives';
import { promiseOut } from './promise';
import { listOf, paging, repeated } from './list';
import { channelCode, day, instant, line, locationId, reference, sku } from './text';

const pieces = z.int().min(1).max(1_000_000);
const place = { sku, locationId };
const why = { reason: line().optional(), reference: reference().optional() };

const movement = z
  .discriminatedUnion('type', [
    z.strictObject({ ...place, type: z.literal('receipt'), quantity: pieces, ...why }),
    z.strictObject({
      ...place,
      type: z.literal('count'),
      quantity: z.int().min(0).max(1_000_000),
      version: z
        .int()
        .min(0)
        .optional()
        .meta({ description: 'Of the stock that was counted; the count is stale when it has changed since' }),
      ...why,
    }),
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
    z.strictObject({
      ...place,
      type: z.enum(['quarantine', 'reinstate', 'scrap']),
      quantity: pieces,
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
    version: z.int().meta({ description: 'Grows with each change of onHand or unsellable' }),
  })
  .meta({ id: 'StockLevel' });

const signed = z.int().meta({ description: 'Pieces added; negative: taken away' });

export const ledgerEntryOut = z
  .object({
    id: z.int(),
    sku: z.string(),
    locationId: z.string(),
    cause: z.string(),
    onHand: signed,
    unsellable: signed,
    reserved: signed,
    allocated: signed,
    incoming: signed,
    safetyStock: signed,
    version: z.int().nullable().meta({ description: 'Of the stock after a change of onHand or unsellable' }),
    actor: z.string(),
    key: z.string().meta({ description: 'Names the intent' }),
    orderId: z.string().nullable(),
    reason: z.string().nullable(),
    reference: z
      .string()
      .nullable()
      .meta({ description: 'The document behind it: purchase order, fulfillment, return, transfer' }),
    at: z.string(),
  })
  .meta({ id: 'StockLedgerEntry' });

export const ledgerQuery = z.strictObject({
  ...paging,
  sku: sku.optional(),
  locationId: locationId.optional(),
  from: instant.optional(),
});
export const ledgerList = listOf(ledgerEntryOut);

/** One answer for each entry, in their order. */
export const entriesOut = z
  .object({
    results: z.array(
      z.object({
        index: z.int(),
        outcome: z.enum(['done', 'duplicate', 'refused', 'stale']),
        detail: z.string().optional(),
        stock: z.array(stockOut).optional(),
        changes: z
          .array(ledgerEntryOut)
          .optional()
          .meta({ description: 'Of what is stale: what was changed since, the newest first' }),
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

const keptBack = z.int().min(0).max(1_000_000);
export const safetyBody = z.strictObject({
  items: z
    .array(
      z.strictObject({
        ...place,
        safetyStock: keptBack,
        was: keptBack
          .optional()
          .meta({ description: 'What was kept back when you looked: stale when it is another by now' }),
      }),
    )
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

export const pastStockQuery = z.strictObject({
  sku: repeated(sku, 200),
  at: instant.meta({ description: 'After the last change of these SKUs that is not younger' }),
});
export const pastStockOut = z.object({
  items: z
    .array(z.object({ sku: z.string(), locationId: z.string(), available: z.int() }))
    .meta({ description: 'Places that were known by then' }),
});

export const availabilityQuery = z.strictObject({
  sku: repeated(sku, 200),
  at: z
    .union([instant, day])
    .optional()
    .meta({
      description: 'Also tell what can be sold by then; a date means until its end in UTC',
      examples: ['2026-12-01'],
    }),
  country: country.optional(),
  channel: channelCode
    .optional()
    .meta({ description: 'What this channel may sell; default: that of the key, if it has one' }),
  postalCode: line(20)
    .optional()
    .meta({
      description:
        'Of the destination: with the country it decides the zone of a tariff, and so the days in transit. Who can ' +
        'supply it does not depend on it: locations have no service areas',
    }),
  service: line(100)
    .optional()
    .meta({
      description: 'The shipping method that the promise is reckoned with; default `standard`',
      examples: ['express'],
    }),
});
export type AvailabilityQuery = z.output<typeof availabilityQuery>;

const byThen = z.int().optional().meta({
  description: 'By the date asked for: with what comes until then and is promised to nobody',
});

export const availabilityOut = z
  .object({
    items: z.array(
      z.object({
        sku: z.string(),
        available: z.int(),
        availableAt: byThen,
        locations: z.array(
          z.object({
            locationId: z.string(),
            type: z.string(),
            available: z.int(),
            availableAt: byThen,
            capabilities: z.array(z.string()),
            distanceKm: z.number().optional(),
          }),
        ),
        incoming: z.array(z.object({ locationId: z.string(), quantity: z.int(), expectedAt: z.string() })),
        promise: promiseOut
          .extend({ locationId: z.string() })
          .nullable()
          .optional()
          .meta({
            description:
              'With a country: when a piece ordered now would be there, from the location that is soonest; null where ' +
              'nobody has one nor expects one',
          }),
        pickup: z
          .array(
            z.object({
              locationId: z.string(),
              name: z.string(),
              available: z.int().meta({ description: 'Of its own stock' }),
              readyBy: promiseOut
                .nullable()
                .meta({ description: 'From its own stock; null where it has none' }),
              sentThere: promiseOut
                .extend({ locationId: z.string().meta({ description: 'Who would send it' }) })
                .nullable()
                .meta({ description: 'Where others may send it there: when it could be collected then' }),
            }),
          )
          .optional()
          .meta({ description: 'With a country: where it can be collected there, the soonest first' }),
        alternatives: z
          .array(offeredOut)
          .optional()
          .meta({ description: 'Of what is not available: what can be had instead, the best first' }),
        alertUrl: z
          .string()
          .optional()
          .meta({ description: 'Of what is not available: where a shopper asks to be told when it is back' }),
      }),
    ),
  })
  .meta({ id: 'Availability' });
