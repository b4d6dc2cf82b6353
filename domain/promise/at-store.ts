import { addDays, hoursOn } from '../time/calendar';
import { dayText } from './day-text';
import type { DeliveryPromise } from './delivery-promise';
import { usualHours, type PromisePlace } from './leaving';

const dayMs = 86_400_000;
/** A calendar that has no day of work for so long has none. */
const lookAheadDays = 400;

/**
 * When what is sent to a store can be collected there: a parcel that comes on a day of work can be ready the same day,
 * and at the latest when the store has used the time that it may take. A later parcel makes neither date earlier.
 */
export function readyAtStore(journey: DeliveryPromise, store: PromisePlace): DeliveryPromise {
  const { earliest: first, latest: last, leavesBy } = journey;
  if (first === null || last === null) return journey;
  const earliest = dayOfWork(store, first);
  const latest = dayOfWork(store, addDays(last, Math.ceil(store.actWithinMs / dayMs)));
  const reasons = [...journey.reasons, ...reasonsOf(store, first, earliest, latest)];
  return earliest === null || latest === null
    ? { earliest: null, latest: null, leavesBy, reasons }
    : { earliest, latest, leavesBy, reasons };
}

/** The day itself, or the next on which the store works; null where its calendar knows none. */
function dayOfWork({ calendar = usualHours }: PromisePlace, from: string): string | null {
  for (let days = 0; days <= lookAheadDays; days += 1)
    if (hoursOn(calendar, addDays(from, days))) return addDays(from, days);
  return null;
}

function reasonsOf(
  store: PromisePlace,
  comes: string,
  earliest: string | null,
  latest: string | null,
): string[] {
  if (earliest === null || latest === null) return [`${store.name} has no day of work to come`];
  const off = earliest > comes ? `: it does not work on ${dayText(comes)}` : '';
  const mayTake = Math.round(store.actWithinMs / 360_000) / 10;
  return [
    `${store.name} can have it ready for the customer on ${dayText(earliest)}${off}`,
    ...(latest > earliest
      ? [`${store.name} may take ${mayTake} hours to take it in: until ${dayText(latest)}`]
      : []),
  ];
}
