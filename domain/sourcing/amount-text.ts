import { minorDigits } from '../money';

/** Minor units as explanations tell them, such as "1.20 EUR"; parts of one are rounded. */
export function amountText(minorUnits: number, currency: string): string {
  const digits = minorDigits(currency);
  return `${(minorUnits / 10 ** digits).toFixed(digits)} ${currency}`;
}
