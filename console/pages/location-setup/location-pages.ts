import type { RequestHandler, Router } from 'express';
import { locationBody, locationParams } from '../../../api/contract/catalogue';
import { validate } from '../../../api/http/validate';
import type { Seen } from '../../../api/seen';
import type { ConsoleDependencies } from '../../dependencies';
import type { Desk, Visit } from '../../desk';
import { refuseTaken } from '../refuse-taken';
import { locationOf } from './location-fields';
import { locationUrl, setUpAddress } from './location-url';
import { locationsSetUp, locationView } from './location-view';

/** What locations are, and what each can do: read by staff, changed by the office. */
export function locationPages(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  // Who works at locations reads what is said of them.
  router.get(
    setUpAddress,
    desk.page('listFulfillments', (visit) => locationsSetUp(deps, visit)),
  );
  router.get(
    `${setUpAddress}/:id`,
    desk.page('listFulfillments', (visit) => locationView(deps, visit)),
  );
  router.post(setUpAddress, addLocation(deps, desk));
  router.post(`${setUpAddress}/:id`, saveLocation(deps, desk));
}

const addLocation = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.change(
    'saveLocation',
    async (visit) => {
      const { catalogue } = deps.services;
      const { id } = validate(locationParams, { id: visit.form.id });
      await refuseTaken(id, () => catalogue.findLocation(id));
      visit.req.params.id = id;
      const { name } = await save(deps, visit, null);
      return {
        notice: `${name} is there, and does nothing yet. Say what it can do.`,
        ...page(deps, { ...visit, form: {} }),
      };
    },
    (visit) => ({ url: setUpAddress, view: () => locationsSetUp(deps, visit) }),
  );

const saveLocation = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.change(
    'saveLocation',
    async (visit) => {
      await deps.services.catalogue.findLocation(idOf(visit));
      const { name } = await save(deps, visit, visit.form.seen);
      return { notice: `${name} is as you wrote it.`, ...page(deps, { ...visit, form: {} }) };
    },
    (visit) => page(deps, visit),
  );

/** What can be sold follows from what locations can do. */
async function save({ services }: ConsoleDependencies, visit: Visit, seen: Seen | undefined) {
  const body = validate(locationBody, locationOf(visit.form));
  const saved = await services.catalogue.saveLocation(idOf(visit), body, seen);
  services.availability.forget();
  return saved;
}

const idOf = ({ req }: Visit): string => String(req.params.id);
const page = (deps: ConsoleDependencies, visit: Visit) => ({
  url: locationUrl(idOf(visit)),
  view: () => locationView(deps, visit),
});
