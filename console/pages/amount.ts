import { z } from 'zod';
import { currency as currencyCode } from '../../api/contract/money';
import { validate } from '../../api/http/validate';
import { invalidInput } from '../../api/problem';
import { readAmount } from '../../domain/amount-text';
import type { Money } from '../../domain/money';

/**
 * "12,30" or "12.30" as a person types it, in whole minor units. Throws when it is no amount of the currency; `pointer`
 * says where it stands.
 */
export function amountOf(text: string, currency: string, pointer = '/amount'): Money {
  validate(z.object({ currency: currencyCode }), { currency });
  const amount = readAmount(text, currency);
  if (amount) return amount;
  throw invalidInput([{ pointer, detail: `Write an amount such as 12.30, not "${text.slice(0, 40)}"` }]);
}
