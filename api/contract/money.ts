import { z } from 'zod';

const currencies = new Set(Intl.supportedValuesOf('currency'));

export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, { error: 'Must be three capital letters', abort: true })
  .refine((code) => currencies.has(code), 'Must be a currency of ISO 4217')
  .meta({ description: 'ISO 4217', examples: ['EUR'] });

const amount = z.int().meta({ description: 'Whole minor units (cents)', examples: [1230] });

/** Money that may not be less than nothing. */
export const money = z
  .strictObject({ amount: amount.min(0), currency })
  .meta({ id: 'Money', description: 'Whole minor units of a currency' });

/** Money that is something. */
export const positiveMoney = z
  .strictObject({ amount: amount.min(1), currency })
  .meta({ id: 'PositiveMoney' });

/** Money in an answer. */
export const moneyOut = z
  .object({ amount, currency: z.string() })
  .meta({ id: 'Amount', description: 'Whole minor units of a currency' });
