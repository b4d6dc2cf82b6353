import type { RequestHandler, Router } from 'express';
import { reorderPointBody, reorderPointParams } from '../../../api/contract/reorder';
import { validate } from '../../../api/http/validate';
import { conflict } from '../../../api/problem';
import type { Seen } from '../../../api/seen';
import type { ConsoleDependencies } from '../../dependencies';
import type { Desk, Visit } from '../../desk';
import { reorderOf } from './reorder-fields';
import { reorderAddress, reorderUrl } from './reorder-url';
import { findPoint, placeOf, reorderPointsView, reorderPointView } from './reorder-view';

const onePoint = `${reorderAddress}/:locationId/:sku`;

/** When a SKU counts as low at a location, and what follows: set by hand, or computed from its sales. */
export function reorderPages(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  router.get(
    reorderAddress,
    desk.page('listReorderProposals', (visit) => reorderPointsView(deps, visit)),
  );
  router.get(
    onePoint,
    desk.page('listReorderProposals', (visit) => reorderPointView(deps, visit)),
  );
  router.post(reorderAddress, addPoint(deps, desk));
  router.post(onePoint, changePoint(deps, desk));
}

const addPoint = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.change(
    'saveReorderPoint',
    async (visit) => {
      const { sku, locationId } = visit.form;
      const place = validate(reorderPointParams, { sku, locationId });
      const { items } = await deps.services.reorder.listPoints({ ...place, limit: 1 });
      if (items.length > 0)
        throw conflict(`"${place.sku}" has a reorder point there already: change that one`);
      Object.assign(visit.req.params, place);
      return save(deps, visit, null);
    },
    (visit) => ({ url: reorderAddress, view: () => reorderPointsView(deps, visit) }),
  );

const changePoint = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.change(
    'saveReorderPoint',
    async (visit) => {
      await findPoint(deps, visit);
      return save(deps, visit, visit.form.seen);
    },
    (visit) => page(deps, visit),
  );

async function save(deps: ConsoleDependencies, visit: Visit, seen: Seen | undefined) {
  const body = validate(reorderPointBody, reorderOf(visit.form));
  const { mode, point, target } = await deps.services.reorder.savePoint(placeOf(visit), body, seen);
  const notice =
    mode === 'off'
      ? 'Nobody looks at it any more.'
      : `At ${point} or fewer it is filled up to ${target}. It is looked at at once.`;
  return { notice, ...page(deps, { ...visit, form: {} }) };
}

const page = (deps: ConsoleDependencies, visit: Visit) => {
  const { sku, locationId } = placeOf(visit);
  return { url: reorderUrl(locationId, sku), view: () => reorderPointView(deps, visit) };
};
