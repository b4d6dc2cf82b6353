/** Safety factors z of the standard normal distribution by wanted service level, in percent. */
const safetyFactors = { 90: 1.2816, 95: 1.6449, 98: 2.0537, 99: 2.3263 } as const;
export type ServiceLevel = keyof typeof safetyFactors;
export const serviceLevels = [90, 95, 98, 99] as const satisfies ServiceLevel[];

/** Sales of fewer days say little; older ones say little of today. */
export const fewestKnownDays = 14;
export const mostSalesDays = 90;

export interface ReorderLevels {
  point: number;
  target: number;
  /** What they were computed from, for people. */
  basis: {
    days: number;
    sold: number;
    meanPerDay: number;
    deviationPerDay: number;
    leadTimeDays: number;
    serviceLevel: number;
    coverDays: number;
  };
}

/**
 * Reorder point and target from sales and lead time:
 *
 *     point  = d·L + z·σ·√L      expected demand over the lead time, and the safety stock on top
 *     target = point + d·R       enough for R more days when it arrives
 *
 * with d and σ the mean and the standard deviation of the pieces sold in a day, L the lead time in days, and z the
 * safety factor of the service level (normal demand, independent from day to day). Both are rounded up. Silver,
 * Pyke, Thomas: Inventory and Production Management in Supply Chains, 4th ed., ch. 6 (Silver, Pyke, Peterson,
 * 3rd ed., ch. 7). What does not sell has no target above its point, and is not ordered.
 *
 * @param sold pieces by day; days without sales may be left out
 * @param knownDays days since the place first had the SKU; counted between 14 and 90
 */
export function reorderLevels(input: {
  sold: readonly number[];
  knownDays: number;
  leadTimeDays: number;
  serviceLevel: ServiceLevel;
  coverDays: number;
}): ReorderLevels {
  const { sold, leadTimeDays, serviceLevel, coverDays } = input;
  const days = Math.max(
    sold.length,
    Math.min(mostSalesDays, Math.max(fewestKnownDays, Math.floor(input.knownDays))),
  );
  const pieces = sold.reduce((sum, each) => sum + each, 0);
  const mean = pieces / days;
  const squares = sold.reduce((sum, each) => sum + (each - mean) ** 2, 0) + (days - sold.length) * mean ** 2;
  const deviation = Math.sqrt(squares / (days - 1));
  const given = { leadTimeDays, serviceLevel, coverDays };
  const terms = levelTerms({ ...given, meanPerDay: mean, deviationPerDay: deviation });
  const point = roundUp(terms.demand + terms.safety);
  return {
    point,
    target: point + roundUp(terms.cover),
    basis: {
      ...{ days, sold: pieces, ...given },
      meanPerDay: rounded(mean),
      deviationPerDay: rounded(deviation),
    },
  };
}

/** The terms of the formula, in pieces and not rounded: levels are made of them, and people see where one comes from. */
export function levelTerms(basis: Omit<ReorderLevels['basis'], 'days' | 'sold'>) {
  const { meanPerDay, deviationPerDay, leadTimeDays, coverDays } = basis;
  const z = safetyFactors[basis.serviceLevel as ServiceLevel];
  return {
    z,
    demand: meanPerDay * leadTimeDays,
    safety: z * deviationPerDay * Math.sqrt(leadTimeDays),
    cover: meanPerDay * coverDays,
  };
}

/** Sums of binary fractions may lie a hair above a whole number. */
const roundUp = (pieces: number): number => Math.max(0, Math.ceil(pieces - 1e-9));
const rounded = (value: number): number => Math.round(value * 1000) / 1000;
