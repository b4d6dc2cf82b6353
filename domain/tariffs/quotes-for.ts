import type { Lane, Tariff } from './tariff';
import { zoneFor } from './zone-for';

/** What a service costs and takes on a way, and by which tariff. */
export interface TariffQuote {
  tariffId: string;
  zone: string;
  carrier: string;
  service: string;
  currency: string;
  /** Minor units, and for each kilogram. */
  base: number;
  perKg: number;
  /** Working days. */
  transitDays: { min: number; max: number };
}

/** What is to go. */
export interface Consignment {
  lane: Lane;
  /** The shipping method of the order. */
  method: string;
  /** Of all of it; decides the rate. */
  weightGrams: number;
  /** "YYYY-MM-DD". */
  day: string;
}

/** Whether the service may take orders of the method on the day. */
export const isOffered = (
  { methods, validFrom, validUntil }: Tariff,
  { method, day }: Pick<Consignment, 'method' | 'day'>,
): boolean => methods.includes(method) && validFrom <= day && (validUntil === undefined || day <= validUntil);

/** What the services ask that may take it, the quickest first; none of those for which it is too heavy. */
export function quotesFor(tariffs: readonly Tariff[], consignment: Consignment): TariffQuote[] {
  return tariffs
    .filter((tariff) => isOffered(tariff, consignment))
    .flatMap((tariff) => quoteOf(tariff, consignment))
    .sort(byQuickness);
}

function quoteOf(tariff: Tariff, { lane, weightGrams }: Consignment): TariffQuote[] {
  const zone = zoneFor(tariff.zones, lane);
  const rate = zone?.rates.find(({ upToGrams = Infinity }) => weightGrams <= upToGrams);
  if (!zone || !rate) return [];
  const { id: tariffId, carrier, service, currency } = tariff;
  const { code, transitDays } = zone;
  const { base, perKg } = rate;
  return [{ tariffId, zone: code, carrier, service, currency, base, perKg, transitDays }];
}

const byQuickness = (a: TariffQuote, b: TariffQuote): number =>
  a.transitDays.max - b.transitDays.max || (nameOf(a) < nameOf(b) ? -1 : 1);

const nameOf = ({ carrier, service, tariffId }: TariffQuote): string =>
  JSON.stringify([carrier, service, tariffId]);
