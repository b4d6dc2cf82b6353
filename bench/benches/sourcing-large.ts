import type { RuleSet } from '../../domain/rules/types';
import type { Candidate, SourcingRequest } from '../../domain/sourcing/types';
import { createRandom } from '../load/random';

const lineCount = 20;
const candidateCount = 1_000;

/** Shops of a chain as rules with costs see them: parcels, distance, load and splits are weighed up. */
const rules: RuleSet = {
  name: 'bench',
  version: '1',
  currency: 'EUR',
  scenarios: [
    {
      code: 'always',
      when: { all: [] },
      decides: 'software',
      filters: [{ capacityLeft: true }],
      scores: { perSplit: 400, shippingCost: 1, perDay: 50, perKm: 0.5, load: 200 },
      allocation: { split: 'allow' },
      onShortage: { then: 'backorder' },
    },
  ],
};

/** Twenty lines among a thousand shops, each of which has about a half of the SKUs. */
export const largeRequests = (count: number): SourcingRequest[] =>
  Array.from({ length: count }, (_, variant) => requestOf(createRandom(variant + 1)));

function requestOf(random: () => number): SourcingRequest {
  const lines = Array.from({ length: lineCount }, (_, index) => ({
    lineId: `line-${index}`,
    sku: `SKU-${index}`,
    quantity: 1 + Math.floor(random() * 3),
  }));
  return {
    strategy: 'fewestSplitsThenNearest',
    ruleSet: rules,
    mode: 'ship',
    pickupLocationId: null,
    destination: { country: 'IT', point: { lat: 41 + random() * 5, lng: 9 + random() * 5 } },
    excluded: [],
    lines,
    candidates: Array.from({ length: candidateCount }, (_, index) => candidateOf(index, random)),
  };
}

function candidateOf(index: number, random: () => number): Candidate {
  const base = 450 + Math.floor(random() * 450);
  return {
    locationId: `location-${String(index).padStart(4, '0')}`,
    name: `Location ${index}`,
    country: 'IT',
    point: { lat: 38 + random() * 9, lng: 7 + random() * 11 },
    capabilities: ['ship'],
    priority: 10,
    capacityPerDay: 50,
    usedToday: Math.floor(random() * 55),
    quotes: [
      { carrier: 'parcel', service: 'standard', base, perKg: 0, transitDays: 1 + Math.floor(random() * 3) },
    ],
    available: Object.fromEntries(
      Array.from({ length: lineCount }, (_, line) => [
        `SKU-${line}`,
        random() < 0.5 ? 1 + Math.floor(random() * 6) : 0,
      ]),
    ),
  };
}
