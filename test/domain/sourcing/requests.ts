import { createRandom } from '../../../bench/load/random';
import type { RuleSet, Scenario, Scores, SplitRule } from '../../../domain/rules/types';
import type { Candidate, SourcingRequest } from '../../../domain/sourcing/types';

/** A rule set of one scenario that always holds. */
export const ruleSetOf = (scenario: Partial<Scenario>): RuleSet => ({
  name: 'test',
  version: '1',
  currency: 'EUR',
  scenarios: [
    {
      code: 'always',
      when: { all: [] },
      decides: 'software',
      filters: [],
      scores: {},
      allocation: { split: 'allow' },
      onShortage: { then: 'backorder' },
      ...scenario,
    },
  ],
});

export const location = (locationId: string, more: Partial<Candidate> = {}): Candidate => ({
  locationId,
  name: `Location ${locationId}`,
  country: 'IT',
  point: null,
  capabilities: ['ship'],
  priority: 1,
  available: {},
  ...more,
});

export const requestOf = (more: Partial<SourcingRequest> = {}): SourcingRequest => ({
  strategy: 'fewestSplitsThenNearest',
  mode: 'ship',
  pickupLocationId: null,
  destination: { country: 'IT', point: null },
  excluded: [],
  lines: [],
  candidates: [],
  ...more,
});

const splits: readonly SplitRule[] = ['allow', 'allow', 'byLine', 'never'];

/** A small request, always the same for a seed: with ties, shortages, lines of one SKU, several services. */
export function randomRequest(seed: number): SourcingRequest {
  const random = createRandom(seed);
  const upTo = (below: number): number => Math.floor(random() * below);
  const isTied = seed % 3 === 0;
  const figure = (below: number): number => (isTied ? upTo(3) * 100 : upTo(below));
  const skus = Array.from({ length: 1 + upTo(4) }, (_, index) => `S${index}`);
  const lines = Array.from({ length: skus.length + upTo(3) }, (_, index) => ({
    lineId: `l${index}`,
    sku: skus[index % skus.length]!,
    quantity: 1 + upTo(4),
  }));
  const share = 0.3 + random() * 0.7;
  const candidates = Array.from({ length: 1 + upTo(8) }, (_, index) =>
    location(`loc${index}`, {
      priority: upTo(4),
      available: Object.fromEntries(skus.map((sku) => [sku, random() < share ? upTo(6) : 0])),
      pickCost: figure(40),
      overstock: Object.fromEntries(skus.map((sku) => [sku, random() < 0.2])),
      // Of every sixth no tariff covers the way.
      quotes: Array.from({ length: upTo(6) === 0 ? 0 : 1 + upTo(2) }, (_, service) => ({
        carrier: 'c',
        service: `s${service}`,
        base: figure(900),
        perKg: figure(100),
        transitDays: 1 + upTo(4),
      })),
    }),
  );
  const scores: Scores = {
    perSplit: figure(500),
    shippingCost: 1,
    pickCost: upTo(2),
    perDay: upTo(2) * 50,
    withoutTariff: figure(1500),
    priority: upTo(2) * 30,
    overstock: upTo(2) * 60,
  };
  const order = {
    mode: 'ship' as const,
    country: 'IT',
    lines: lines.map((line) => ({ ...line, weightGrams: 1000 * (1 + (line.sku.charCodeAt(1) % 3)) })),
  };
  const split = splits[upTo(splits.length)]!;
  const allocation = {
    split,
    ...(random() < 0.3 ? { maxLocations: 1 + upTo(3) } : {}),
    ...(random() < 0.1 ? { shipComplete: true } : {}),
  };
  return requestOf({ lines, candidates, order, ruleSet: ruleSetOf({ scores, allocation }) });
}

/** The same, with distances, load, age of stock and days late, so that every score and filter has something to say. */
export function wideRequest(seed: number): SourcingRequest {
  const random = createRandom(seed * 7 + 1);
  const upTo = (below: number): number => Math.floor(random() * below);
  const request = randomRequest(seed);
  const point = () => (random() < 0.2 ? null : { lat: 44 + upTo(4), lng: 10 + upTo(4) });
  const candidates = request.candidates.map((each) => ({
    ...each,
    point: point(),
    capacityPerDay: 10,
    usedToday: upTo(12),
    backlog: upTo(6),
    stockAgeDays: Object.fromEntries(Object.keys(each.available).map((sku) => [sku, upTo(30)])),
    shipping: { shipsOn: `2026-03-0${2 + upTo(4)}` },
  }));
  const [scenario] = request.ruleSet!.scenarios;
  const scores: Scores = {
    ...scenario!.scores,
    perKm: upTo(3),
    load: upTo(3) * 100,
    stockAge: upTo(3) * 2,
    perDayLate: upTo(3) * 40,
  };
  return {
    ...request,
    candidates,
    today: '2026-03-02',
    destination: { country: 'IT', point: point() },
    order: { ...request.order!, promisedBy: '2026-03-05' },
    ruleSet: { ...request.ruleSet!, scenarios: [{ ...scenario!, scores }] },
  };
}

