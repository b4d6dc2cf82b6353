import { levelTerms } from '../../../domain/stock/reorder-levels';
import type { ReorderPoint } from './reorder-fields';

/** Where a computed point and target come from, with the figures put in; null for one that was set by hand. */
export function formulaOf({ basis, point, target }: ReorderPoint) {
  if (basis === null) return null;
  const { z, demand, safety, cover } = levelTerms(basis);
  const { meanPerDay, deviationPerDay, leadTimeDays, coverDays } = basis;
  return {
    ...basis,
    mean: figure(meanPerDay),
    deviation: figure(deviationPerDay),
    z: figure(z),
    point:
      `${figure(meanPerDay)} × ${leadTimeDays} + ${figure(z)} × ${figure(deviationPerDay)} × √${leadTimeDays} = ` +
      `${figure(demand)} + ${figure(safety)}, rounded up ${point}`,
    target: `${point} + ${figure(meanPerDay)} × ${coverDays} = ${point} + ${figure(cover)}, rounded up ${target}`,
  };
}

const figure = (value: number): string => value.toLocaleString('en-GB', { maximumFractionDigits: 3 });
