import { minorDigits } from '../money';

/** Minor units, perhaps parts of one, in units of the currency: 450 → "4.50 EUR", 0.5 → "0.005 EUR". */
export function amountInWords(minorUnits: number, currency: string): string {
  const digits = minorDigits(currency);
  const [whole, fraction = ''] = (minorUnits / 10 ** digits).toFixed(digits + 3).split('.');
  const kept = fraction.slice(0, digits) + fraction.slice(digits).replace(/0+$/, '');
  return `${whole}${kept === '' ? '' : `.${kept}`} ${currency}`;
}
