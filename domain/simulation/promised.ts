import { wholePromise } from '../promise/order-promise';
import { promiseOf } from '../promise/promise';
import type { SourcingDecision, SourcingRequest } from '../sourcing/types';
import type { LocationCalendar } from '../time/calendar';

export interface PromiseTerms {
  /** The shipping method. */
  service: string;
  /** By location. */
  calendars: Readonly<Record<string, LocationCalendar>>;
  actWithinMs: Readonly<Record<string, number>>;
  /** When it was decided. */
  at: string;
}

/** The local date on which all of an order would be there at the latest; null where not all of it is supplied. */
export function promisedBy(
  { assignments, short }: Pick<SourcingDecision, 'assignments' | 'short'>,
  { mode, destination, candidates }: Pick<SourcingRequest, 'mode' | 'destination' | 'candidates'>,
  { service, calendars, actWithinMs, at }: PromiseTerms,
): string | null {
  if (short.length > 0) return null;
  const parts = assignments.flatMap(({ locationId }) => {
    const candidate = candidates.find((each) => each.locationId === locationId);
    if (!candidate) return [];
    const calendar = calendars[locationId];
    const place = {
      ...{ name: candidate.name, country: candidate.country, actWithinMs: actWithinMs[locationId] ?? 0 },
      ...(calendar && { calendar }),
    };
    return [promiseOf({ mode, service, place, progress: { stage: 'toPrepare' }, destination, at })];
  });
  return wholePromise(parts)?.latest ?? null;
}
