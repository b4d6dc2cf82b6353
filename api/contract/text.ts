import { z } from 'zod';
import { parseDuration } from '../../domain/time/duration';

// Control characters have no place in names and references, and U+0000 cannot be stored; half a surrogate pair
// is no character at all. One pattern each and no flags, because OpenAPI shows one pattern and knows no flags.
const character = String.raw`(?:[^\u0000-\u001f\u007f-\u009f\ud800-\udfff]|[\ud800-\udbff][\udc00-\udfff])`;
const lineShape = new RegExp(`^(?=.*\\S)${character}*$`);
const referenceShape = new RegExp(`^(?!\\s)${character}*(?<!\\s)$`);
const proseShape = new RegExp(`^(?:[\\t\\n\\r]|${character})*$`);

/** One line of words: not blank, no control characters, at most `max` characters. */
export const line = (max = 200) =>
  z
    .string()
    .min(1, { abort: true })
    .max(max, { abort: true })
    .regex(lineShape, 'Must not be blank and must not contain control characters');

/** Several lines of words. */
export const prose = (max = 2000) =>
  z.string().max(max, { abort: true }).regex(proseShape, 'Must not contain control characters');

/** An id or code given by somebody outside: a string, however numeric it looks, without blanks around it. */
export const reference = (max = 200) =>
  z
    .string()
    .min(1, { abort: true })
    .max(max, { abort: true })
    .regex(referenceShape, 'Must not begin or end with a blank and must not contain control characters');

/** Digest-like ids of ours. */
export const ourId = line(300);

export const sku = reference(100).meta({ description: 'Stock keeping unit', examples: ['TSHIRT-RED-M'] });
export const locationId = reference(100).meta({ examples: ['milano-warehouse'] });
export const channelCode = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$/, 'Letters, digits, dot, dash and underscore, at most 50')
  .meta({ examples: ['web'] });

/** RFC 3339 with a time zone; answered in UTC. */
export const instant = z.iso
  .datetime({ offset: true, abort: true })
  .refine((text) => Math.abs(Date.parse(text)) < 253_402_300_800_000, 'Not a date that we can keep')
  .meta({ description: 'RFC 3339', examples: ['2025-03-01T09:30:00Z'] });

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
