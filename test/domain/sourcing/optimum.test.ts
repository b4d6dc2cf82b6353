import highsLoader from 'highs';
import { source } from '../../../domain/sourcing/source';
import { decideTogether } from '../../../domain/sourcing/together';
import type { Candidate, SourcingRequest } from '../../../domain/sourcing/types';
import { programOf, valueOf } from './integer-program';
import { randomDestinations, randomRequest } from './requests';

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

test('destinations that share stock are decided as an integer program of all of them would', async () => {
  const highs = await highsLoader();
  let contested = 0;
  for (let seed = 1; seed <= cases / 10; seed += 1) {
    const requests = randomDestinations(seed);
    const ours = decideAll(requests);
    if (ours.contested.length > 0) contested += 1;
    const solved = highs.solve(programOf(requests, 'share'), { mip_rel_gap: 0, output_flag: false });
    expect(solved.Status).toBe('Optimal');
    const value = ours.decided.reduce((sum, { decision }) => sum + valueOf(decision), 0);
    expect({ seed, value, gap: ours.gap }).toEqual({
      seed,
      value: Math.round(solved.ObjectiveValue),
      gap: 0,
    });
  }
  expect(contested).toBeGreaterThan(cases / 50);
}, 600_000);

/** All locations that any of the requests knows, each once. */
function decideAll(requests: readonly SourcingRequest[]) {
  const all = new Map<string, Candidate>();
  for (const candidate of requests.flatMap(({ candidates }) => candidates)) {
    const known = all.get(candidate.locationId);
    all.set(candidate.locationId, {
      ...candidate,
      available: { ...known?.available, ...candidate.available },
    });
  }
  const turns = requests.map(({ lines }, index) => ({ destination: `d${index}`, lines: [...lines] }));
  return decideTogether(turns, [...all.values()], ({ destination }, there) => {
    const request = requests[Number(destination!.slice(1))]!;
    const candidates = request.candidates.map((candidate) => ({
      ...candidate,
      available: there.find(({ locationId }) => locationId === candidate.locationId)!.available,
    }));
    return { decision: source({ ...request, candidates }) };
  });
}

test('every choice of a small request is proven', () => {
  for (let seed = 1; seed <= 500; seed += 1) expect(source(randomRequest(seed)).gap).toBe(0);
});
