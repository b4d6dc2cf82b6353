import { gs1CheckDigit, hasGs1CheckDigit } from './gs1';

const lengthWithoutCheckDigit = 17;

/**
 * Serial Shipping Container Code of one package: extension digit, GS1 company prefix, serial reference and
 * check digit, 18 digits in all (GS1 General Specifications, application identifier 00).
 *
 * @param companyPrefix 4 to 12 digits, as GS1 assigned it
 * @param extensionDigit 0 to 9, free to use; a second range of serials when the first is used up
 * @param serial not to be used again for a year; throws when the prefix leaves too few digits for it
 */
export function createSscc(companyPrefix: string, extensionDigit: number, serial: number | bigint): string {
  if (!/^\d{4,12}$/.test(companyPrefix))
    throw new Error(`GS1 company prefix of 4 to 12 digits, got "${companyPrefix}"`);
  if (!/^\d$/.test(String(extensionDigit)))
    throw new Error(`SSCC extension digit 0 to 9, got ${extensionDigit}`);
  if (typeof serial === 'number' && !Number.isSafeInteger(serial))
    throw new Error(`SSCC serial must be whole, got ${serial}`);
  const room = lengthWithoutCheckDigit - 1 - companyPrefix.length;
  const reference = String(serial).padStart(room, '0');
  if (serial < 0 || reference.length > room)
    throw new Error(`SSCC serial ${serial} does not fit in ${room} digits`);
  const body = `${extensionDigit}${companyPrefix}${reference}`;
  return `${body}${gs1CheckDigit(body)}`;
}

/** 18 digits with a right check digit. */
export function isValidSscc(sscc: string): boolean {
  return sscc.length === lengthWithoutCheckDigit + 1 && hasGs1CheckDigit(sscc);
}
