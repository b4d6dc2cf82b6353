/**
 * Check digit of a GS1 key (SSCC, GTIN) by the modulo-10 rule of the GS1 General Specifications, section
 * "Standard check digit calculations for GS1 data structures": weights 3, 1, 3, … from the right.
 *
 * @param body the digits before the check digit
 */
export function gs1CheckDigit(body: string): number {
  if (!/^\d+$/.test(body)) throw new Error(`A GS1 key is digits only, got "${body}"`);
  let weighted = 0;
  for (let index = body.length - 1, weight = 3; index >= 0; index--, weight = 4 - weight) {
    weighted += Number(body[index]) * weight;
  }
  return (10 - (weighted % 10)) % 10;
}

/** Digits only, and the last one is the check digit of those before it. */
export function hasGs1CheckDigit(key: string): boolean {
  return /^\d{2,}$/.test(key) && gs1CheckDigit(key.slice(0, -1)) === Number(key.at(-1));
}

/** GTIN-8, -12, -13 or -14 with a right check digit. */
export function isValidGtin(gtin: string): boolean {
  return [8, 12, 13, 14].includes(gtin.length) && hasGs1CheckDigit(gtin);
}

/** A GTIN as 14 digits, in which those of 8, 12 and 13 digits compare; null for what is none. */
export const gtin14Of = (text: string): string | null => (isValidGtin(text) ? text.padStart(14, '0') : null);
