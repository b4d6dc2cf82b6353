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

/**
 * Of an account, in minor units: so little that what it comes to after some thousands of entries is still exact in
 * JSON, whose numbers are up to 2^53.
 */
const mostOfAccount = 1_000_000_000_000;

/** What an account may be worth. */
export const accountMoney = z
  .strictObject({ amount: amount.min(0).max(mostOfAccount), currency })
  .meta({ id: 'AccountMoney', description: 'Whole minor units of a currency' });

/** What is paid into an account. */
export const accountPayment = z
  .strictObject({ amount: amount.min(1).max(mostOfAccount), currency })
  .meta({ id: 'AccountPayment', description: 'Whole minor units of a currency' });

/** Money that is something. */
export const positiveMoney = z
  .strictObject({ amount: amount.min(1), currency })
  .meta({ id: 'PositiveMoney' });

/** Money in an answer. */
export const moneyOut = z
  .object({ amount, currency: z.string() })
  .meta({ id: 'Amount', description: 'Whole minor units of a currency' });
