import { dayText } from '../promise/day-text';
import type { Filter } from '../rules/types';
import { daysBetween } from '../time/calendar';
import { earliestArrivalOf } from './arrival';
import type { Sighted } from './sight';
import type { Candidate, SourcingRequest } from './types';

type KeyOf<Union> = Union extends unknown ? keyof Union : never;
type ValueOf<Union, Key extends PropertyKey> = Union extends Record<Key, infer Value> ? Value : never;
type FilterKey = KeyOf<Filter>;
type Judge<Key extends FilterKey> = (
  wanted: ValueOf<Filter, Key>,
  sighted: Sighted,
  request: SourcingRequest,
) => string | null;

/** Each says why a location does not pass, or null. */
const filters: { [Key in FilterKey]: Judge<Key> } = {
  locationType: (wanted, { candidate: { type } }) =>
    type !== undefined && wanted.includes(type)
      ? null
      : `is of type "${type ?? 'unknown'}", not ${wanted.join(' or ')}`,
  locationIn: (wanted, { candidate }) =>
    wanted.includes(candidate.locationId) ? null : 'is not among the locations asked',
  locationNotIn: (wanted, { candidate }) =>
    wanted.includes(candidate.locationId) ? 'is among the locations left out' : null,
  country: (wanted, { candidate: { country } }, { destination }) => {
    if (wanted === 'same')
      return country === destination.country ? null : `is in ${country}, not in the destination's country`;
    if (wanted === 'other') return country === destination.country ? `is in the destination's country` : null;
    return wanted.includes(country) ? null : `is in ${country}, not in ${wanted.join(' or ')}`;
  },
  maxDistanceKm: (wanted, { distanceKm }) => {
    if (distanceKm === null) return 'its distance is not known';
    return distanceKm <= wanted ? null : `is ${distanceKm} km away, more than ${wanted}`;
  },
  priorityAtMost: (wanted, { candidate: { priority } }) =>
    priority <= wanted ? null : `has priority ${priority}, beyond ${wanted}`,
  capacityLeft: (_, { candidate: { capacityPerDay, usedToday = 0 } }) =>
    capacityPerDay === undefined || usedToday < capacityPerDay
      ? null
      : `has used ${usedToday} of ${capacityPerDay} of today's capacity`,
  shipsWithinDays: (wanted, { candidate }, { today }) =>
    daysUntil(candidate.shipping, candidate.today ?? today, wanted),
  hasTag: (wanted, { candidate: { tags = [] } }) =>
    wanted.some((tag) => tags.includes(tag)) ? null : `is not tagged ${wanted.join(' or ')}`,
  hasNoTag: (wanted, { candidate: { tags = [] } }) => {
    const found = tags.find((tag) => wanted.includes(tag));
    return found === undefined ? null : `is tagged ${found}`;
  },
  hazardAllowed: (_, { candidate }, { order }) =>
    candidate.hazardAllowed === true || !order?.lines.some((line) => line.hazard === true)
      ? null
      : 'may not handle hazardous goods',
  carriesSku: (_, { candidate }, { lines }) => {
    const missing = lines.find(({ sku }) => candidate.carries?.[sku] === false);
    return missing === undefined ? null : `does not carry ${missing.sku}`;
  },
  backlogBelow: (wanted, { candidate: { backlog = 0 } }) =>
    backlog < wanted ? null : `has a backlog of ${backlog}, not below ${wanted}`,
  keepsPromise: (_, { candidate }, request) => {
    const promisedBy = request.order?.promisedBy;
    if (promisedBy === undefined) return null;
    if (candidate.shipping === 'closed') return 'is closed';
    const arrival = earliestArrivalOf(candidate, request);
    return arrival === null || arrival <= promisedBy
      ? null
      : `would have it there by ${dayText(arrival)}, promised by ${dayText(promisedBy)}`;
  },
};

/** What speaks against a location by one filter of a scenario. Throws on a filter that there is not. */
export function reasonAgainst(filter: Filter, sighted: Sighted, request: SourcingRequest): string | null {
  const [key, wanted] = Object.entries(filter)[0] as [FilterKey, never];
  const judge = filters[key];
  if (!judge) throw new Error(`There is no filter "${key}"`);
  return judge(wanted, sighted, request);
}

export const filterKeys = Object.keys(filters) as FilterKey[];

/** A location without a calendar, or a request without a date, passes: nothing is known against it. */
function daysUntil(
  shipping: Candidate['shipping'],
  today: string | undefined,
  within: number,
): string | null {
  if (shipping === 'closed') return 'is closed';
  if (shipping === undefined || today === undefined) return null;
  const days = daysBetween(today, shipping.shipsOn);
  return days <= within
    ? null
    : `ships on ${dayText(shipping.shipsOn)}, in ${days} days, not within ${within}`;
}
