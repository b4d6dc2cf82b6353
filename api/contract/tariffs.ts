import { z } from 'zod';
import { country } from './address';
import { listOf, paging } from './list';
import { currency } from './money';
import { day, line, locationId, reference } from './text';

const most = 100_000_000;
const minorUnits = z.int().min(0).max(most).meta({ description: 'Whole minor units (cents)' });

const postalCode = z
  .string()
  .regex(/^[A-Z0-9]{1,10}$/, 'Capitals and digits, at most 10, without blanks and hyphens');
const area = z
  .strictObject({
    country,
    postalCodes: z
      .strictObject({ from: postalCode, to: postalCode })
      .optional()
      .meta({
        description:
          'Ends of the same length, of which so many characters are compared: 39 to 39 is all that begins with 39. ' +
          'The whole country when left out',
      }),
  })
  .meta({ id: 'ZoneArea' });
const origin = z.union([z.strictObject({ locationId }), area]);

const rate = z
  .strictObject({
    upToGrams: z
      .int()
      .min(1)
      .max(most)
      .optional()
      .meta({ description: 'So heavy at most; only the last rate may be without' }),
    base: minorUnits,
    perKg: minorUnits.default(0),
  })
  .meta({
    id: 'ZoneRate',
    description: 'For all that leaves a location for an order at once, and for each kilogram of it',
  });

const days = z.int().min(0).max(90);
const zone = z
  .strictObject({
    code: reference(50),
    from: z.array(origin).min(1).max(60),
    to: z.array(area).min(1).max(60),
    rates: z
      .array(rate)
      .min(1)
      .max(30)
      .meta({ description: 'The lightest first; what is heavier than the last is not taken' }),
    transitDays: z
      .strictObject({ min: days, max: days })
      .meta({ description: 'Working days that a parcel is under way' }),
  })
  .meta({ id: 'TariffZone' });

export const tariffParams = z.strictObject({ id: reference(100) });
export const tariffBody = z
  .strictObject({
    carrier: reference(50).meta({ examples: ['sandbox'] }),
    service: line(50).meta({ description: "The carrier's own name for it: with this it is booked" }),
    methods: z
      .array(line(100))
      .min(1)
      .max(20)
      .optional()
      .meta({
        description: 'Shipping methods of orders that the service may take; default: that of its own name',
        examples: [['standard', 'economy']],
      }),
    currency,
    validFrom: day,
    validUntil: day.optional().meta({ description: 'The last day; until further notice when left out' }),
    zones: z.array(zone).min(1).max(100),
  })
  .meta({ id: 'TariffInput' });
export type TariffBody = z.output<typeof tariffBody>;

const areaOut = z.object({
  country: z.string(),
  postalCodes: z.object({ from: z.string(), to: z.string() }).optional(),
});
export const tariffOut = z
  .object({
    id: z.string(),
    carrier: z.string(),
    service: z.string(),
    methods: z.array(z.string()),
    currency: z.string(),
    validFrom: z.string(),
    validUntil: z.string().optional(),
    zones: z.array(
      z.object({
        code: z.string(),
        from: z.array(z.union([z.object({ locationId: z.string() }), areaOut])),
        to: z.array(areaOut),
        rates: z.array(z.object({ upToGrams: z.int().optional(), base: z.int(), perKg: z.int() })),
        transitDays: z.object({ min: z.int(), max: z.int() }),
      }),
    ),
    updatedAt: z.string(),
    updatedBy: z.string(),
  })
  .meta({ id: 'Tariff' });
export const tariffList = listOf(tariffOut);
export const tariffQuery = z.strictObject(paging);
