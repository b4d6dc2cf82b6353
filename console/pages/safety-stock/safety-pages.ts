import type { RequestHandler, Router } from 'express';
import { safetyBody } from '../../../api/contract/stock';
import { validate } from '../../../api/http/validate';
import { conflict, invalidInput } from '../../../api/problem';
import type { ConsoleDependencies } from '../../dependencies';
import type { Desk, Visit } from '../../desk';
import { wholeOf } from '../piece-fields';
import { urlWith } from '../query';
import { safetyAddress, safetyQuery, safetyView } from './safety-view';

/** Pieces of a SKU that a location keeps back from every sale: looked at, and changed place by place. */
export function safetyPages(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  router.get(
    safetyAddress,
    desk.page('listBuffers', (visit) => safetyView(deps, visit)),
  );
  router.post(safetyAddress, setSafety(deps, desk));
}

const setSafety = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.change(
    'setSafetyStock',
    async (visit) => {
      const { sku = '', locationId = '', was = '0', pieces } = visit.form;
      const item = { sku, locationId, was: wholeOf(was), safetyStock: wholeOf(pieces) };
      const body = validate(safetyBody, { items: [item] });
      const { results } = await deps.services.stock.setSafetyStock(visit.principal, body, visit.requestKey);
      const { outcome, detail = '' } = results[0]!;
      if (outcome === 'refused')
        throw invalidInput([
          { pointer: `/items/0/${detail.startsWith('No product') ? 'sku' : 'locationId'}`, detail },
        ]);
      if (outcome === 'stale') throw conflict(`Somebody else changed it meanwhile: ${detail}`);
      return { notice: noticeOf(item), ...page(deps, { ...visit, form: {} }) };
    },
    (visit) => page(deps, visit),
  );

const noticeOf = ({ sku, safetyStock }: { sku: string; safetyStock: number }): string =>
  safetyStock === 0
    ? `Nothing of ${sku} is kept back there any more.`
    : `${safetyStock === 1 ? '1 piece' : `${safetyStock} pieces`} of ${sku} are never sold from there.`;

const page = (deps: ConsoleDependencies, visit: Visit) => ({
  url: urlWith(safetyAddress, safetyQuery(visit.req)),
  view: () => safetyView(deps, visit),
});
