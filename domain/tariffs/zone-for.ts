import { isWithinPostalCodes, plainPostalCode } from '../order/postal-code';
import type { Lane, TariffZone, ZoneArea, ZoneOrigin, ZonePlace } from './tariff';

/** How narrow the end of a way is: a country 0, a range as many as its characters, a location above all. */
export function narrowness(end: ZoneOrigin): number {
  if ('locationId' in end) return 100;
  return end.postalCodes?.from.length ?? 0;
}

/**
 * The zone that a way lies in, null where none has it. The most specific one counts: the narrower destination, of
 * equal ones the narrower origin. No two zones of a tariff are equally narrow on one way (`tariffProblems`); of two
 * that were, the code that comes first would count.
 */
export function zoneFor<Zone extends Pick<TariffZone, 'code' | 'from' | 'to'>>(
  zones: readonly Zone[],
  { from, to }: Lane,
): Zone | null {
  let best: { zone: Zone; to: number; from: number } | null = null;
  const origin = plainly(from);
  const destination = plainly(to);
  for (const zone of zones) {
    const towards = narrowest(zone.to, (area) => isIn(area, destination));
    if (towards === null) continue;
    const outOf = narrowest(zone.from, (end) =>
      'locationId' in end ? end.locationId === from.locationId : isIn(end, origin),
    );
    if (outOf === null) continue;
    const difference =
      best === null ? 1 : towards - best.to || outOf - best.from || (zone.code < best.zone.code ? 1 : -1);
    if (difference > 0) best = { zone, to: towards, from: outOf };
  }
  return best?.zone ?? null;
}

function narrowest<End extends ZoneOrigin>(
  ends: readonly End[],
  matches: (end: End) => boolean,
): number | null {
  let most: number | null = null;
  for (const end of ends) if (matches(end)) most = Math.max(most ?? 0, narrowness(end));
  return most;
}

const plainly = ({ country, postalCode }: ZonePlace): ZonePlace => ({
  country,
  ...(postalCode !== undefined && { postalCode: plainPostalCode(postalCode) }),
});

const isIn = ({ country, postalCodes }: ZoneArea, place: ZonePlace): boolean =>
  country === place.country &&
  (postalCodes === undefined ||
    (place.postalCode !== undefined && isWithinPostalCodes(place.postalCode, postalCodes)));
