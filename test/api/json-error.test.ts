import fc from 'fast-check';
import { placeOfJsonError } from '../../api/json-error';

describe('the place where JSON goes wrong', () => {
  it.each([
    ['', 'line 1, column 1'],
    ['{', 'line 1, column 2'],
    ['{"a": tru}', 'line 1, column 10'],
    ['{"a": 1,}', 'line 1, column 9'],
    ['{"a": 1}\n}', 'line 2, column 1'],
    ['{"a": "b\nc"}', 'line 1, column 9'],
    ["{'a': 1}", 'line 1, column 2'],
    ['[1, 2\n 3]', 'line 2, column 2'],
    ['{"a": 01}', 'line 1, column 8'],
    ['["\\x"]', 'line 1, column 4'],
    ['-', 'line 1, column 2'],
  ])('%j', (text, place) => {
    expect(placeOfJsonError(text)).toBe(place);
  });

  it('is where a sign that nothing allows was put in', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, seed) => {
        const at = seed % (json.length + 1);
        const broken = `${json.slice(0, at)}\u0001${json.slice(at)}`;
        expect(placeOfJsonError(broken)).toBe(`line 1, column ${at + 1}`);
      }),
    );
  });
});
