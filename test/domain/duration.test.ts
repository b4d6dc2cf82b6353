import fc from 'fast-check';
import { formatDuration, parseDuration } from '../../domain/time/duration';

test.each([
  ['P3D', 3 * 86_400_000],
  ['PT1H30M', 5_400_000],
  ['P1DT2H3M4.5S', 93_784_500],
  ['PT0S', 0],
  ['PT90M', 5_400_000],
  ['PT0.001S', 1],
])('reads %s', (text, ms) => {
  expect(parseDuration(text)).toEqual({ outcome: 'parsed', ms });
});

test.each([
  '',
  'P',
  'PT',
  'P1DT',
  '3D',
  'p3d',
  'P3',
  'P1Y',
  'P1M',
  'P2W',
  'P-1D',
  '-P1D',
  'PT1.5H',
  'P1D ',
  'PT1S2M',
])('refuses %j and says what it expected', (text) => {
  expect(parseDuration(text)).toEqual({ outcome: 'invalid', detail: expect.stringContaining('P3D') });
});

test('refuses what no number of milliseconds can hold, and shows little of it', () => {
  const answer = parseDuration(`P${'9'.repeat(500)}D`);
  expect(answer.outcome).toBe('invalid');
  expect(JSON.stringify(answer).length).toBeLessThan(200);
});

test('reads back whatever it writes', () => {
  expect(formatDuration(93_784_500)).toBe('P1DT2H3M4.5S');
  expect(formatDuration(0)).toBe('PT0S');
  expect(() => formatDuration(-1)).toThrow('Not a duration');
  fc.assert(
    fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (ms) => {
      expect(parseDuration(formatDuration(ms))).toEqual({ outcome: 'parsed', ms });
    }),
  );
});