/** Small requests of several destinations over the same locations, whose stock is scarce. */
export function randomDestinations(seed: number): SourcingRequest[] {
  const random = createRandom(seed);
  const stock = new Map<string, number>();
  const available = (locationId: string, sku: string): number => {
    const key = `${locationId} ${sku}`;
    if (!stock.has(key)) stock.set(key, Math.floor(random() * 5));
    return stock.get(key)!;
  };
  return Array.from({ length: 2 + (seed % 2) }, (_, index) => {
    const request = randomRequest(seed * 3 + index);
    const candidates = request.candidates.map((candidate) => ({
      ...candidate,
      available: Object.fromEntries(
        Object.keys(candidate.available).map((sku) => [sku, available(candidate.locationId, sku)]),
      ),
    }));
    return { ...request, candidates };
  });
}

/**
 * A request as large as is promised to be decided at best: up to 20 lines and 50 locations, of which each has much, some,
 * or next to nothing of what is asked for.
 */
export function fullRequest(seed: number): SourcingRequest {
  const random = createRandom(seed * 13 + 5);
  const upTo = (below: number): number => Math.floor(random() * below);
  const count = 10 + upTo(11);
  const lines = Array.from({ length: count }, (_, index) => ({
    ...{ lineId: `l${index}`, sku: `S${index}`, quantity: 1 + upTo(3) },
    weightGrams: 1000 * (1 + upTo(3)),
  }));
  const share = [0.1, 0.25, 0.6][seed % 3]!;
  const candidates = Array.from({ length: 25 + upTo(26) }, (_, index) =>
    location(`loc${index}`, {
      ...{ priority: upTo(4), pickCost: upTo(40), overstock: {} },
      available: Object.fromEntries(lines.map(({ sku }) => [sku, random() < share ? 1 + upTo(4) : 0])),
      quotes: Array.from({ length: 1 + upTo(2) }, (_, service) => ({
        ...{ carrier: 'c', service: `s${service}`, transitDays: 1 + upTo(4) },
        ...{ base: 300 + upTo(900), perKg: upTo(100) },
      })),
    }),
  );
  const scores: Scores = {
    ...{ perSplit: upTo(2) * 300, shippingCost: 1, pickCost: upTo(2), perDay: upTo(2) * 50 },
    priority: upTo(2) * 30,
  };
  const allocation = {
    split: upTo(5) === 0 ? ('byLine' as const) : ('allow' as const),
    ...(random() < 0.5 ? { maxLocations: 2 + upTo(6) } : {}),
    ...(random() < 0.3 ? { shipComplete: true } : {}),
  };
  const order = { mode: 'ship' as const, country: 'IT', lines };
  return requestOf({ lines, candidates, order, ruleSet: ruleSetOf({ scores, allocation }) });
}

/** Twenty lines, of which each of 50 locations has few; nothing is sent before all is there. */
export function thinRequest(
  seed: number,
  { each, maxLocations }: { each: number; maxLocations: number },
): SourcingRequest {
  const random = createRandom(seed * 31 + each);
  const upTo = (below: number): number => Math.floor(random() * below);
  const lines = Array.from({ length: 20 }, (_, index) => ({
    ...{ lineId: `l${index}`, sku: `S${index}`, quantity: 1, weightGrams: 1000 },
  }));
  const candidates = Array.from({ length: 50 }, (_, index) =>
    location(`loc${index}`, {
      pickCost: upTo(50),
      available: Object.fromEntries(Array.from({ length: each }, () => [lines[upTo(20)]!.sku, 1])),
    }),
  );
  const allocation = { split: 'allow' as const, shipComplete: true, maxLocations };
  const order = { mode: 'ship' as const, country: 'IT', lines };
  return requestOf({
    ...{ lines, candidates, order },
    ruleSet: ruleSetOf({ scores: { pickCost: 1 }, allocation }),
  });
}
