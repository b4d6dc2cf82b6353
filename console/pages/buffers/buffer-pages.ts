import type { RequestHandler, Router } from 'express';
import { bufferBody, bufferParams } from '../../../api/contract/buffers';
import { validate } from '../../../api/http/validate';
import type { ConsoleDependencies } from '../../dependencies';
import type { Desk, Visit } from '../../desk';
import { wholeOf } from '../piece-fields';
import { queryOf, urlWith } from '../query';
import { refuseTaken } from '../refuse-taken';
import { bufferIdOf, bufferOf } from './buffer-fields';
import { buffersAddress, buffersView } from './buffer-view';

/** Pieces that are kept back: from a channel, at a location, of a category or a SKU. */
export function bufferPages(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  router.get(
    buffersAddress,
    desk.page('listBuffers', (visit) => buffersView(deps, visit)),
  );
  router.post(buffersAddress, addBuffer(deps, desk));
  router.post(`${buffersAddress}/change`, changeBuffer(deps, desk));
  router.post(`${buffersAddress}/remove`, removeBuffer(deps, desk));
}

const addBuffer = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.change(
    'saveBuffer',
    async (visit) => {
      const { buffers } = deps.services;
      const { id } = validate(bufferParams, { id: bufferIdOf(visit.form) });
      const body = validate(bufferBody, bufferOf(visit.form));
      await refuseTaken(id, () => buffers.find(id));
      const { pieces } = await buffers.save(visit.principal, id, body, null);
      return {
        notice: `${piecesText(pieces)} kept back from now on.`,
        ...page(deps, { ...visit, form: {} }),
      };
    },
    (visit) => page(deps, visit),
  );

/** What it is for stays: for other goods there is another buffer. */
const changeBuffer = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.change(
    'saveBuffer',
    async (visit) => {
      const { buffers } = deps.services;
      const { id, seen, pieces } = visit.form;
      const before = await buffers.find(id ?? '');
      const { channel, locationId, category, sku } = before;
      const scope = { channel, locationId, category, sku };
      const body = validate(bufferBody, { ...scope, pieces: wholeOf(pieces) });
      const saved = await buffers.save(visit.principal, before.id, body, seen);
      return {
        notice: `${piecesText(saved.pieces)} kept back from now on.`,
        ...page(deps, { ...visit, form: {} }),
      };
    },
    (visit) => page(deps, visit),
  );

const removeBuffer = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.change(
    'deleteBuffer',
    async (visit) => {
      await deps.services.buffers.remove(visit.form.id ?? '', visit.form.seen);
      return {
        notice: 'Nothing is kept back by it any more.',
        ...page(deps, { ...visit, form: {} }),
      };
    },
    (visit) => page(deps, visit),
  );

const piecesText = (pieces: number): string => (pieces === 1 ? '1 piece is' : `${pieces} pieces are`);
const page = (deps: ConsoleDependencies, visit: Visit) => ({
  url: urlWith(buffersAddress, queryOf(visit.req, ['cursor'])),
  view: () => buffersView(deps, visit),
});
