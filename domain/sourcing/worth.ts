import type { SourcingDecision } from './types';

/** What decisions are compared by: fewest pieces short first, then the least cost in thousandths of a minor unit. */
export interface Worth {
  short: number;
  cost: number;
}

type Made = readonly { decision: SourcingDecision }[];

/** The best first. */
export const byWorth = (one: Worth, other: Worth): number => one.short - other.short || one.cost - other.cost;

export const isBetter = (one: Worth, other: Worth): boolean => byWorth(one, other) < 0;

export const worthOf = (decided: Made): Worth => sumOf(decided, costThatDecides);

/** No better decisions are possible, whether or not these are proven. */
export const boundOf = (decided: Made): Worth =>
  sumOf(decided, (decision) => {
    const cost = costThatDecides(decision);
    return cost - Math.abs(cost) * (decision.gap ?? 0);
  });

/** Of what a list or the customer has chosen no cost is weighed. */
const costThatDecides = ({ cost, decidedBy }: SourcingDecision): number =>
  decidedBy?.who === 'software' ? (cost?.total ?? 0) : 0;

function sumOf(decided: Made, costOf: (decision: SourcingDecision) => number): Worth {
  const worth = { short: 0, cost: 0 };
  for (const { decision } of decided) {
    for (const { quantity } of decision.short) worth.short += quantity;
    for (const part of decision.destinations ?? [{ decision }]) worth.cost += costOf(part.decision);
  }
  return worth;
}
