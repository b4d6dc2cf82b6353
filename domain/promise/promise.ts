import type { FulfillmentMode } from '../shipping/fulfillment-actions';
import { addDays, weekdayOf } from '../time/calendar';
import { readyAtStore } from './at-store';
import { dayText } from './day-text';
import type { DeliveryPromise } from './delivery-promise';
import { leavingOf, type Progress, type PromisePlace } from './leaving';
import { isPublicHoliday, knowsHolidaysOf } from './public-holidays';
import type { Tariff, ZonePlace } from '../tariffs/tariff';
import { transitOf, type Journey, type Transit } from './transit';

export type { DeliveryPromise };

export interface PromiseQuestion {
  mode: FulfillmentMode;
  place: PromisePlace;
  /** Of what is sent there: the store at which it is collected; the destination is its own. */
  store?: PromisePlace;
  progress: Progress;
  /** The shipping method; a pickup needs none. */
  service: string;
  /** Who is to bring the goods, where that is known. */
  by?: Journey['by'];
  destination: ZonePlace;
  /** That may hold, by the order's method; none where nobody keeps tariffs. */
  tariffs?: readonly Tariff[];
  /** Now. RFC 3339. */
  at: string;
}

/**
 * The sum of a promise: goods there, day of leaving by calendar and cut-off, the carrier's working days, weekends
 * and holidays of the destination. Stock that comes later makes neither date earlier.
 */
export function promiseOf(question: PromiseQuestion): DeliveryPromise {
  const { days, reasons } = leavingOf(question.place, question.progress, question.at);
  if (days === null) return { earliest: null, latest: null, leavesBy: null, reasons };
  if (question.mode === 'pickup') return { ...days, leavesBy: days.latest, reasons };
  const journey = journeyOf(question, days, reasons);
  return question.store ? readyAtStore(journey, question.store) : journey;
}

/** From the location to the door of the customer, or of the store. */
function journeyOf(
  question: PromiseQuestion,
  days: { earliest: string; latest: string },
  reasons: readonly string[],
): DeliveryPromise {
  const { country } = question.destination;
  const transit = transitFor(question);
  const delay = delayOf(question);
  const earliest = later(afterWorkingDays(days.earliest, transit.min, country), delay?.day);
  const latest = later(afterWorkingDays(days.latest, transit.max, country), delay?.day);
  const span = transit.min === transit.max ? `${transit.min}` : `${transit.min} to ${transit.max}`;
  const off = knowsHolidaysOf(country) ? 'weekends and public holidays there' : 'weekends there';
  return {
    earliest,
    latest,
    leavesBy: days.latest,
    reasons: [
      ...reasons,
      `${transit.service} takes ${span} working days from ${question.place.country} to ${country}, ${transit.source}`,
      ...(delay && latest === delay.day ? [delay.reason] : []),
      `Without ${off} that is ${earliest === latest ? dayText(earliest) : `${dayText(earliest)} to ${dayText(latest)}`}`,
    ],
  };
}

function transitFor({ service, place, destination, by, tariffs = [], at }: PromiseQuestion): Transit {
  const lane = { from: place, to: destination };
  return transitOf({ method: service, lane, day: at.slice(0, 10), ...(by && { by }) }, tariffs);
}

/** What is under way comes on no day that has passed, nor on that of an attempt that failed. */
function delayOf({ progress, destination, at }: PromiseQuestion): { day: string; reason: string } | null {
  if (progress.stage !== 'left') return null;
  const today = afterWorkingDays(at.slice(0, 10), 0, destination.country);
  if (!progress.triedAt) return { day: today, reason: 'It has not come on the days that were reckoned with' };
  const again = afterWorkingDays(progress.triedAt.slice(0, 10), 1, destination.country);
  return {
    day: later(again, today),
    reason: 'An attempt to deliver failed: the next is on a working day after it',
  };
}

const later = (date: string, other: string | undefined): string =>
  other !== undefined && other > date ? other : date;

const isDayOff = (date: string, country: string): boolean =>
  ['sat', 'sun'].includes(weekdayOf(date)) || isPublicHoliday(date, country);

/** So many working days of a country later; with none, the day itself or the next that is one. */
export function afterWorkingDays(date: string, count: number, country: string): string {
  let day = date;
  for (let left = count; left > 0;) {
    day = addDays(day, 1);
    if (!isDayOff(day, country)) left -= 1;
  }
  while (isDayOff(day, country)) day = addDays(day, 1);
  return day;
}
