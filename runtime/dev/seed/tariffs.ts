import type { Tariff, TariffZone, ZoneArea } from '../../../domain/tariffs/tariff';
import { demoLocations } from './locations';

const countries = ['AT', 'BE', 'CH', 'DE', 'ES', 'FR', 'GB', 'IT', 'NL', 'PT'];
const origins = [...new Set(demoLocations.map(({ address }) => address.country))].sort();
const islands: ZoneArea = { country: 'IT', postalCodes: { from: '07', to: '09' } };

interface Terms {
  home: Pick<TariffZone, 'rates' | 'transitDays'>;
  abroad: Pick<TariffZone, 'rates' | 'transitDays'>;
  islands: Pick<TariffZone, 'rates' | 'transitDays'>;
}

/** What the sandbox carrier asks, from every country with a location, and more to Sardinia. In euros. */
export const demoTariffs: Tariff[] = [
  tariffOf('standard', ['standard', 'economy'], {
    home: terms([1, 3], [2000, 590, 0], [30_000, 690, 35]),
    abroad: terms([3, 6], [2000, 1190, 0], [30_000, 1390, 90]),
    islands: terms([3, 5], [2000, 890, 0], [30_000, 990, 60]),
  }),
  tariffOf('express', ['express'], {
    home: terms([1, 1], [2000, 990, 0], [30_000, 1190, 80]),
    abroad: terms([1, 3], [2000, 2490, 0], [30_000, 2890, 190]),
    islands: terms([2, 2], [2000, 1490, 0], [30_000, 1690, 120]),
  }),
];

type Band = [upToGrams: number, base: number, perKg: number];

function terms([min, max]: [number, number], ...bands: Band[]): Terms['home'] {
  return {
    rates: bands.map(([upToGrams, base, perKg]) => ({ upToGrams, base, perKg })),
    transitDays: { min, max },
  };
}

function tariffOf(service: string, methods: string[], { home, abroad, islands: off }: Terms): Tariff {
  return {
    ...{ id: `sandbox-${service}`, carrier: 'sandbox', service, methods },
    ...{ currency: 'EUR', validFrom: '2020-01-01' },
    zones: [
      ...origins.map((country) => zoneOf(country, country, [{ country }], home)),
      ...origins.map((country) => zoneOf(`${country}-abroad`, country, toOthersThan(country), abroad)),
      zoneOf('IT-islands', 'IT', [islands], off),
    ],
  };
}

function zoneOf(code: string, country: string, to: ZoneArea[], of: Terms['home']): TariffZone {
  return { code, from: [{ country }], to, ...of };
}

function toOthersThan(origin: string): ZoneArea[] {
  return countries.filter((country) => country !== origin).map((country) => ({ country }));
}
