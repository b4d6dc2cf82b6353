import type { Location } from '../../domain/catalogue/location';
import type { DeliveryMode } from '../../domain/order/types';
import type { Progress } from '../../domain/promise/leaving';
import { promiseOf, type DeliveryPromise } from '../../domain/promise/promise';

/** What somebody asks who has not bought yet. */
interface Asked {
  at: string;
  country: string;
  service: string;
}

type Told = Omit<DeliveryPromise, 'leavesBy'>;

/** Promises by location; what is there now is reckoned once for all SKUs. */
export interface Foretelling extends Asked {
  tell(location: Location, mode: DeliveryMode, expectedAt?: string): Told;
}

export function createForetelling(asked: Asked): Foretelling {
  const known = new Map<string, Told>();
  const reckon = (location: Location, mode: DeliveryMode, progress: Progress): Told => {
    const { name, address, calendar, actWithinMs } = location;
    const place = { name, country: address.country, actWithinMs, ...(calendar && { calendar }) };
    const { at, country, service } = asked;
    const { leavesBy: _, ...told } = promiseOf({
      ...{ mode, place, progress, service, at },
      destination: { country },
    });
    return told;
  };
  return {
    ...asked,
    tell(location, mode, expectedAt) {
      if (expectedAt !== undefined) return reckon(location, mode, { stage: 'toArrive', expectedAt });
      const key = `${mode}:${location.id}`;
      const told = known.get(key) ?? reckon(location, mode, { stage: 'toPrepare' });
      known.set(key, told);
      return told;
    },
  };
}

/**
 * When one piece that is ordered now would be there: from who has it, or, where nobody has, from the supply that is
 * to come; null where neither gives a day.
 *
 * @param places that can ship to the country, the preferred ones first
 */
export function soonest(
  foretell: Foretelling,
  locations: ReadonlyMap<string, Location>,
  places: readonly { locationId: string; available: number }[],
  supplies: readonly { locationId: string; expectedAt: string }[],
): ({ locationId: string } & Told) | null {
  const holders = places.filter(({ available }) => available > 0);
  const told =
    holders.length > 0
      ? holders.map(({ locationId }) => ({
          locationId,
          ...foretell.tell(locations.get(locationId)!, 'ship'),
        }))
      : supplies.map(({ locationId, expectedAt }) => ({
          locationId,
          ...foretell.tell(locations.get(locationId)!, 'ship', expectedAt),
        }));
  return told.filter(({ latest }) => latest !== null).sort(bySoonest)[0] ?? null;
}

/** Where it can be collected in the country, and when it would be ready. */
export const pickupPlaces = (
  foretell: Foretelling,
  places: readonly { location: Location; available: number }[],
) =>
  places
    .filter(
      ({ location, available }) =>
        available > 0 &&
        location.capabilities.includes('pickup') &&
        location.address.country === foretell.country,
    )
    .map(({ location, available }) => ({
      ...{ locationId: location.id, name: location.name, available },
      readyBy: foretell.tell(location, 'pickup'),
    }))
    .sort((a, b) => bySoonest(a.readyBy, b.readyBy));

const bySoonest = (a: Told, b: Told): number =>
  compare(a.latest, b.latest) || compare(a.earliest, b.earliest);

const compare = (a: string | null, b: string | null): number =>
  a === b ? 0 : a === null ? 1 : b === null || a < b ? -1 : 1;
