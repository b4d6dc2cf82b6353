import type { FieldProblem } from '../commands';
import type { Tariff, TariffZone, ZoneArea, ZoneOrigin, ZoneRate } from './tariff';
import { narrowness } from './zone-for';

/** What tariffs may refer to. */
export interface KnownPlaces {
  carriers: readonly string[];
  locationIds: readonly string[];
}

/**
 * What the shape of a tariff cannot say: ranges and spans that end before they begin, weights out of order, zones
 * that are equally narrow on one way, so that nobody could say what it costs, and references to what is not there.
 */
export function tariffProblems(tariff: Omit<Tariff, 'id'>, known: KnownPlaces): FieldProblem[] {
  const { carrier, validFrom, validUntil, zones } = tariff;
  const problems: FieldProblem[] = [];
  if (!known.carriers.includes(carrier))
    problems.push({
      pointer: '/carrier',
      detail: `There is no carrier "${carrier}": there are ${known.carriers.join(', ')}`,
    });
  if (validUntil !== undefined && validUntil < validFrom)
    problems.push({ pointer: '/validUntil', detail: `Ends before it begins, on ${validFrom}` });
  return [
    ...problems,
    ...zones.flatMap((zone, index) => zoneProblems(zone, `/zones/${index}`, known)),
    ...zonesTwice(zones),
  ];
}

function zoneProblems(
  { from, to, rates, transitDays }: TariffZone,
  at: string,
  { locationIds }: KnownPlaces,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  from.forEach((end, index) => {
    const pointer = `${at}/from/${index}`;
    if (!('locationId' in end)) problems.push(...areaProblems(end, pointer));
    else if (!locationIds.includes(end.locationId))
      problems.push({
        pointer: `${pointer}/locationId`,
        detail: `No location has the id "${end.locationId}"`,
      });
  });
  to.forEach((area, index) => problems.push(...areaProblems(area, `${at}/to/${index}`)));
  if (transitDays.max < transitDays.min)
    problems.push({
      pointer: `${at}/transitDays/max`,
      detail: `Is below the least, ${transitDays.min} days`,
    });
  return [...problems, ...rateProblems(rates, `${at}/rates`)];
}

function areaProblems({ postalCodes }: ZoneArea, at: string): FieldProblem[] {
  if (postalCodes === undefined) return [];
  const { from, to } = postalCodes;
  const pointer = `${at}/postalCodes/to`;
  if (from.length !== to.length)
    return [{ pointer, detail: `Must have as many characters as "from", ${from.length}` }];
  return from <= to ? [] : [{ pointer, detail: `Ends before it begins, at ${from}` }];
}

function rateProblems(rates: readonly ZoneRate[], at: string): FieldProblem[] {
  return rates.flatMap(({ upToGrams }, index) => {
    const pointer = `${at}/${index}/upToGrams`;
    if (upToGrams === undefined)
      return index === rates.length - 1
        ? []
        : [{ pointer, detail: 'Only the last rate may be without: no heavier one is reached after it' }];
    const before = rates[index - 1]?.upToGrams ?? 0;
    return upToGrams > before
      ? []
      : [{ pointer, detail: `Rates go from light to heavy: must be above ${before} g` }];
  });
}

function zonesTwice(zones: readonly TariffZone[]): FieldProblem[] {
  return zones.flatMap((zone, index) => {
    const earlier = zones.slice(0, index);
    if (earlier.some(({ code }) => code === zone.code))
      return [{ pointer: `/zones/${index}/code`, detail: `The code "${zone.code}" is used twice` }];
    const rival = earlier.find((other) => shareAWay(zone, other));
    if (!rival) return [];
    return [
      {
        pointer: `/zones/${index}`,
        detail: `Has ways in common with the zone "${rival.code}", and neither is more specific: take them out of one`,
      },
    ];
  });
}

const shareAWay = (a: TariffZone, b: TariffZone): boolean => meet(a.to, b.to) && meet(a.from, b.from);

const meet = (ends: readonly ZoneOrigin[], others: readonly ZoneOrigin[]): boolean =>
  ends.some((end) => others.some((other) => isSameAt(end, other)));

/** Equally narrow, with a place in common. */
function isSameAt(a: ZoneOrigin, b: ZoneOrigin): boolean {
  if ('locationId' in a || 'locationId' in b)
    return 'locationId' in a && 'locationId' in b && a.locationId === b.locationId;
  if (a.country !== b.country || narrowness(a) !== narrowness(b)) return false;
  if (a.postalCodes === undefined || b.postalCodes === undefined) return true;
  return a.postalCodes.from <= b.postalCodes.to && b.postalCodes.from <= a.postalCodes.to;
}
