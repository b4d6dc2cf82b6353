import type { Lane, Tariff } from '../tariffs/tariff';
import { isOffered } from '../tariffs/quotes-for';
import { zoneFor } from '../tariffs/zone-for';

/** How goods go, as far as it is known. */
export interface Journey {
  /** The shipping method of the order. */
  method: string;
  lane: Lane;
  /** Who is to bring them: a parcel shop's carrier, or a service that was chosen with the location. */
  by?: { carrier: string; service?: string };
  /** "YYYY-MM-DD". */
  day: string;
}

/** Working days that a parcel is under way, and what says so. */
export interface Transit {
  min: number;
  max: number;
  /** As a sentence begins. */
  service: string;
  /** As it ends. */
  source: string;
}

type Days = readonly [min: number, max: number];

/** What is reckoned with where no tariff covers the way: within a country, and to another. */
const defaults: Readonly<Record<string, { home: Days; abroad: Days }>> = {
  sameDay: { home: [0, 0], abroad: [1, 3] },
  express: { home: [1, 1], abroad: [1, 3] },
  standard: { home: [1, 3], abroad: [3, 6] },
  economy: { home: [3, 5], abroad: [5, 10] },
};

/**
 * The transit of a way: what the tariff of the chosen service says; where none is chosen, the span of all services
 * that may take the order's method; where no tariff covers the way, what is usual for the method. One that only the
 * channel knows counts as standard.
 */
export function transitOf(journey: Journey, tariffs: readonly Tariff[]): Transit {
  const { method, lane, by } = journey;
  const covering = tariffs
    .filter((tariff) => isOffered(tariff, journey))
    .flatMap((tariff) => {
      const zone = zoneFor(tariff.zones, lane);
      return zone ? [{ tariff, zone }] : [];
    });
  const chosen = covering.filter(({ tariff }) => isBy(tariff, by));
  if (chosen.length === 0) return usualFor(method, lane);
  return {
    min: Math.min(...chosen.map(({ zone }) => zone.transitDays.min)),
    max: Math.max(...chosen.map(({ zone }) => zone.transitDays.max)),
    service: chosen.length === 1 ? `${chosen[0]!.tariff.carrier} ${chosen[0]!.tariff.service}` : method,
    source: `by ${chosen.map(({ tariff, zone }) => `tariff ${tariff.id}, zone ${zone.code}`).join(', and ')}`,
  };
}

const isBy = ({ carrier, service }: Tariff, by: Journey['by']): boolean =>
  by === undefined || (carrier === by.carrier && (by.service === undefined || by.service === service));

/** What is reckoned with where no tariff covers the way. */
export function usualFor(
  method: string,
  { from, to }: { from: { country: string }; to: { country: string } },
): Transit {
  const days = Object.hasOwn(defaults, method) ? defaults[method]! : defaults.standard!;
  const [min, max] = from.country === to.country ? days.home : days.abroad;
  return { min, max, service: method, source: 'as is usual: no tariff covers the way' };
}
