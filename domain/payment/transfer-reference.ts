/**
 * Structured creditor reference by ISO 11649 for an order's bank transfer: "RF", two check digits (modulo 97-10
 * of ISO 7064), then the reference. Banks refuse a mistyped one, so that a payment finds its order.
 *
 * @param reference letters and digits, at most 21 after others are dropped
 */
export function transferReference(reference: string): string {
  const body = reference
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(-21);
  const digits = [...`${body}RF00`].map((sign) => parseInt(sign, 36)).join('');
  const check = 98n - (BigInt(digits) % 97n);
  return `RF${check.toString().padStart(2, '0')}${body}`;
}
