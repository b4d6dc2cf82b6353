import { z } from 'zod';
import { getAlpha2Codes } from 'i18n-iso-countries';
import { line } from './text';

const countries = new Set(Object.keys(getAlpha2Codes()));

export const country = z
  .string()
  .regex(/^[A-Z]{2}$/, { error: 'Must be two capital letters', abort: true })
  .refine((code) => countries.has(code), 'Must be a country of ISO 3166-1')
  .meta({ description: 'ISO 3166-1 alpha-2', examples: ['IT'] });

export const point = z
  .strictObject({ lat: z.number().min(-90).max(90), lng: z.number().min(-180).max(180) })
  .meta({ id: 'Point', description: 'WGS 84 degrees' });

const fields = {
  line1: line(),
  line2: line().optional(),
  postalCode: line(20),
  city: line(100),
  region: line(100).optional(),
  country,
  phone: line(40).optional(),
  point: point.optional(),
};

export const address = z.strictObject({ name: line(), ...fields }).meta({ id: 'Address' });

/** Of a location: its own name stands in where none is given. */
export const locationAddress = z
  .strictObject({ name: line().optional(), ...fields })
  .meta({ id: 'LocationAddress' });

/** Of a place that has its name elsewhere. */
export const placeAddress = z.strictObject(fields).meta({ id: 'PlaceAddress' });

/** Addresses in answers: what was taken in before is not judged again. */
export const addressOut = z
  .object({
    name: z.string(),
    line1: z.string(),
    line2: z.string().optional(),
    postalCode: z.string(),
    city: z.string(),
    region: z.string().optional(),
    country: z.string(),
    phone: z.string().optional(),
    point: z.object({ lat: z.number(), lng: z.number() }).optional(),
  })
  .meta({ id: 'AddressOut' });
