import { daysBetween } from '../time/calendar';
import type { Supplied, Figures } from './figures';

/** One past order, decided twice. */
export interface Comparison {
  isChanged: boolean;
  before: Figures;
  after: Figures;
  /** Days by which the last parcel comes later; below 0: earlier; null where one of the two has no date. */
  daysLater: number | null;
}

export const compare = (
  before: Supplied & { figures: Figures },
  after: Supplied & { figures: Figures },
): Comparison => ({
  isChanged: shapeOf(before) !== shapeOf(after),
  before: before.figures,
  after: after.figures,
  daysLater: daysLater(before.figures.promised, after.figures.promised),
});

/** Who supplies what, and what stays without; the same text for the same outcome in whatever order it is told. */
function shapeOf({ assignments, short }: Supplied): string {
  const given = assignments.flatMap(({ locationId, lines }) =>
    lines.map(({ lineId, quantity }) => JSON.stringify([locationId, lineId, quantity])),
  );
  const missing = short.map(({ lineId, quantity }) => JSON.stringify([null, lineId, quantity]));
  return [...given, ...missing].sort().join();
}

const daysLater = (from: string | null, to: string | null): number | null =>
  from === null || to === null ? null : daysBetween(from, to);
