import { z } from 'zod';
import {
  defaultActWithinMs,
  defaultPriority,
  locationCapabilities,
  locationTypes,
} from '../../domain/catalogue/location';
import { sourcingStrategies } from '../../domain/sourcing/types';
import { isValidGtin } from '../../domain/shipping/gs1';
import { formatDuration } from '../../domain/time/duration';
import { addressOut, locationAddress } from './address';
import { holdRule, holdTermsByType } from './holds';
import { listOf, paging } from './list';
import { locationFacts, locationFactsOut, tags } from './location-facts';
import { accountMoney, money, moneyOut } from './money';
import { channelCode, duration, line, locationId, reference, sku } from './text';

const taxRateBps = z.int().min(0).max(10_000).meta({ description: 'Basis points: 2200 = 22 %' });
const millimetres = z.int().min(1).max(100_000);

const attributes = z
  .record(line(50), line(100))
  .refine((each) => Object.keys(each).length <= 30, 'At most 30 attributes')
  .meta({
    description: 'What it is like, for finding what is like it',
    examples: [{ colour: 'red', size: 'M' }],
  });

export const skuParams = z.strictObject({ sku });
export const productBody = z
  .strictObject({
    title: line(300),
    price: money.optional(),
    taxRateBps: taxRateBps.optional(),
    weightGrams: z.int().min(1).max(10_000_000).optional(),
    dimensionsMm: z.strictObject({ length: millimetres, width: millimetres, height: millimetres }).optional(),
    gtin: z
      .string()
      .refine(isValidGtin, 'Must be a GTIN of 8, 12, 13 or 14 digits with a right check digit')
      .optional()
      .meta({
        description: 'No two products have the same; one of fewer digits is the same with zeros before it',
        examples: ['4006381333931'],
      }),
    category: line().optional(),
    tags: tags.optional(),
    attributes: attributes.optional(),
    hazard: z
      .boolean()
      .optional()
      .meta({ description: 'Hazardous goods: not every location may handle them' }),
  })
  .meta({ id: 'ProductInput' });
export type ProductBody = z.output<typeof productBody>;

export const productOut = z
  .object({
    sku: z.string(),
    title: z.string(),
    price: moneyOut.optional(),
    taxRateBps: z.int().optional(),
    weightGrams: z.int().optional(),
    dimensionsMm: z.object({ length: z.int(), width: z.int(), height: z.int() }).optional(),
    gtin: z.string().optional(),
    category: z.string().optional(),
    tags: z.array(z.string()).optional(),
    attributes: z.record(z.string(), z.string()).optional(),
    hazard: z.boolean().optional(),
  })
  .meta({ id: 'Product' });
export const productList = listOf(productOut);
export const productQuery = z.strictObject({
  ...paging,
  q: line().optional().meta({
    description:
      'Any part of SKU, title or GTIN. A whole GTIN, as a scanner reads it, finds its product alone',
  }),
});

export const locationParams = z.strictObject({ id: locationId });
export const locationBody = z
  .strictObject({
    type: z.enum(locationTypes),
    name: line(),
    address: locationAddress,
    capabilities: z.array(z.enum(locationCapabilities)).max(10),
    priority: z.int().min(0).max(1_000_000).default(defaultPriority),
    actWithin: duration.default(formatDuration(defaultActWithinMs)),
    ...locationFacts,
  })
  .meta({ id: 'LocationInput' });
export type LocationBody = z.output<typeof locationBody>;

export const locationOut = z
  .object({
    id: z.string(),
    type: z.enum(locationTypes),
    name: z.string(),
    address: addressOut,
    capabilities: z.array(z.enum(locationCapabilities)),
    priority: z.int(),
    actWithin: z.string(),
    ...locationFactsOut,
  })
  .meta({ id: 'Location' });
export const locationList = listOf(locationOut);
export const assortmentList = listOf(z.object({ sku: z.string() }));

export const pagingQuery = z.strictObject(paging);

const brand = z
  .strictObject({
    sellerName: line(80),
    logoText: line(80).optional(),
    replyTo: z.email().max(254).optional(),
    colour: z
      .string()
      .regex(/^#[0-9a-f]{6}$/i, 'Must be written as #1f4f6b')
      .optional()
      .meta({ examples: ['#1f4f6b'] }),
  })
  .meta({ id: 'Brand' });

/** How orders of a channel are treated; what is left out follows the default. */
const channelSettings = z
  .strictObject({
    strategy: z.enum(sourcingStrategies),
    returnWindow: duration,
    transferWithin: duration,
    holdWithin: duration,
    backorderWithin: duration,
    handOverWithin: duration,
    deliverWithin: duration,
    collectWithin: duration,
    returnWithin: duration,
    inspectWithin: duration,
    remorseWithin: duration.meta({
      description: 'After its confirmation the customer may change an order; no work is shown meanwhile',
    }),
    refusalsAtMost: z.int().min(1).max(100).meta({
      description: 'So many locations may refuse or let lie what was asked of them, then a person decides',
    }),
    holdAbove: z
      .int()
      .min(0)
      .nullable()
      .meta({ description: 'Minor units; larger orders are looked at first' }),
    brand: brand.meta({ description: 'In whose name its customers are written to and parcels packed' }),
    holds: z.array(holdRule).max(100).meta({ description: 'Orders that match are held; all are asked' }),
    holdTerms: holdTermsByType.meta({ description: 'Owner, time and what follows, by type of hold' }),
  })
  .partial()
  .meta({ id: 'ChannelSettings' });

export const channelParams = z.strictObject({ code: channelCode });
export const channelBody = z
  .strictObject({ type: reference(50), name: line(), settings: channelSettings.default({}) })
  .meta({ id: 'ChannelInput' });
export type ChannelBody = z.output<typeof channelBody>;

export const channelOut = z
  .object({ code: z.string(), type: z.string(), name: z.string(), settings: channelSettings })
  .meta({ id: 'Channel' });
export const savedChannelOut = channelOut
  .extend({
    warnings: z.array(z.object({ pointer: z.string(), detail: z.string() })).meta({
      description: 'What nothing has now that the rules of holds name; they hold all the same',
    }),
  })
  .meta({ id: 'SavedChannel' });
export const channelList = listOf(channelOut);

export const giftCardParams = z.strictObject({ code: reference(100) });
export const giftCardBody = z.strictObject({ balance: accountMoney }).meta({ id: 'GiftCardInput' });
export const giftCardOut = z
  .object({ code: z.string(), balance: moneyOut, held: moneyOut })
  .meta({ id: 'GiftCard' });
