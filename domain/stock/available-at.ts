import { lessBuffer, type StockCounters } from './availability';
import { promiseSupply, type Claim, type Supply, type SupplyPlace } from './promise-supply';

/** All that is known of the future of one SKU. */
export interface Outlook {
  places: readonly SupplyPlace[];
  supplies: readonly Supply[];
  /** In the order in which they began to wait. */
  waiting: readonly Claim[];
}

/**
 * What can be sold by a date, by location (ATP at a date): what is there, less what is spoken for, plus what comes
 * until then and is promised to nobody, never below 0. Supply that is overdue is not counted on: it has no date
 * any more; what has not left its location is sold there.
 *
 * @param at RFC 3339 in UTC, as is `now`; not before `now`
 * @param keepBack pieces that the channel which asks may not touch, by location
 */
export function availableAt(
  { places, supplies, waiting }: Outlook,
  at: string,
  now: string,
  keepBack: (locationId: string) => number = () => 0,
): Map<string, number> {
  const promised = new Map<number, number>();
  for (const { supplyId, quantity } of promiseSupply(waiting, supplies, places))
    promised.set(supplyId, (promised.get(supplyId) ?? 0) + quantity);
  return new Map(
    places.map(({ locationId, counters }) => {
      const coming = supplies
        .filter(
          (supply) =>
            supply.requestedTransferId === undefined &&
            supply.locationId === locationId &&
            now <= supply.expectedAt &&
            supply.expectedAt <= at,
        )
        .reduce((sum, { id, quantity }) => sum + quantity - (promised.get(id) ?? 0), 0);
      return [locationId, lessBuffer(unspokenFor(counters) + coming, keepBack(locationId))];
    }),
  );
}

/** May be below 0: then what comes first fills the shelf. */
const unspokenFor = ({ onHand, unsellable, reserved, allocated, safetyStock }: StockCounters): number =>
  onHand - unsellable - reserved - allocated - safetyStock;
