import { reorderPointsQuery } from '../../../api/contract/reorder';
import { validate } from '../../../api/http/validate';
import { notFound } from '../../../api/problem';
import { reorderTerms } from '../../../api/services/reorder';
import type { ConsoleDependencies } from '../../dependencies';
import type { Visit } from '../../desk';
import type { View } from '../../views';
import { rowOf as proposalRow } from '../low-stock';
import { queryOf, urlWith } from '../query';
import { seenIn } from '../seen';
import { movementsUrl } from '../stock-movements';
import { formulaOf } from './formula';
import { modeWords, reorderFields, type ReorderPoint } from './reorder-fields';
import { reorderAddress, reorderUrl } from './reorder-url';
import { namesOf, readPlaceNames, readPlaces } from '../places';
import { readWhole } from '../whole-list';

const pageSize = 50;
const proposalsShown = 20;

/** When and how far each SKU is filled up at each location. What was typed for a new one and refused stays. */
export async function reorderPointsView(
  { services, reads }: ConsoleDependencies,
  visit: Visit,
): Promise<View> {
  const { req, form } = visit;
  const names = ['sku', 'locationId', 'cursor'];
  const { cursor, ...filters } = req.method === 'GET' ? queryOf(req, names) : {};
  const query = validate(reorderPointsQuery, { ...filters, cursor, limit: pageSize }, 'query');
  const [{ items, nextCursor }, locations, suppliers] = await Promise.all([
    services.reorder.listPoints(query),
    readPlaces(reads),
    readWhole((paging) => services.suppliers.list(paging)),
  ]);
  const titles = await reads.readTitles(items.map(({ sku }) => sku));
  const nameOf = namesOf(locations);
  const supplierOf = namesOf(suppliers);
  const places = (chosen: string | undefined) =>
    locations.map(({ id, name }) => ({ value: id, label: name, isChosen: id === chosen }));
  return {
    template: 'reorder-points',
    title: 'Reorder points',
    data: {
      url: reorderAddress,
      query: filters,
      typed: form,
      mayChange: visit.may('saveReorderPoint'),
      fields: reorderFields(null, form, suppliers),
      places: places(form.locationId),
      locations: places(query.locationId),
      isFiltered: Object.keys(filters).length > 0,
      rows: items.map((point) => ({
        ...point,
        url: reorderUrl(point.locationId, point.sku),
        title: titles[point.sku] ?? point.sku,
        locationName: nameOf(point.locationId),
        supplierName: point.supplierId && supplierOf(point.supplierId),
        modeText: modeWords[point.mode],
        isOff: point.mode === 'off',
      })),
      isFirstPage: cursor === undefined,
      firstUrl: urlWith(reorderAddress, filters),
      nextUrl: nextCursor && urlWith(reorderAddress, { ...filters, cursor: nextCursor }),
    },
  };
}

/** One of them: its figures, where they come from, and what it has led to. */
export async function reorderPointView(deps: ConsoleDependencies, visit: Visit): Promise<View> {
  const { services, reads } = deps;
  const place = placeOf(visit);
  const [point, locationName, suppliers, proposals, titles] = await Promise.all([
    findPoint(deps, visit),
    readPlaceNames(reads, [place.locationId]),
    readWhole((paging) => services.suppliers.list(paging)),
    services.reorder.listProposals({ ...place, limit: proposalsShown }),
    reads.readTitles([place.sku]),
  ]);
  const title = titles[place.sku] ?? place.sku;
  return {
    template: 'reorder-point',
    title: `Reorder point · ${title}`,
    data: {
      ...{ point, title, url: reorderUrl(place.locationId, place.sku) },
      ...seenIn(visit.form, reorderTerms(point)),
      locationName: locationName(place.locationId),
      supplierName: point.supplierId && namesOf(suppliers)(point.supplierId),
      modeText: modeWords[point.mode],
      formula: formulaOf(point),
      movementsUrl: movementsUrl(place),
      mayChange: visit.may('saveReorderPoint'),
      isEditing: visit.form.mode !== undefined,
      fields: reorderFields(point, visit.form, suppliers),
      rows: proposals.items.map(proposalRow),
    },
  };
}

export async function findPoint({ services }: ConsoleDependencies, visit: Visit): Promise<ReorderPoint> {
  const { sku, locationId } = placeOf(visit);
  const { items } = await services.reorder.listPoints({ sku, locationId, limit: 1 });
  if (items[0]) return items[0];
  throw notFound(`"${sku}" has no reorder point at "${locationId}"`);
}

export const placeOf = ({ req }: Visit) => ({
  sku: String(req.params.sku),
  locationId: String(req.params.locationId),
});
