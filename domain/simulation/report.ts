import type { CostParts } from '../sourcing/types';
import type { Comparison } from './comparison';
import type { Figures } from './figures';

/** What all orders come to by one of the two rule sets. Each figure is the sum of the orders' own. */
export interface Totals {
  parcels: number;
  /** Parcels beyond the first of each order. */
  splits: number;
  splitOrders: number;
  pieces: number;
  shortPieces: number;
  shortOrders: number;
  km: number;
  withoutDistance: number;
  cost: { total: number; parts: CostParts };
  shippingCost: number;
  pickCost: number;
  withoutQuote: number;
}

/** What one location would have had to do. */
export interface Load {
  parcels: number;
  pieces: number;
}

export interface Report {
  orders: number;
  /** Orders that would go elsewhere. */
  changed: number;
  before: Totals;
  after: Totals;
  promise: { earlier: number; same: number; later: number; unknown: number; daysLater: number };
  /** By location. */
  locations: Record<string, { before: Load; after: Load }>;
}

const noTotals: Totals = {
  parcels: 0,
  splits: 0,
  splitOrders: 0,
  pieces: 0,
  shortPieces: 0,
  shortOrders: 0,
  km: 0,
  withoutDistance: 0,
  cost: { total: 0, parts: {} },
  shippingCost: 0,
  pickCost: 0,
  withoutQuote: 0,
};

export const emptyReport: Report = {
  orders: 0,
  changed: 0,
  before: noTotals,
  after: noTotals,
  promise: { earlier: 0, same: 0, later: 0, unknown: 0, daysLater: 0 },
  locations: {},
};

/** The report with more orders in it. */
export function addUp(report: Report, comparisons: readonly Comparison[]): Report {
  const locations = { ...report.locations };
  for (const { before, after } of comparisons) {
    addLoads(locations, 'before', before);
    addLoads(locations, 'after', after);
  }
  return comparisons.reduce(
    (so, { isChanged, before, after, daysLater }) => ({
      orders: so.orders + 1,
      changed: so.changed + (isChanged ? 1 : 0),
      before: plus(so.before, before),
      after: plus(so.after, after),
      promise: withPromise(so.promise, daysLater),
      locations,
    }),
    report,
  );
}

function plus(so: Totals, figures: Figures): Totals {
  const { parcels, short, cost } = figures;
  return {
    parcels: so.parcels + parcels,
    splits: so.splits + Math.max(0, parcels - 1),
    splitOrders: so.splitOrders + (parcels > 1 ? 1 : 0),
    pieces: so.pieces + figures.pieces,
    shortPieces: so.shortPieces + short,
    shortOrders: so.shortOrders + (short > 0 ? 1 : 0),
    km: so.km + figures.km,
    withoutDistance: so.withoutDistance + figures.withoutDistance,
    cost: { total: so.cost.total + cost.total, parts: plusParts(so.cost.parts, cost.parts) },
    shippingCost: so.shippingCost + figures.shippingCost,
    pickCost: so.pickCost + figures.pickCost,
    withoutQuote: so.withoutQuote + figures.withoutQuote,
  };
}

function plusParts(so: CostParts, more: CostParts): CostParts {
  const sum = { ...so };
  for (const [score, figure] of Object.entries(more) as [keyof CostParts, number][])
    sum[score] = (sum[score] ?? 0) + figure;
  return sum;
}

function withPromise(so: Report['promise'], daysLater: number | null): Report['promise'] {
  if (daysLater === null) return { ...so, unknown: so.unknown + 1 };
  const kind = daysLater < 0 ? 'earlier' : daysLater > 0 ? 'later' : 'same';
  return { ...so, [kind]: so[kind] + 1, daysLater: so.daysLater + daysLater };
}

const noLoad: Load = { parcels: 0, pieces: 0 };

function addLoads(loads: Report['locations'], side: 'before' | 'after', figures: Figures): void {
  for (const { locationId, pieces } of figures.locations) {
    const known = loads[locationId] ?? { before: noLoad, after: noLoad };
    const grown = { parcels: known[side].parcels + 1, pieces: known[side].pieces + pieces };
    loads[locationId] = { ...known, [side]: grown };
  }
}
