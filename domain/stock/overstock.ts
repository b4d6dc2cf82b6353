import { fewestKnownDays, mostSalesDays } from './reorder-levels';

/** What is known of a SKU at a location when it is asked whether there is too much of it, in pieces. */
export interface StockCover {
  /** On hand, sellable, and spoken for by nobody. */
  free: number;
  /** Up to which it is reordered; null where nobody reorders it. */
  target: number | null;
  /** Sold in the last 90 days, or as long as it is known. */
  sold: number;
  /** Days since the location first had it. */
  knownDays: number;
}

/**
 * A location has too many of a SKU when more is free than its reorder target; where nobody reorders it, when more
 * is free than sells in 90 days:
 *
 *     free > 90 · sold / days      with days = those it is known, 90 at most
 *
 * What it has had for less than 14 days may still have to begin to sell: of that it has never too many.
 */
export function isOverstocked({ free, target, sold, knownDays }: StockCover): boolean {
  if (target !== null) return free > target;
  if (knownDays < fewestKnownDays) return false;
  return free * Math.min(mostSalesDays, Math.floor(knownDays)) > sold * mostSalesDays;
}
