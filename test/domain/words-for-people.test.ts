import fc from 'fast-check';
import { formatDay, formatMoment, languageOf } from '../../domain/language';
import { addressLines } from '../../domain/order/address-lines';
import { tenderMethods } from '../../domain/order/types';
import { tenderName } from '../../domain/payment/tender-names';
import { shippingMethodName } from '../../domain/shipping/method-names';
import { formatKilograms } from '../../domain/shipping/weight';
import { singleLine } from '../../domain/single-line';

describe('a single line', () => {
  it('is one line of whole characters within its limit, whatever comes in', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.integer({ min: 1, max: 80 }),
        (text, limit) => {
          const line = singleLine(text, limit);
          expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/);
          expect(line).not.toMatch(/\p{Surrogate}/u);
          expect(line).toBe(line.trim());
          expect(line.length).toBeLessThanOrEqual(limit);
        },
      ),
    );
  });

  it('leaves a decent text alone and marks a cut one', () => {
    expect(singleLine('Łucja Žižková, 5 €')).toBe('Łucja Žižková, 5 €');
    expect(singleLine('a\r\nb\tc')).toBe('a b c');
    expect(singleLine('one two three', 8)).toBe('one two…');
    expect(singleLine('ab😀', 3)).toBe('ab…');
  });
});

describe('days', () => {
  it('belong to a time zone, unless they are calendar dates', () => {
    expect(formatDay('2025-10-05T22:30:00Z', 'it', 'Europe/Rome')).toBe('6 ottobre 2025');
    expect(formatDay('2025-10-05T22:30:00Z', 'en', 'UTC')).toBe('5 October 2025');
    expect(formatDay('2025-10-05', 'en', 'America/New_York')).toBe('5 October 2025');
    expect(() => formatDay('soon', 'en', 'UTC')).toThrow('Not a date');
  });
});

it('tells a moment with the hour of its day, in the same time zone', () => {
  expect(formatMoment('2025-10-05T22:30:00Z', 'it', 'Europe/Rome')).toBe('6 ottobre 2025, 00:30 CEST');
  expect(formatMoment('2025-12-05T22:30:00Z', 'en', 'Europe/Rome')).toBe('5 December 2025, 23:30 CET');
  expect(() => formatMoment('soon', 'en', 'UTC')).toThrow('Not a date');
});

it('speaks the language of a locale, English where it does not know it', () => {
  expect(['it', 'it-CH', 'IT_it', 'en-US', 'fr', 'italiano', ''].map(languageOf)).toEqual([
    'it',
    'it',
    'it',
    'en',
    'en',
    'en',
    'en',
  ]);
});

it('writes an address as on an envelope, without empty lines', () => {
  const address = {
    name: 'A',
    line1: 'B 1',
    line2: ' ',
    postalCode: '40124',
    city: 'Bologna',
    country: 'it',
  };
  expect(addressLines(address, 'it')).toEqual(['A', 'B 1', '40124 Bologna', 'Italia']);
  expect(addressLines({ ...address, region: 'BO', country: '??' }, 'en')).toEqual([
    'A',
    'B 1',
    '40124 Bologna (BO)',
    '??',
  ]);
});

it('names every means of payment in both languages, and leaves unknown names alone', () => {
  for (const method of tenderMethods) {
    if (method !== 'paypal') expect(tenderName(method, 'it')).not.toBe(tenderName(method, 'en'));
    expect(tenderName(method, 'it')).not.toBe(method);
  }
  expect(tenderName('toString', 'it')).toBe('toString');
  expect(shippingMethodName('express', 'it')).toBe('Spedizione espressa');
  expect(shippingMethodName('constructor', 'en')).toBe('constructor');
});

it('writes grams as kilograms', () => {
  expect(formatKilograms(1250, 'it')).toBe('1,25 kg');
  expect(formatKilograms(12, 'en')).toBe('0.012 kg');
});
