import { minorDigits, money, type Money } from './money';

/** As a person types it, with a point: "12.30". */
export function decimalOf({ amount, currency }: Money): string {
  const digits = minorDigits(currency);
  return (amount / 10 ** digits).toFixed(digits);
}

/** "12,30" or "12.30" in whole minor units; null when it is no amount of the currency, or below nothing. */
export function readAmount(text: string, currency: string): Money | null {
  const digits = minorDigits(currency);
  const [, whole, fraction = ''] = /^(\d{1,12})(?:[.,](\d+))?$/.exec(text.trim()) ?? [];
  if (whole === undefined || fraction.length > digits) return null;
  return money(Number(whole + fraction.padEnd(digits, '0')), currency);
}
