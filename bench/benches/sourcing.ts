import { source } from '../../domain/sourcing/source';
import type { Candidate, SourcingRequest } from '../../domain/sourcing/types';
import { largeRequests } from './sourcing-large';
import { createRandom } from '../load/random';
import { median, percentile, runInARow, takeTurns } from '../load/measure';
import type { BenchContext, BenchResult } from '../report/result';

const lineCount = 5;
const candidateCount = 50;
const pieces = 2;

/** How many locations it takes to supply everything; `short` means that even all together lack pieces. */
const cases = { oneSupplies: 1, needsTwo: 2, needsThree: 3, needsFour: 4, short: 0 };
type Case = keyof typeof cases;

export interface SourcingSizes {
  rounds: number;
  decisions: number;
  /** Decisions of twenty lines among a thousand candidates, in each round. */
  large: number;
}
const sizes = {
  quick: { rounds: 3, decisions: 400, large: 40 },
  full: { rounds: 5, decisions: 4_000, large: 200 },
};

export const benchSourcing = ({ isQuick }: BenchContext): Promise<BenchResult> =>
  measureSourcing(isQuick ? sizes.quick : sizes.full);

/** Decisions of five lines among fifty candidates, in turns of cases that are easy and hard to decide. */
export async function measureSourcing({ rounds, decisions, large }: SourcingSizes): Promise<BenchResult> {
  const requests = Object.fromEntries(
    (Object.keys(cases) as Case[]).map((name) => [name, variantsOf(name)]),
  ) as Record<Case, SourcingRequest[]>;
  for (const name of Object.keys(cases) as Case[]) expectCase(name, requests[name]);
  const mixed = Object.values(requests).flat();
  const run = (of: SourcingRequest[]) => () =>
    runInARow(decisions, (index) => source(of[index % of.length]!));
  const contenders = {
    mixed: run(mixed),
    ...(Object.fromEntries(
      (Object.keys(cases) as Case[]).map((name) => [name, run(requests[name])]),
    ) as Record<Case, () => ReturnType<typeof runInARow>>),
  };
  run(mixed)();
  const slowest = measureLarge(rounds * large);
  const turns = await takeTurns(rounds, contenders);
  const rate = (name: keyof typeof contenders): number => median(turns[name].map((timing) => timing.rate));
  return {
    name: 'sourcing',
    title: `Sourcing decisions, ${lineCount} lines × ${candidateCount} candidates`,
    figures: [
      { what: 'decisions, cases mixed', value: rate('mixed'), unit: '/s', goal: { atLeast: 5_000 } },
      { what: 'one location supplies all', value: rate('oneSupplies'), unit: '/s' },
      { what: 'needs two', value: rate('needsTwo'), unit: '/s' },
      { what: 'needs three', value: rate('needsThree'), unit: '/s' },
      { what: 'needs four', value: rate('needsFour'), unit: '/s' },
      { what: 'short everywhere', value: rate('short'), unit: '/s' },
      { what: '20 lines × 1,000 candidates, p95', value: slowest, unit: 'ms', goal: { atMost: 20 } },
    ],
    details: { rounds, decisions, large },
  };
}

/** What nineteen of twenty large decisions take at most, in milliseconds. */
function measureLarge(count: number): number {
  const requests = largeRequests(8);
  requests.forEach(source);
  const latencies = Array.from({ length: count }, (_, index) => {
    const began = performance.now();
    source(requests[index % requests.length]!);
    return performance.now() - began;
  });
  return percentile(
    latencies.sort((a, b) => a - b),
    0.95,
  );
}

/** Different destinations and neighbours of the same case, always the same ones. */
const variantsOf = (name: Case): SourcingRequest[] =>
  Array.from({ length: 8 }, (_, variant) => requestOf(name, variant + 1));

function requestOf(name: Case, variant: number): SourcingRequest {
  const random = createRandom(variant * 1_000 + name.length);
  const lines = Array.from({ length: lineCount }, (_, index) => ({
    lineId: `line-${index}`,
    sku: `SKU-${index}`,
    quantity: pieces,
  }));
  return {
    strategy: 'fewestSplitsThenNearest',
    mode: 'ship',
    pickupLocationId: null,
    destination: { country: 'IT', point: { lat: 41 + random() * 5, lng: 9 + random() * 5 } },
    excluded: [],
    lines,
    candidates: Array.from({ length: candidateCount }, (_, index) => candidateOf(name, index, random)),
  };
}

/** With a case of n locations each candidate has every n-th SKU, so that it takes n of them to have all. */
function candidateOf(name: Case, index: number, random: () => number): Candidate {
  const groups = cases[name];
  const available = Object.fromEntries(
    Array.from({ length: lineCount }, (_, line) => {
      const isShort = groups === 0 && line === lineCount - 1;
      const isTheirs = groups === 0 ? line % 2 === index % 2 : line % groups === index % groups;
      return [`SKU-${line}`, isShort || !isTheirs ? 0 : pieces + Math.floor(random() * 20)];
    }),
  );
  return {
    locationId: `location-${String(index).padStart(2, '0')}`,
    name: `Location ${index}`,
    country: ['IT', 'DE', 'FR'][index % 3]!,
    point: { lat: 38 + random() * 12, lng: 2 + random() * 16 },
    capabilities: ['ship', 'pickup', 'returns'],
    priority: 10 + Math.floor(random() * 5) * 10,
    available,
  };
}

function expectCase(name: Case, requests: readonly SourcingRequest[]): void {
  for (const request of requests) {
    const { assignments, short } = source(request);
    const isAsMeant =
      name === 'short' ? short.length > 0 : short.length === 0 && assignments.length === cases[name];
    if (!isAsMeant) throw new Error(`The case ${name} is decided with ${assignments.length} locations`);
  }
}
