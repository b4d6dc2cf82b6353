import { wholePromise } from '../promise/order-promise';
import type { PromisePlace } from '../promise/leaving';
import { placeOf, type KnownOfPlaces } from '../promise/place';
import type { Tariff } from '../tariffs/tariff';
import { promiseOf } from '../promise/promise';
import type { SourcingDecision, SourcingRequest } from '../sourcing/types';

export interface PromiseTerms extends KnownOfPlaces {
  /** The shipping method. */
  service: string;
  /** What is sent to it is collected there, once it has taken it in. */
  store?: PromisePlace;
  /** Of now; null where none are looked at. */
  tariffs?: readonly Tariff[] | null;
  /** When it was decided. */
  at: string;
}

/** The local date on which all of an order would be there at the latest; null where not all of it is supplied. */
export function promisedBy(
  { assignments, short }: Pick<SourcingDecision, 'assignments' | 'short'>,
  {
    mode,
    destination,
    candidates,
    order,
  }: Pick<SourcingRequest, 'mode' | 'destination' | 'candidates' | 'order'>,
  { service, store, tariffs, at, ...known }: PromiseTerms,
): string | null {
  if (short.length > 0) return null;
  const to = { country: destination.country, ...(order?.postalCode && { postalCode: order.postalCode }) };
  const parts = assignments.flatMap(({ locationId, service: by }) => {
    const candidate = candidates.find((each) => each.locationId === locationId);
    if (!candidate) return [];
    const place = placeOf(candidate, known);
    const progress = { stage: 'toPrepare' } as const;
    const way = store ? { mode: 'shipToStore' as const, store } : { mode };
    return [promiseOf({ ...way, service, by, place, progress, destination: to, tariffs: tariffs ?? [], at })];
  });
  return wholePromise(parts)?.latest ?? null;
}
