import { minorDigits } from '../money';

/** Minor units as explanations tell them, such as "1.20 EUR"; parts of one are rounded. */
export function amountText(minorUnits: number, currency: string): string {
  const digits = minorDigits(currency);
  return `${(minorUnits / 10 ** digits).toFixed(digits)} ${currency}`;
}

/** Thousandths of a minor unit to the last of them: "1.20 EUR", and "1.2004 EUR" where there are parts of a cent. */
export function exactAmountText(thousandths: number, currency: string): string {
  const digits = minorDigits(currency);
  const [whole, parts] = (thousandths / 10 ** (digits + 3)).toFixed(digits + 3).split('.') as [
    string,
    string,
  ];
  const shown = parts.slice(0, digits) + parts.slice(digits).replace(/0+$/, '');
  return `${whole}${shown === '' ? '' : `.${shown}`} ${currency}`;
}
