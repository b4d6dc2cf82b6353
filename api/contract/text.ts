import { z } from 'zod';
import { parseDuration } from '../../domain/time/duration';

// Control characters have no place in names and references, and U+0000 cannot be stored. One plain pattern
// each and no flags: that is what OpenAPI can show.
const control = String.raw`\u0000-\u001f\u007f-\u009f`;
const character = `[^${control}]`;
const visible = String.raw`[^\s${control}]`;
const lineShape = new RegExp(`^${character}*${visible}${character}*$`);
const referenceShape = new RegExp(`^${visible}(?:${character}*${visible})?$`);
const proseShape = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$/;

/** Half a surrogate pair is no character: it cannot be stored as UTF-8. */
const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

const text = (min: number, max: number, shape: RegExp, message: string) =>
  z
    .string()
    .min(min, { abort: true })
    .max(max, { abort: true })
    .regex(shape, { error: message, abort: true })
    .refine(isWellFormed, 'Must be well-formed Unicode');

/** One line of words: not blank, no control characters, at most `max` characters. */
export const line = (max = 200) =>
  text(1, max, lineShape, 'Must not be blank and must not contain control characters');

/** Several lines of words. */
export const prose = (max = 2000) => text(0, max, proseShape, 'Must not contain control characters');

/** An id or code given by somebody outside: a string, however numeric it looks, without blanks around it. */
export const reference = (max = 200) =>
  text(1, max, referenceShape, 'Must not begin or end with a blank and must not contain control characters');

/** Digest-like ids of ours. */
export const ourId = line(300);

export const sku = reference(100).meta({ description: 'Stock keeping unit', examples: ['TSHIRT-RED-M'] });
export const locationId = reference(100).meta({ examples: ['milano-warehouse'] });
export const channelCode = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$/, 'Letters, digits, dot, dash and underscore, at most 50')
  .meta({ examples: ['web'] });

/** PostgreSQL keeps no year before the first as ISO 8601 writes it, and JavaScript writes none after 9999 so. */
const isKept = (text: string): boolean =>
  Date.parse(text) >= Date.parse('0001-01-01') && Date.parse(text) < 253_402_300_800_000;

/** Further from UTC is nobody, and PostgreSQL reads no more. */
const isNearUtc = (text: string): boolean => !/[+-](?:1[6-9]|2\d):\d\d$/.test(text);

/** RFC 3339 with a time zone; answered in UTC. */
export const instant = z.iso
  .datetime({ offset: true, abort: true })
  .refine(isKept, 'Must be between the years 1 and 9999, in UTC')
  .refine(isNearUtc, 'Must be less than 16 hours from UTC')
  .meta({ description: 'RFC 3339', examples: ['2025-03-01T09:30:00Z'] });

/** A day without a time of day. */
export const day = z.iso
  .date({ abort: true })
  .refine(isKept, 'Must be between the years 1 and 9999')
  .meta({ description: 'ISO 8601', examples: ['2025-03-01'] });

/** ISO 8601, days to seconds; becomes milliseconds. */
export const duration = z
  .string()
  .max(40)
  .superRefine((text, context) => {
    const parsed = parseDuration(text);
    if (parsed.outcome === 'invalid') context.addIssue({ code: 'custom', message: parsed.detail });
    else if (parsed.ms < 1 || parsed.ms > longestMs)
      context.addIssue({ code: 'custom', message: 'Must be longer than nothing and at most 3650 days' });
  })
  .meta({ description: 'ISO 8601 duration of days, hours, minutes and seconds', examples: ['P3D', 'PT4H'] });

const longestMs = 3650 * 86_400_000;

/** Milliseconds of a duration that the contract has let through. */
export function durationMs(text: string): number {
  const parsed = parseDuration(text);
  if (parsed.outcome === 'invalid') throw new Error(parsed.detail);
  return parsed.ms;
}
