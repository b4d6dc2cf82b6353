import type { RequestHandler } from 'express';
import type { Services } from '../../api/services';
import { countryName } from '../../domain/order/address-lines';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk } from '../desk';
import { readLocationNames } from './places';
import { queryOf, urlWith } from './query';

const pageSize = 20;

type Tariff = Awaited<ReturnType<Services['tariffs']['find']>>;
type Zone = Tariff['zones'][number];

/** What carriers ask for their services, and how long they take. */
export const tariffsPage = ({ services, now }: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.page('listTariffs', async ({ req }) => {
    const { cursor } = queryOf(req, ['cursor']);
    const [page, nameOf] = await Promise.all([
      services.tariffs.list({ limit: pageSize, cursor }),
      readLocationNames(services),
    ]);
    const today = now().toISOString().slice(0, 10);
    return {
      template: 'tariffs',
      title: 'Tariffs',
      data: {
        tariffs: page.items.map((tariff) => ({
          ...tariff,
          state: stateOf(tariff, today),
          zones: tariff.zones.map((zone) => zoneOf(zone, tariff.currency, nameOf)),
        })),
        isFirstPage: cursor === undefined,
        firstUrl: '/tariffs',
        nextUrl: page.nextCursor && urlWith('/tariffs', { cursor: page.nextCursor }),
      },
    };
  });

function stateOf({ validFrom, validUntil }: Tariff, today: string): { word: string; tone: string } {
  if (validFrom > today) return { word: 'to come', tone: 'info' };
  return validUntil !== undefined && validUntil < today
    ? { word: 'over', tone: 'quiet' }
    : { word: 'holds', tone: 'good' };
}

const zoneOf = (
  { code, from, to, rates, transitDays }: Zone,
  currency: string,
  nameOf: (id: string) => string,
) => ({
  code,
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
