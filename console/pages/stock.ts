import type { RequestHandler } from 'express';
import { z } from 'zod';
import { actsFor } from '../../api/access';
import { decodeCursor, encodeCursor } from '../../api/cursor';
import type { ConsoleDependencies, StockRow } from '../dependencies';
import type { Desk, Visit } from '../desk';
import { queryOf, urlWith } from './query';
import { movementsLink } from './stock-movements';
import { countUrl } from './stock-count';
import { newTransferPath } from './transfer-new';
import { readPlaces } from './places';

const pageSize = 100;
/** So few pieces are low. */
const scarce = 3;
const placeCursor = z.object({ sku: z.string().max(300), locationId: z.string().max(300) });

/** What lies where, what is spoken for, and what is coming. */
export const stockPage = ({ reads }: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.page('readStock', async (visit) => {
    const query = queryOf(visit.req, ['q', 'locationId', 'scarce', 'cursor']);
    const { cursor, ...filters } = query;
    const [{ items, next }, locations] = await Promise.all([
      reads.searchStock({
        q: query.q?.slice(0, 200),
        locationId: query.locationId,
        atMost: query.scarce === undefined ? undefined : scarce,
        after: decodeCursor(placeCursor, cursor),
        limit: pageSize,
      }),
      readPlaces(reads),
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
        mayWork: visit.may('recordMovements') || visit.may('requestStockTransfer'),
        rows: items.map((row) => ({ ...rowOf(row, visit), ...workOn(row, visit) })),
        firstUrl: urlWith('/stock', filters),
        nextUrl: next && urlWith('/stock', { ...filters, cursor: encodeCursor(next) }),
      },
    };
  });

/** What somebody may do with the pieces of a place: those of a store count their own shelves. */
function workOn({ sku, locationId }: StockRow, { principal, may }: Visit) {
  return {
    countUrl: may('recordMovements') && actsFor(principal, locationId) ? countUrl({ sku, locationId }) : null,
    sendUrl: may('requestStockTransfer')
      ? urlWith(newTransferPath, { fromLocationId: locationId, sku })
      : null,
  };
}

const rowOf = (row: StockRow, visit: Visit) => ({
  ...row,
  level: row.available === 0 ? 'out' : row.available <= scarce ? 'low' : null,
  levelTone: row.available === 0 ? 'bad' : 'warn',
  next: row.supplies[0],
  movementsUrl: movementsLink(visit, { sku: row.sku, locationId: row.locationId }),
});
