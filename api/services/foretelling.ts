import type { Location } from '../../domain/catalogue/location';
import { methodToStore } from '../../domain/order/to-store';
import type { DeliveryMode } from '../../domain/order/types';
import type { Tariff } from '../../domain/tariffs/tariff';
import type { Progress, PromisePlace } from '../../domain/promise/leaving';
import { promiseOf, type DeliveryPromise } from '../../domain/promise/promise';

/** Where it is to go, and how. */
interface Asked {
  country: string;
  postalCode?: string;
  service: string;
  tariffs: readonly Tariff[];
}

type Told = Omit<DeliveryPromise, 'leavesBy'>;

/** Promises by location to somebody who has not bought yet. */
export interface Foretelling extends Asked {
  /** Of what is there at the instant `at`, or is expected then. RFC 3339. */
  tell(location: Location, mode: DeliveryMode, at: string, expectedAt?: string): Told;
  /** Of what a location has and would send to a store to be collected there. */
  tellSent(location: Location, store: Location, at: string): Told;
}

/**
 * What is there is reckoned once a minute for all SKUs and all who ask: clocks of calendars and cut-offs go by
 * minutes.
 */
export function createForetelling(asked: Asked): Foretelling {
  const { country, postalCode, service, tariffs } = asked;
  const destination = { country, ...(postalCode !== undefined && { postalCode }) };
  const known = new Map<string, Told>();
  let minute = '';
  const reckon = (location: Location, mode: DeliveryMode, progress: Progress, at: string): Told => {
    const { leavesBy: _, ...told } = promiseOf({
      ...{ mode, place: placeOf(location), progress, service, at, tariffs, destination },
    });
    return told;
  };
  const reckonSent = (location: Location, store: Location, at: string): Told => {
    const { country, postalCode } = store.address;
    const { leavesBy: _, ...told } = promiseOf({
      ...{ mode: 'shipToStore', place: placeOf(location), store: placeOf(store), at, tariffs },
      ...{ progress: { stage: 'toPrepare' }, service: methodToStore, destination: { country, postalCode } },
    });
    return told;
  };
  const remembered = (key: string, at: string, make: () => Told): Told => {
    if (minuteOf(at) !== minute) {
      known.clear();
      minute = minuteOf(at);
    }
    const told = known.get(key) ?? make();
    known.set(key, told);
    return told;
  };
  return {
    ...asked,
    tell(location, mode, at, expectedAt) {
      if (expectedAt !== undefined) return reckon(location, mode, { stage: 'toArrive', expectedAt }, at);
      return remembered(`${mode}:${location.id}`, at, () =>
        reckon(location, mode, { stage: 'toPrepare' }, at),
      );
    },
    tellSent: (location, store, at) =>
      remembered(`sent:${location.id}:${store.id}`, at, () => reckonSent(location, store, at)),
  };
}

function placeOf({ id: locationId, name, address, calendar, actWithinMs }: Location): PromisePlace {
  const { country, postalCode } = address;
  return { locationId, name, country, postalCode, actWithinMs, ...(calendar && { calendar }) };
}

/** Of an instant in UTC. */
const minuteOf = (at: string): string => at.slice(0, 16);

/**
 * When one piece that is ordered now would be there: from who has it, or, where nobody has, from the supply that is
 * to come; null where neither gives a day.
 *
 * @param places that can ship to the country, the preferred ones first
 */
export function soonest(
  foretell: Foretelling,
  locations: ReadonlyMap<string, Location>,
  { places, supplies, at }: Hopes,
): ({ locationId: string } & Told) | null {
  let best: ({ locationId: string } & Told) | null = null;
  const consider = (locationId: string, told: Told): void => {
    if (told.latest !== null && (best === null || bySoonest(told, best) < 0)) best = { locationId, ...told };
  };
  const holders = places.filter(({ available }) => available > 0);
  for (const { locationId } of holders)
    consider(locationId, foretell.tell(locations.get(locationId)!, 'ship', at));
  if (holders.length === 0)
    for (const { locationId, expectedAt } of supplies)
      consider(locationId, foretell.tell(locations.get(locationId)!, 'ship', at, expectedAt));
  return best;
}

/** Where a piece may come from. */
interface Hopes {
  places: readonly { locationId: string; available: number }[];
  supplies: readonly { locationId: string; expectedAt: string }[];
  /** Now. RFC 3339. */
  at: string;
}

/** Those without a day last. */
export const bySoonest = (a: Told, b: Told): number =>
  compare(a.latest, b.latest) || compare(a.earliest, b.earliest);

const compare = (a: string | null, b: string | null): number =>
  a === b ? 0 : a === null ? 1 : b === null || a < b ? -1 : 1;
