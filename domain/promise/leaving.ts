import { addDays, hoursOn, nextShipDay, type LocationCalendar } from '../time/calendar';
import { localTime } from '../time/local-time';
import { dayText } from './day-text';

/** A location as far as it matters to a date. */
export interface PromisePlace {
  locationId: string;
  name: string;
  country: string;
  postalCode?: string;
  calendar?: LocationCalendar;
  /** How long it may take to act before the work goes elsewhere. */
  actWithinMs: number;
  /** Fulfillments that wait before this one, where the location has a limit a day. */
  queue?: { waiting: number; perDay: number };
}

/** How far the work of a location has come; instants are RFC 3339. */
export type Progress =
  /** `since`: when the location was told, and its time began; now when left out. */
  | { stage: 'toPrepare'; since?: string }
  /** The goods are still to come; null while nobody can say when. */
  | { stage: 'toArrive'; expectedAt: string | null }
  | { stage: 'packed'; since: string }
  /** `triedAt`: of the last attempt to deliver that failed. */
  | { stage: 'left'; since: string; triedAt?: string | null };

export interface Leaving {
  /** Local dates; null where none can be said. */
  days: { earliest: string; latest: string } | null;
  reasons: string[];
}

/** Monday to Friday around the clock: what is reckoned with where a location has no calendar. */
export const usualHours: LocationCalendar = {
  timeZone: 'UTC',
  weekdays: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, { open: '00:00', close: '24:00' }]),
  ),
};

/**
 * The days on which work can leave a location: the first on which it works after the goods are there, before its
 * cut-off, and behind what waits before it; at the latest when it has used all the time that it may take.
 */
export function leavingOf(place: PromisePlace, progress: Progress, at: string): Leaving {
  const calendar = place.calendar ?? usualHours;
  const reasons: string[] = [];
  if (progress.stage === 'left') {
    const { date } = localTime(progress.since, calendar.timeZone);
    return { days: { earliest: date, latest: date }, reasons: [`It left ${place.name} on ${dayText(date)}`] };
  }
  const from = startOf(place, progress, at, reasons);
  if (from === null) return { days: null, reasons };
  const behind = place.queue ? Math.floor(place.queue.waiting / place.queue.perDay) : 0;
  const earliest = shipDay(calendar, from, behind);
  const mayTake = progress.stage === 'packed' ? 0 : place.actWithinMs;
  const began = progress.stage === 'toPrepare' ? (progress.since ?? from) : from;
  const until = new Date(Date.parse(began) + mayTake).toISOString();
  const latest = shipDay(calendar, until > from ? until : from, behind);
  if (earliest === null || latest === null)
    return { days: null, reasons: [...reasons, `${place.name} has no day of work to come`] };
  if (place.calendar === undefined)
    reasons.push(`${place.name} has no calendar: Monday to Friday is reckoned with`);
  if (behind > 0)
    reasons.push(
      `${place.queue!.waiting} wait there before it, ${place.queue!.perDay} a day: ${behind} working days more`,
    );
  reasons.push(`${place.name} can have it ready on ${dayText(earliest)}${cutOffOf(place, calendar, from)}`);
  if (latest > earliest)
    reasons.push(`It may take ${durationText(mayTake)} to prepare it: until ${dayText(latest)}`);
  return { days: { earliest, latest: latest < earliest ? earliest : latest }, reasons };
}

function startOf(
  place: PromisePlace,
  progress: Exclude<Progress, { stage: 'left' }>,
  at: string,
  reasons: string[],
): string | null {
  if (progress.stage === 'toPrepare') {
    reasons.push(`The goods are at ${place.name}`);
    return at;
  }
  if (progress.stage === 'packed') {
    reasons.push(`It is packed at ${place.name}`);
    return at > progress.since ? at : progress.since;
  }
  const { expectedAt } = progress;
  if (expectedAt === null) reasons.push('Nobody can say yet when the goods come');
  else if (expectedAt < at)
    reasons.push(`The goods were to come on ${dayText(expectedAt.slice(0, 10))} and are late`);
  else {
    reasons.push(`The goods come to ${place.name} on ${dayText(expectedAt.slice(0, 10))}`);
    return expectedAt;
  }
  return null;
}

const lookAheadDays = 400;

/** The day on which an order of this instant leaves, so many days of work later; null when there is none. */
function shipDay(calendar: LocationCalendar, instant: string, behind: number): string | null {
  let day = nextShipDay(calendar, instant);
  for (let left = behind, looked = 0; day !== null && left > 0;) {
    day = addDays(day, 1);
    looked += 1;
    if (hoursOn(calendar, day)) [left, looked] = [left - 1, 0];
    else if (looked > lookAheadDays) day = null;
  }
  return day;
}

function cutOffOf(place: PromisePlace, calendar: LocationCalendar, from: string): string {
  if (place.calendar === undefined) return '';
  const local = localTime(from, calendar.timeZone);
  const hours = hoursOn(calendar, local.date);
  const clock = `${local.time} (${calendar.timeZone})`;
  if (hours === null) return `: it does not work on ${dayText(local.date)}`;
  const cutOff = hours.cutOff ?? hours.close;
  return local.time < cutOff
    ? `: ${clock} is before its cut-off at ${cutOff}`
    : `: ${clock} is after its cut-off at ${cutOff}`;
}

const durationText = (ms: number): string => `${Math.round(ms / 360_000) / 10} hours`;
