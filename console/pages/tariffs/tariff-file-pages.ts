import type { RequestHandler, Router } from 'express';
import { tariffParams } from '../../../api/contract/tariffs';
import { validate } from '../../../api/http/validate';
import type { Upload } from '../../../api/operation';
import type { Seen } from '../../../api/seen';
import { tariffTemplate } from '../../../api/tariff-file/template';
import type { ConsoleDependencies } from '../../dependencies';
import type { Desk, Visit } from '../../desk';
import { readFormWithFile } from '../../upload';
import { refuseTaken } from '../refuse-taken';
import { tariffsView, tariffView } from './tariff-view';
import { tariffsAddress, tariffUrl, type Tariff } from './tariff-words';

/** Tariffs as files: one that is there, changed elsewhere and handed in again, and whole new ones. */
export function tariffFilePages(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  router.get(
    `${tariffsAddress}/file/template.csv`,
    desk.csv('readTariffTemplate', () => Promise.resolve({ name: 'tariff', lines: [tariffTemplate()] })),
  );
  router.get(
    `${tariffsAddress}/:id/file.csv`,
    desk.csv('readTariffFile', async (visit) => {
      const id = String(visit.req.params.id);
      return { name: id, lines: [await deps.services.tariffs.file(id)] };
    }),
  );
  router.post(`${tariffsAddress}/file/new`, readFormWithFile, addFromFile(deps, desk));
  router.post(`${tariffsAddress}/:id/file`, readFormWithFile, replaceByFile(deps, desk));
}

const addFromFile = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.change(
    'saveTariffFile',
    async (visit) => {
      const { id } = validate(tariffParams, { id: visit.form.id });
      await refuseTaken(id, () => deps.services.tariffs.find(id));
      return take(deps, visit, id, null);
    },
    (visit) => ({ url: tariffsAddress, view: () => tariffsView(deps, visit) }),
  );

const replaceByFile = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.change(
    'saveTariffFile',
    async (visit) => {
      const id = String(visit.req.params.id);
      await deps.services.tariffs.find(id);
      return take(deps, visit, id, visit.form.seen);
    },
    (visit) => ({
      url: tariffUrl(String(visit.req.params.id)),
      view: () => tariffView(deps, visit),
    }),
  );

async function take(deps: ConsoleDependencies, visit: Visit, id: string, seen: Seen | undefined) {
  const { principal, res, req } = visit;
  const upload = res.locals.upload as Upload | undefined;
  const { zones } = await deps.services.tariffs.saveFile(principal, id, upload, seen);
  req.params.id = id;
  return {
    notice: `The tariff is what the file says: ${counted(zones)}.`,
    url: tariffUrl(id),
    view: () => tariffView(deps, { ...visit, form: {} }),
  };
}

function counted(zones: Tariff['zones']): string {
  const rates = zones.reduce((count, zone) => count + zone.rates.length, 0);
  return `${zones.length} zones with ${rates} rates`;
}
