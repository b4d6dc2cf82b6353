import { invalidInput } from '../../api/problem';
import { money, minorDigits, type Money } from '../../domain/money';

/** As a person types it, with a point. */
export function decimalOf({ amount, currency }: Money): string {
  const digits = minorDigits(currency);
  return (amount / 10 ** digits).toFixed(digits);
}

/**
 * "12,30" or "12.30" as a person types it, in whole minor units. Throws when it is no amount of the currency; `pointer`
 * says where it stands.
 */
export function amountOf(text: string, currency: string, pointer = '/amount'): Money {
  const digits = minorDigits(currency);
  const [, whole, fraction = ''] = /^(\d{1,12})(?:[.,](\d+))?$/.exec(text.trim()) ?? [];
  if (whole === undefined || fraction.length > digits)
    throw invalidInput([{ pointer, detail: `Write an amount such as 12.30, not "${text.slice(0, 40)}"` }]);
  return money(Number(whole + fraction.padEnd(digits, '0')), currency);
}
