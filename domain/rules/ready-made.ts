import type { Scenario } from './types';

/** A scenario that many retailers begin with, to be added to their own and changed. */
export interface ReadyMade {
  title: string;
  scenario: Scenario;
}

/**
 * Each is whole by itself; figures are minor units. What is narrower comes first, and none holds always: each stands
 * before the last one of a rule set.
 */
export const readyMade: readonly ReadyMade[] = [
  {
    title: 'Stores near the customer ship first',
    scenario: {
      code: 'near-stores',
      when: { all: [{ deliveryMode: 'ship' }, { weightGrams: { below: 20_000 } }] },
      decides: 'software',
      filters: [{ locationType: ['store', 'warehouse'] }, { maxDistanceKm: 150 }, { capacityLeft: true }],
      scores: { perSplit: 400, perKm: 2, load: 200 },
      allocation: { split: 'allow', maxLocations: 2 },
      onShortage: { then: 'backorder' },
    },
  },
  {
    title: 'Whatever was promised is kept',
    scenario: {
      code: 'promised',
      when: { all: [{ deliveryMode: 'ship' }, { channelType: ['marketplace'] }] },
      decides: 'software',
      filters: [{ keepsPromise: true }, { shipsWithinDays: 1 }],
      scores: { perSplit: 400, shippingCost: 1, perDayLate: 500 },
      allocation: { split: 'allow' },
      onShortage: { then: 'alternative', within: 'P1D', otherwise: 'cancel' },
    },
  },
  {
    title: 'Hazardous goods leave warehouses, in one parcel',
    scenario: {
      code: 'hazardous',
      when: { hazard: true },
      decides: 'software',
      filters: [{ locationType: ['warehouse'] }, { hazardAllowed: true }],
      scores: { shippingCost: 1 },
      allocation: { split: 'never' },
      onShortage: { then: 'purchaseRequest', within: 'P2D', owner: 'purchasing' },
    },
  },
  {
    title: 'Large orders are gathered and leave together',
    scenario: {
      code: 'together',
      when: { orderValue: { atLeast: 50_000, currency: 'EUR' } },
      decides: 'software',
      filters: [{ locationType: ['warehouse', 'store'] }],
      scores: { perKm: 1 },
      allocation: { split: 'consolidate', respectPreference: true },
      onShortage: { then: 'waitForTransfer', within: 'P5D', otherwise: 'split' },
    },
  },
  {
    title: 'Old and surplus stock goes first',
    scenario: {
      code: 'clear-shelves',
      when: { everyLine: { tag: ['seasonal'] } },
      decides: 'software',
      filters: [{ capacityLeft: true }],
      scores: { perSplit: 400, shippingCost: 1, stockAge: 2, overstock: 100 },
      allocation: { split: 'allow', maxLocations: 3 },
      onShortage: { then: 'alternative', within: 'P3D', otherwise: 'backorder' },
    },
  },
  {
    title: 'The customer chooses where it comes from',
    scenario: {
      code: 'customers-choice',
      when: { customerGroup: ['business'] },
      decides: 'customer',
      filters: [],
      scores: { perSplit: 400, perKm: 1 },
      allocation: { split: 'allow', respectPreference: true },
      onShortage: { then: 'backorder' },
    },
  },
  {
    title: 'What the carriers ask for, against days and parcels',
    scenario: {
      code: 'least-cost',
      when: { deliveryMode: 'ship' },
      decides: 'software',
      filters: [{ capacityLeft: true }],
      scores: { perSplit: 300, shippingCost: 1, perDay: 50, pickCost: 1 },
      allocation: { split: 'allow', maxLocations: 3 },
      onShortage: { then: 'backorder' },
    },
  },
];

interface Named {
  code?: unknown;
}

/**
 * A rule set as it was typed, with a scenario before its last one, which holds always; under another code where its own is
 * there already.
 */
export function withScenario(
  rules: Record<string, unknown>,
  { scenario }: ReadyMade,
): Record<string, unknown> {
  const scenarios: unknown[] = Array.isArray(rules.scenarios) ? rules.scenarios : [];
  const codes = new Set(scenarios.map((each) => (each as Named | null)?.code));
  let code = scenario.code;
  for (let number = 2; codes.has(code); number += 1) code = `${scenario.code}-${number}`;
  return { ...rules, scenarios: scenarios.toSpliced(-1, 0, { ...scenario, code }) };
}
