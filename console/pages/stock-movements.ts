import type { RequestHandler } from 'express';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk, Visit } from '../desk';
import type { Services } from '../../api/services';
import { nameOfCause } from '../words/stock-causes';
import { queryOf, urlWith, type Query } from './query';

const pageSize = 100;

type Entry = Awaited<ReturnType<Services['stock']['listLedger']>>['items'][number];

/** Why the counters are what they are: every change of stock with who and why. */
export const stockMovementsPage = ({ services }: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.page('listLedger', async ({ req, may }) => {
    const { cursor, ...filters } = queryOf(req, ['sku', 'locationId', 'cursor']);
    const [page, { items: locations }] = await Promise.all([
      services.stock.listLedger({ ...filters, cursor, limit: pageSize }),
      services.catalogue.listLocations({ limit: 200 }),
    ]);
    const nameOf = (id: string) => locations.find((location) => location.id === id)?.name ?? id;
    return {
      template: 'stock-movements',
      title: ['Stock movements', filters.sku].filter(Boolean).join(' · '),
      data: {
        query: filters,
        live: '/live',
        isFiltered: Object.keys(filters).length > 0,
        isFirstPage: cursor === undefined,
        locations: locations.map(({ id, name }) => ({
          value: id,
          label: name,
          isChosen: id === filters.locationId,
        })),
        rows: page.items.map((entry) => ({
          ...entry,
          what: nameOfCause(entry.cause),
          locationName: nameOf(entry.locationId),
          changes: changesOf(entry),
          canSeeOrder: entry.orderId !== null && may('findOrder'),
        })),
        firstUrl: movementsUrl(filters),
        nextUrl: page.nextCursor && movementsUrl({ ...filters, cursor: page.nextCursor }),
      },
    };
  });

export const movementsUrl = (query: Query): string => urlWith('/stock/movements', query);

/** The same for somebody who may not read them, too: then there is no such link. */
export const movementsLink = (visit: Pick<Visit, 'may'>, query: Query): string | null =>
  visit.may('listLedger') ? movementsUrl(query) : null;

const counters = [
  ['onHand', 'on hand'],
  ['unsellable', 'unsellable'],
  ['reserved', 'reserved'],
  ['allocated', 'allocated'],
  ['incoming', 'incoming'],
  ['safetyStock', 'safety'],
] as const;

const changesOf = (entry: Entry): string[] =>
  counters
    .filter(([name]) => entry[name] !== 0)
    .map(([name, label]) => `${entry[name] > 0 ? '+' : '−'}${Math.abs(entry[name])} ${label}`);
