import fc from 'fast-check';
import { gs1CheckDigit, isValidGtin } from '../../../domain/shipping/gs1';
import { createSscc, isValidSscc } from '../../../domain/shipping/sscc';

const digits = (minLength: number, maxLength: number) =>
  fc.stringMatching(new RegExp(`^[0-9]{${minLength},${maxLength}}$`));

const ssccParts = digits(4, 12).chain((prefix) =>
  fc.record({
    prefix: fc.constant(prefix),
    extension: fc.integer({ min: 0, max: 9 }),
    serial: fc.bigInt({ min: 0n, max: 10n ** BigInt(16 - prefix.length) - 1n }),
  }),
);

describe('SSCC', () => {
  // From public GS1 examples, not of our own making, so that a wrong rule cannot agree with itself.
  it.each(['106141412345678908', '340123450000000000', '376104250021234569'])('knows %s as valid', (sscc) => {
    expect(isValidSscc(sscc)).toBe(true);
  });

  it('joins extension digit, prefix, padded serial and check digit', () => {
    expect(createSscc('0614141', 1, 234567890)).toBe('106141412345678908');
    expect(createSscc('4012345', 3, 0)).toBe('340123450000000000');
  });

  it('is always 18 valid digits that carry their parts', () => {
    fc.assert(
      fc.property(ssccParts, ({ prefix, extension, serial }) => {
        const sscc = createSscc(prefix, extension, serial);
        expect(sscc).toMatch(/^\d{18}$/);
        expect(isValidSscc(sscc)).toBe(true);
        expect(sscc.startsWith(`${extension}${prefix}`)).toBe(true);
        expect(BigInt(sscc.slice(1 + prefix.length, 17))).toBe(serial);
      }),
    );
  });

  it('differs when the serial differs', () => {
    fc.assert(
      fc.property(ssccParts, digits(1, 4), ({ prefix, extension, serial }, other) => {
        fc.pre(BigInt(other) !== serial);
        expect(createSscc(prefix, extension, BigInt(other))).not.toBe(createSscc(prefix, extension, serial));
      }),
    );
  });

  it('notices any single wrong digit', () => {
    fc.assert(
      fc.property(ssccParts, fc.nat(17), fc.integer({ min: 1, max: 9 }), (parts, at, by) => {
        const sscc = createSscc(parts.prefix, parts.extension, parts.serial);
        const wrong = `${sscc.slice(0, at)}${(Number(sscc[at]) + by) % 10}${sscc.slice(at + 1)}`;
        expect(isValidSscc(wrong)).toBe(false);
      }),
    );
  });

  it.each([
    ['12345', 0, 10 ** 11, 'does not fit'],
    ['12345', 0, -1, 'does not fit'],
    ['12345', 0, 1.5, 'whole'],
    ['12345', 10, 1, 'extension digit'],
    ['123', 0, 1, 'company prefix'],
    ['12a45', 0, 1, 'company prefix'],
  ])('refuses prefix %s, extension %s, serial %s', (prefix, extension, serial, message) => {
    expect(() => createSscc(prefix, extension, serial)).toThrow(message);
  });

  it.each(['', '10614141234567890', '10614141234567890x', '1061414123456789080'])('refuses "%s"', (text) => {
    expect(isValidSscc(text)).toBe(false);
  });
});

describe('GS1 keys', () => {
  it.each(['4006381333931', '96385074', '036000291452', '10614141000415'])(
    'knows GTIN %s as valid',
    (gtin) => {
      expect(isValidGtin(gtin)).toBe(true);
    },
  );

  it.each(['4006381333930', '', '123', '40063813339310', 'abcdefgh'])('refuses GTIN "%s"', (gtin) => {
    expect(isValidGtin(gtin)).toBe(false);
  });

  it('refuses to compute a check digit of anything but digits', () => {
    expect(() => gs1CheckDigit('12x')).toThrow('digits only');
  });
});
