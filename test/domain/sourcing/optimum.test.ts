import highsLoader from 'highs';
import { source } from '../../../domain/sourcing/source';
import { programOf, valueOf } from './integer-program';
import { randomRequest } from './requests';

/** More of them, to search longer: ORDITO_SOURCING_CASES=50000. */
const cases = Number(process.env['ORDITO_SOURCING_CASES'] ?? 2_000);
const together = 10;

test('the choice is the optimum that an integer program finds, over all kinds of rules', async () => {
  const highs = await highsLoader();
  const optimumOf = (seeds: readonly number[]): number => {
    const solved = highs.solve(programOf(seeds.map(randomRequest)), { mip_rel_gap: 0, output_flag: false });
    // A program that is not understood comes back empty, without an error.
    expect(solved.Status).toBe('Optimal');
    return Math.round(solved.ObjectiveValue);
  };
  const oursOf = (seeds: readonly number[]): number =>
    seeds.reduce((sum, seed) => sum + valueOf(source(randomRequest(seed))), 0);
  for (let first = 1; first <= cases; first += together) {
    const seeds = Array.from({ length: together }, (_, index) => first + index);
    if (oursOf(seeds) === optimumOf(seeds)) continue;
    // Apart, to name the one that differs.
    for (const seed of seeds)
      expect({ seed, value: oursOf([seed]) }).toEqual({ seed, value: optimumOf([seed]) });
  }
}, 600_000);

test('every choice of a small request is proven', () => {
  for (let seed = 1; seed <= 500; seed += 1) expect(source(randomRequest(seed)).gap).toBe(0);
});
