import type { RequestHandler, Router } from 'express';
import { tariffBody, tariffParams } from '../../../api/contract/tariffs';
import { validate } from '../../../api/http/validate';
import { refuseOutdated } from '../../../api/seen';
import type { ConsoleDependencies } from '../../dependencies';
import type { Desk, Visit } from '../../desk';
import { refuseTaken } from '../refuse-taken';
import { bodyOf, headOf } from './tariff-fields';
import { tariffFilePages } from './tariff-file-pages';
import { tariffsView, tariffView, zoneAt, zoneView } from './tariff-view';
import { tariffsAddress, tariffUrl, type Tariff } from './tariff-words';
import { zoneOf } from './zone-fields';
import { readPlaces } from '../places';

const one = `${tariffsAddress}/:id`;

/** What carriers ask: a tariff by its services and days, zone by zone. */
export function tariffPages(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  router.get(
    tariffsAddress,
    desk.page('listTariffs', (visit) => tariffsView(deps, visit)),
  );
  router.get(
    one,
    desk.page('findTariff', (visit) => tariffView(deps, visit)),
  );
  for (const path of [`${one}/add-zone`, `${one}/zones/:code`]) {
    router.get(
      path,
      desk.page('saveTariff', (visit) => zoneView(deps, visit)),
    );
    router.post(path, saveZone(deps, desk));
  }
  tariffFilePages(router, deps, desk);
  router.post(tariffsAddress, addTariff(deps, desk));
  router.post(one, saveHead(deps, desk));
  router.post(`${one}/remove`, removeTariff(deps, desk));
  router.post(`${one}/zones/:code/remove`, removeZone(deps, desk));
}

const addTariff = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.change(
    'saveTariff',
    async (visit) => {
      const { tariffs } = deps.services;
      const { id } = validate(tariffParams, { id: visit.form.id });
      await refuseTaken(id, () => tariffs.find(id));
      const zones = [await typedZone(deps, visit, { currency: visit.form.currency ?? '', at: 0 })];
      await tariffs.save(visit.principal, id, validate(tariffBody, { ...headOf(visit.form), zones }), null);
      visit.req.params.id = id;
      return { notice: 'The tariff is there. Add its other zones.', ...page(deps, visit) };
    },
    (visit) => ({ url: tariffsAddress, view: () => tariffsView(deps, visit) }),
  );

const saveHead = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.change(
    'saveTariff',
    async (visit) => {
      const tariff = await findSeen(deps, visit);
      await save(deps, visit, { ...headOf(visit.form), zones: tariff.zones });
      return { notice: 'The tariff is as you wrote it.', ...page(deps, visit) };
    },
    (visit) => ({ url: tariffUrl(idOf(visit)), view: () => tariffView(deps, visit) }),
  );

const saveZone = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.change(
    'saveTariff',
    async (visit) => {
      const tariff = await findSeen(deps, visit);
      const { index } = zoneAt(tariff, visit.req.params.code);
      const zone = await typedZone(deps, visit, { currency: tariff.currency, at: index });
      const zones: unknown[] = [...tariff.zones];
      zones[index] = zone;
      await save(deps, visit, { ...bodyOf(tariff), zones });
      return { notice: `The zone ${String(zone.code)} is as you wrote it.`, ...page(deps, visit) };
    },
    (visit) => ({ url: visit.req.originalUrl, view: () => zoneView(deps, visit) }),
  );

const removeZone = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.change(
    'saveTariff',
    async (visit) => {
      const tariff = await findSeen(deps, visit);
      const { zone } = zoneAt(tariff, visit.req.params.code);
      await save(deps, visit, { ...bodyOf(tariff), zones: tariff.zones.filter((each) => each !== zone) });
      return { notice: `The zone ${zone!.code} is gone.`, ...page(deps, visit) };
    },
    (visit) => page(deps, visit),
  );

const removeTariff = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.change(
    'deleteTariff',
    async (visit) => {
      await deps.services.tariffs.remove(idOf(visit), visit.form.seen);
      return {
        notice: 'The tariff is gone: nobody reckons with it any more.',
        url: tariffsAddress,
        view: () => tariffsView(deps, { ...visit, form: {} }),
      };
    },
    (visit) => page(deps, visit),
  );

/** What is changed must be what was looked at. */
async function findSeen({ services }: ConsoleDependencies, visit: Visit): Promise<Tariff> {
  const tariff = await services.tariffs.find(idOf(visit));
  if (visit.form.seen !== undefined) refuseOutdated(visit.form.seen, tariff, 'this tariff');
  return tariff;
}

async function typedZone(
  { reads }: ConsoleDependencies,
  { form }: Visit,
  where: { currency: string; at: number },
) {
  const locations = await readPlaces(reads);
  const currency = where.currency.toUpperCase();
  return zoneOf(form, { ...where, currency, locationIds: locations.map(({ id }) => id) });
}

const save = ({ services }: ConsoleDependencies, visit: Visit, body: object) =>
  services.tariffs.save(visit.principal, idOf(visit), validate(tariffBody, body), visit.form.seen);

const idOf = ({ req }: Visit): string => String(req.params.id);
const page = (deps: ConsoleDependencies, visit: Visit) => ({
  url: tariffUrl(idOf(visit)),
  view: () => tariffView(deps, { ...visit, form: {} }),
});
