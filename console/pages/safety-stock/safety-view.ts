import type { Request } from 'express';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../../../api/cursor';
import type { ConsoleDependencies, StockRow } from '../../dependencies';
import type { Visit } from '../../desk';
import type { View } from '../../views';
import { queryOf, urlWith, type Query } from '../query';
import { movementsUrl } from '../stock-movements';
import { readPlaces } from '../places';

const pageSize = 50;
const placeCursor = z.object({ sku: z.string().max(300), locationId: z.string().max(300) });
export const safetyAddress = '/stock/safety';

/** What is looked for; a row that is changed leaves whoever changed it where they were. */
export const safetyQuery = (req: Request): Query => queryOf(req, ['q', 'locationId', 'all', 'cursor']);

/** What is never sold of each SKU at each location. What was typed and refused stays. */
export async function safetyView({ reads }: ConsoleDependencies, visit: Visit): Promise<View> {
  const { req, form } = visit;
  const query = safetyQuery(req);
  const { cursor, ...filters } = query;
  const [{ items, next }, locations] = await Promise.all([
    reads.searchStock({
      q: query.q?.slice(0, 200),
      locationId: query.locationId,
      isKeptBack: query.all === undefined,
      after: decodeCursor(placeCursor, cursor),
      limit: pageSize,
    }),
    readPlaces(reads),
  ]);
  const places = (chosen: string | undefined) =>
    locations.map(({ id, name }) => ({ value: id, label: name, isChosen: id === chosen }));
  // One form of the page was refused: that of a row, or the one for another place.
  const isNew = form.was === undefined && form.pieces !== undefined;
  return {
    template: 'safety-stock',
    title: 'Safety stock',
    data: {
      ...{ url: safetyAddress, hereUrl: urlWith(safetyAddress, query), query, isNew },
      typed: isNew ? form : {},
      isAll: query.all !== undefined,
      isFiltered: Object.keys(filters).length > 0,
      mayChange: visit.may('setSafetyStock'),
      places: places(isNew ? form.locationId : undefined),
      locations: places(query.locationId),
      rows: items.map((row) => rowOf(row, form)),
      isFirstPage: cursor === undefined,
      firstUrl: urlWith(safetyAddress, filters),
      nextUrl: next && urlWith(safetyAddress, { ...filters, cursor: encodeCursor(next) }),
    },
  };
}

function rowOf(row: StockRow, form: Visit['form']) {
  const { sku, locationId, safetyStock } = row;
  const isTyped = form.was !== undefined && form.sku === sku && form.locationId === locationId;
  return {
    ...{ ...row, isTyped, movementsUrl: movementsUrl({ sku, locationId }) },
    piecesText: isTyped ? form.pieces : String(safetyStock),
  };
}
