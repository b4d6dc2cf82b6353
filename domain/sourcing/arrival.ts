import { afterWorkingDays } from '../promise/promise';
import { usualFor } from '../promise/transit';
import { mustKeepPromise, type Weighed } from '../rules/asks';
import { daysBetween } from '../time/calendar';
import type { Candidate, Quote, SourcingRequest } from './types';

/** What the rules want of the day that the customer was promised. */
export interface Lateness {
  /** Whether only services that bring it in time may be chosen. */
  mustKeep: boolean;
  /** Days after the promised one on which goods would come; 0 in time, null where nothing can be told. */
  daysLate(candidate: Candidate, quote: Quote | null): number | null;
}

/** Null where nothing was promised, or the rules do not look at it. */
export function latenessOf(request: SourcingRequest, scenario: Weighed): Lateness | null {
  const promisedBy = request.order?.promisedBy;
  const mustKeep = mustKeepPromise(scenario);
  if (promisedBy === undefined || (!mustKeep && scenario.scores.perDayLate === undefined)) return null;
  return {
    mustKeep,
    daysLate: (candidate, quote) => {
      const arrival = arrivalOf(candidate, quote, request);
      return arrival === null ? null : Math.max(0, daysBetween(promisedBy, arrival));
    },
  };
}

/**
 * The day on which goods come at the latest that leave a location on the first day that it can: working days in transit
 * by the service, or what is usual for the method where no tariff covers the way. Of what is collected, the day on which
 * it is ready; of what is sent to a store, on which it comes there. Null where no day is known.
 */
export function arrivalOf(
  candidate: Candidate,
  quote: Quote | null,
  { mode, destination, method = 'standard', today }: SourcingRequest,
): string | null {
  if (candidate.shipping === 'closed') return null;
  const leaves = candidate.shipping?.shipsOn ?? candidate.today ?? today;
  if (leaves === undefined || mode === 'pickup') return leaves ?? null;
  const usual = () => usualFor(method, { from: candidate, to: destination }).max;
  return afterWorkingDays(leaves, quote?.transitDays ?? usual(), destination.country);
}

/** With the quickest of its services. */
export function earliestArrivalOf(candidate: Candidate, request: SourcingRequest): string | null {
  const quotes = candidate.quotes?.length ? candidate.quotes : [null];
  const days = quotes.flatMap((quote) => arrivalOf(candidate, quote, request) ?? []);
  return days.length === 0 ? null : days.reduce((first, day) => (day < first ? day : first));
}
