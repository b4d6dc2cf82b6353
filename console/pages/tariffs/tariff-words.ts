import type { Services } from '../../../api/services';
import { countryName } from '../../../domain/order/address-lines';

export type Tariff = Awaited<ReturnType<Services['tariffs']['find']>>;
export type Zone = Tariff['zones'][number];

export const tariffsAddress = '/tariffs';
export const tariffUrl = (id: string): string => `${tariffsAddress}/${encodeURIComponent(id)}`;
export const zoneUrl = (id: string, code: string): string =>
  `${tariffUrl(id)}/zones/${encodeURIComponent(code)}`;

/** A tariff in words: whether it holds, and each of its zones. */
export const tariffInWords = (tariff: Tariff, today: string, nameOf: (id: string) => string) => ({
  ...tariff,
  url: tariffUrl(tariff.id),
  state: stateOf(tariff, today),
  zones: tariff.zones.map((zone) => zoneOf(zone, tariff, nameOf)),
});

function stateOf({ validFrom, validUntil }: Tariff, today: string): { word: string; tone: string } {
  if (validFrom > today) return { word: 'to come', tone: 'info' };
  return validUntil !== undefined && validUntil < today
    ? { word: 'over', tone: 'quiet' }
    : { word: 'holds', tone: 'good' };
}

const zoneOf = (
  { code, from, to, rates, transitDays }: Zone,
  { id, currency }: Tariff,
  nameOf: (id: string) => string,
) => ({
  code,
  url: zoneUrl(id, code),
  from: from.map((end) => ('locationId' in end ? nameOf(end.locationId) : areaText(end))),
  to: to.map(areaText),
  rates: rates.map(({ upToGrams, base, perKg }) => ({
    upToGrams,
    base: { amount: base, currency },
    perKg: { amount: perKg, currency },
  })),
  transit:
    transitDays.min === transitDays.max ? `${transitDays.min}` : `${transitDays.min}–${transitDays.max}`,
});

function areaText({ country, postalCodes }: Zone['to'][number]): string {
  const name = countryName(country, 'en');
  if (postalCodes === undefined) return name;
  const { from, to } = postalCodes;
  return `${name} ${from === to ? from : `${from}–${to}`}`;
}
