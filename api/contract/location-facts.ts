import { z } from 'zod';
import { assortments, pickupWhenShort } from '../../domain/catalogue/location';
import { weekdays } from '../../domain/time/calendar';
import { isZone } from '../../domain/time/local-time';
import { money, moneyOut } from './money';
import { day, reference, sku } from './text';

/** Words of our own on products and locations, for rules to look at. */
export const tags = z
  .array(reference(50))
  .max(50)
  .refine((each) => new Set(each).size === each.length, 'A tag is named twice')
  .meta({ description: 'Words of your own, for rules to look at', examples: [['fragile']] });

const clock = z
  .string()
  .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'Must be a time of day such as 08:30')
  .meta({ examples: ['08:30'] });
const localDate = day.meta({ examples: ['2026-12-25'] });

const dayHours = z
  .strictObject({
    open: clock,
    close: clock,
    cutOff: clock.optional().meta({
      description: 'What is ordered before leaves the same day; the closing time when left out',
    }),
  })
  .refine(({ open, close }) => open < close, { path: ['close'], message: 'Must be after opening' })
  .refine(({ open, close, cutOff }) => cutOff === undefined || (open <= cutOff && cutOff <= close), {
    path: ['cutOff'],
    message: 'Must be within the opening hours',
  });

const calendarFields = {
  timeZone: z
    .string()
    .max(64)
    .refine(isZone, 'Must be an IANA time zone such as Europe/Rome')
    .meta({ examples: ['Europe/Rome'] }),
  weekdays: z
    .strictObject(
      Object.fromEntries(weekdays.map((day) => [day, dayHours.optional()])) as Record<
        (typeof weekdays)[number],
        z.ZodOptional<typeof dayHours>
      >,
    )
    .meta({ description: 'Wall-clock times; a day that is left out is a day off' }),
  holidays: z.array(localDate).max(500).optional(),
  closures: z
    .array(
      z
        .strictObject({ from: localDate, to: localDate })
        .refine(({ from, to }) => from <= to, { path: ['to'], message: 'Must not be before `from`' }),
    )
    .max(100)
    .optional(),
};

/** When people work somewhere. */
export const calendar = z.strictObject(calendarFields);

/** What sourcing rules ask of a location beside what it can do. */
export const locationFacts = {
  tags: tags.default([]),
  capacityPerDay: z
    .int()
    .min(0)
    .max(1_000_000)
    .optional()
    .meta({ description: 'Fulfillments a day; no limit when left out' }),
  pickCost: money.optional().meta({ description: 'For each piece' }),
  calendar: calendar.optional().meta({ id: 'LocationCalendar' }),
  assortment: z
    .enum(assortments)
    .default('all')
    .meta({ description: '`listed`: it carries only what its assortment names' }),
  hazardAllowed: z.boolean().default(false),
  pickupWhenShort: z
    .enum(pickupWhenShort)
    .default('wait')
    .meta({
      description:
        'Of orders to be collected here that it cannot supply itself: `wait` for stock, have others `send` it here, or ' +
        '`refuse` them as bad input',
    }),
};

export const locationFactsOut = {
  ...locationFacts,
  tags: z.array(z.string()),
  pickCost: moneyOut.optional(),
  assortment: z.enum(assortments),
  hazardAllowed: z.boolean(),
  pickupWhenShort: z.enum(pickupWhenShort),
};

const skus = z
  .array(sku)
  .max(5000)
  .refine((each) => new Set(each).size === each.length, 'A SKU is named twice');
export const assortmentBody = z.strictObject({ skus }).meta({ id: 'AssortmentInput' });
export const assortmentChangeBody = z
  .strictObject({ add: skus.default([]), remove: skus.default([]) })
  .meta({ id: 'AssortmentChange' });
export type AssortmentChangeBody = z.output<typeof assortmentChangeBody>;
