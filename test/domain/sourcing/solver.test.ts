import { createRandom } from '../../../bench/load/random';
import { evaluate } from '../../../domain/sourcing/solver/fill';
import { isBetter, type Problem, type Solution } from '../../../domain/sourcing/solver/problem';
import { search } from '../../../domain/sourcing/solver/search';

/** A small problem, always the same for a seed; several options may belong to one location. */
function randomProblem(seed: number): Problem {
  const random = createRandom(seed);
  const upTo = (below: number): number => Math.floor(random() * below);
  const size = 1 + upTo(9);
  const skus = 1 + upTo(4);
  const ofLocation = 1 + upTo(2);
  const highest = [3, 20, 300][upTo(3)]!;
  const ties = [1, 5, 50][upTo(3)]!;
  const supply = new Float64Array(size * skus);
  const demand = new Float64Array(skus);
  for (let at = 0; at < supply.length; at += 1) {
    const option = Math.floor(at / skus);
    const isFirst = option % ofLocation === 0;
    supply[at] = isFirst ? (random() < 0.6 ? 1 + upTo(5) : 0) : supply[at - skus]!;
    if (isFirst) demand[at % skus]! += supply[at]!;
  }
  for (let sku = 0; sku < skus; sku += 1) demand[sku] = Math.min(demand[sku]!, 1 + upTo(6));
  for (let at = 0; at < supply.length; at += 1) supply[at] = Math.min(supply[at]!, demand[at % skus]!);
  return {
    size,
    skus,
    supply,
    stock: supply,
    demand,
    unit: supply.map(() => upTo(highest)),
    fixed: new Float64Array(size).map(() => upTo(highest)),
    tie: new Float64Array(size).map(() => upTo(ties)),
    location: Int32Array.from({ length: size }, (_, option) => Math.floor(option / ofLocation)),
    atMost: seed % 5 === 0 ? 1 + upTo(3) : Infinity,
    lines: null,
    unmet: { pieces: 0, unit: 0 },
  };
}

/** Tries out every set. */
function tryAll(problem: Problem, isOpen: (option: number) => boolean = () => true): Solution | null {
  let best: Solution | null = null;
  for (let mask = 0; mask < 2 ** problem.size; mask += 1) {
    const set = Array.from({ length: problem.size }, (_, option) => option).filter(
      (option) => mask & (1 << option),
    );
    if (new Set(set.map((option) => problem.location[option])).size < set.length) continue;
    if (!set.every(isOpen)) continue;
    const found = evaluate(problem, set);
    if (found && (best === null || isBetter(found, best))) best = found;
  }
  return best;
}

const figures = (solution: Solution | null) => solution && { cost: solution.cost, tie: solution.tie };

test('the search finds what trying out every set finds, ties included', () => {
  for (let seed = 1; seed <= 3_000; seed += 1) {
    const problem = randomProblem(seed);
    const found = search(problem, { stepsAtMost: Infinity });
    expect({ seed, ...figures(found.solution) }).toEqual({ seed, ...figures(tryAll(problem)) });
    expect(found.isProven).toBe(true);
  }
});

test('a search that ends early has a solution, and its bound is none too high', () => {
  for (let seed = 1; seed <= 500; seed += 1) {
    const problem = randomProblem(seed);
    const best = tryAll(problem);
    if (best === null) continue;
    const early = search(problem, { stepsAtMost: 0 });
    expect(early.lowerBound).toBeLessThanOrEqual(best.cost);
    if (problem.atMost === Infinity) expect(early.solution?.cost).toBeGreaterThanOrEqual(best.cost);
  }
});

test('finds nothing that is better than the best', () => {
  for (let seed = 1; seed <= 500; seed += 1) {
    const problem = randomProblem(seed);
    const best = search(problem, { stepsAtMost: Infinity }).solution;
    expect(search(problem, { stepsAtMost: Infinity, beat: best }).solution).toBeNull();
  }
});

test('nothing that is closed is used, also not by way of what is to be beaten', () => {
  for (let seed = 1; seed <= 3_000; seed += 1) {
    const problem = randomProblem(seed);
    const best = search(problem, { stepsAtMost: Infinity }).solution;
    if (best === null) continue;
    let beat: Solution | null = null;
    for (const member of best.set) {
      const closed = [...problem.location.keys()].filter(
        (option) => problem.location[option] === problem.location[member],
      );
      const found: Solution | null = search(problem, { stepsAtMost: Infinity, closed, beat }).solution;
      expect({ seed, closed: found?.set.filter((option) => closed.includes(option)) ?? [] }).toEqual({
        seed,
        closed: [],
      });
      const isOpen = (option: number): boolean => !closed.includes(option);
      const [without, known] = [tryAll(problem, isOpen), beat];
      const isBetterThanKnown = without !== null && (known === null || isBetter(without, known));
      expect({ seed, ...figures(found) }).toEqual({ seed, ...figures(isBetterThanKnown ? without : null) });
      beat = found ?? beat;
    }
  }
});

/** Shops of which each has about a half of the goods; to open one is dear, so two or three are the best. */
function wideProblem(seed: number, { size, share }: { size: number; share: number }): Problem {
  const random = createRandom(seed);
  const upTo = (below: number): number => Math.floor(random() * below);
  const skus = 10;
  const demand = new Float64Array(skus).map(() => 1 + upTo(3));
  const supply = new Float64Array(size * skus).map((_, at) =>
    random() < share ? Math.min(demand[at % skus]!, 1 + upTo(4)) : 0,
  );
  return {
    ...{ size, skus, supply, stock: supply, demand },
    unit: supply.map(() => upTo(20)),
    fixed: new Float64Array(size).map(() => 500 + upTo(300)),
    tie: new Float64Array(size).map(() => upTo(5)),
    // Some have two services.
    location: Int32Array.from({ length: size }, (_, option) => option - (option % 5 === 1 ? 1 : 0)),
    ...{ atMost: Infinity, lines: null, unmet: { pieces: 0, unit: 0 } },
  };
}

/** The best of all sets of so many. */
function tryFew(problem: Problem, most: number, set: readonly number[] = []): Solution | null {
  let best = evaluate(problem, set);
  for (let option = (set.at(-1) ?? -1) + 1; set.length < most && option < problem.size; option += 1) {
    if (set.some((each) => problem.location[each] === problem.location[option])) continue;
    const found = tryFew(problem, most, [...set, option]);
    if (found && (best === null || isBetter(found, best))) best = found;
  }
  return best;
}

test.each([
  { most: 2, size: 300, share: 0.5, seeds: 20 },
  { most: 3, size: 250, share: 0.3, seeds: 2 },
])('of hundreds the best $most are found, and proven in few steps', ({ most, seeds, ...shape }) => {
  const sizes = new Set<number>();
  for (let seed = 1; seed <= seeds; seed += 1) {
    const problem = wideProblem(seed, shape);
    const { solution, isProven } = search(problem, { stepsAtMost: 120_000 });
    sizes.add(solution!.set.length);
    expect({ seed, isProven, ...figures(solution) }).toEqual({
      ...{ seed, isProven: true },
      ...figures(tryFew(problem, most)),
    });
  }
  expect(sizes).toContain(most);
});
