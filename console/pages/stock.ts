import type { RequestHandler } from 'express';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../../api/cursor';
import type { ConsoleDependencies, StockRow } from '../dependencies';
import type { Desk, Visit } from '../desk';
import { queryOf, urlWith } from './query';
import { movementsLink } from './stock-movements';

const pageSize = 100;
/** So few pieces are low. */
const scarce = 3;
const placeCursor = z.object({ sku: z.string().max(300), locationId: z.string().max(300) });

/** What lies where, what is spoken for, and what is coming. */
export const stockPage = ({ services, reads }: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.page('readStock', async (visit) => {
    const query = queryOf(visit.req, ['q', 'locationId', 'scarce', 'cursor']);
    const { cursor, ...filters } = query;
    const [{ items, next }, { items: locations }] = await Promise.all([
      reads.searchStock({
        q: query.q?.slice(0, 200),
        locationId: query.locationId,
        atMost: query.scarce === undefined ? undefined : scarce,
        after: decodeCursor(placeCursor, cursor),
        limit: pageSize,
      }),
      services.catalogue.listLocations({ limit: 200 }),
    ]);
    return {
      template: 'stock',
      title: 'Stock',
      data: {
        query,
        live: '/live',
        isFiltered: Object.keys(filters).length > 0,
        isScarce: query.scarce !== undefined,
        isFirstPage: cursor === undefined,
        locations: locations.map(({ id, name }) => ({
          value: id,
          label: name,
          isChosen: id === query.locationId,
        })),
        rows: items.map((row) => rowOf(row, visit)),
        firstUrl: urlWith('/stock', filters),
        nextUrl: next && urlWith('/stock', { ...filters, cursor: encodeCursor(next) }),
      },
    };
  });

const rowOf = (row: StockRow, visit: Visit) => ({
  ...row,
  level: row.available === 0 ? 'out' : row.available <= scarce ? 'low' : null,
  levelTone: row.available === 0 ? 'bad' : 'warn',
  next: row.supplies[0],
  movementsUrl: movementsLink(visit, { sku: row.sku, locationId: row.locationId }),
});
