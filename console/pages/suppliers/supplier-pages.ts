import type { RequestHandler, Router } from 'express';
import { supplierBody, supplierItemBody, supplierParams } from '../../../api/contract/suppliers';
import { validate } from '../../../api/http/validate';
import { expectedFrom } from '../../../domain/purchasing/lead-time';
import type { ConsoleDependencies } from '../../dependencies';
import type { Desk, Visit } from '../../desk';
import type { View } from '../../views';
import { queryOf, urlWith } from '../query';
import { refuseTaken } from '../refuse-taken';
import { itemOf, supplierOf } from './supplier-fields';
import { supplierUrl } from './supplier-url';
import { supplierView } from './supplier-view';

const pageSize = 50;

/** Whom we buy from: on what terms, on which days, and what. */
export function supplierPages(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  router.get(
    '/suppliers',
    desk.page('listSuppliers', (visit) => suppliersView(deps, visit)),
  );
  router.get(
    '/suppliers/:id',
    desk.page('findSupplier', (visit) => supplierView(deps, visit)),
  );
  router.post('/suppliers', addSupplier(deps, desk));
  router.post('/suppliers/:id', saveTerms(deps, desk));
  router.post('/suppliers/:id/items', saveItem(deps, desk));
}

const addSupplier = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.change(
    'saveSupplier',
    async (visit) => {
      const { id } = validate(supplierParams, { id: visit.form.id });
      await refuseTaken(id, () => deps.services.suppliers.find(id));
      const { name } = await deps.services.suppliers.save(
        id,
        validate(supplierBody, supplierOf(visit.form)),
        null,
      );
      visit.req.params.id = id;
      return {
        notice: `${name} is a supplier. Say what it sells.`,
        url: supplierUrl(id),
        view: () => supplierView(deps, { ...visit, form: {} }),
      };
    },
    (visit) => ({ url: '/suppliers', view: () => suppliersView(deps, visit) }),
  );

const saveTerms = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.change(
    'saveSupplier',
    async (visit) => {
      const { suppliers } = deps.services;
      const { currency } = await suppliers.find(idOf(visit));
      const body = validate(supplierBody, supplierOf({ ...visit.form, currency }));
      const { name } = await suppliers.save(idOf(visit), body, visit.form.seen);
      return {
        notice: `The terms of ${name} are saved. What was ordered before keeps its dates.`,
        ...page(deps, { ...visit, form: {} }),
      };
    },
    (visit) => page(deps, visit),
  );

const saveItem = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.change(
    'saveSupplierItem',
    async (visit) => {
      const { suppliers } = deps.services;
      const supplier = await suppliers.find(idOf(visit));
      const sku = visit.form.sku ?? '';
      const body = validate(supplierItemBody, itemOf(visit.form, supplier));
      // What is added must not replace what is there.
      await suppliers.saveItem(supplier.id, sku, body, visit.form.seen ?? null);
      return { notice: `${supplier.name} sells ${sku} so.`, ...page(deps, { ...visit, form: {} }) };
    },
    (visit) => page(deps, { ...visit, form: {} }),
  );

const idOf = ({ req }: Visit): string => String(req.params.id);
const page = (deps: ConsoleDependencies, visit: Visit) => ({
  url: urlWith(supplierUrl(idOf(visit)), queryOf(visit.req, ['cursor'])),
  view: () => supplierView(deps, visit),
});

async function suppliersView({ services, now }: ConsoleDependencies, visit: Visit): Promise<View> {
  const { cursor } = visit.req.method === 'GET' ? queryOf(visit.req, ['cursor']) : {};
  const { items, nextCursor } = await services.suppliers.list({ limit: pageSize, cursor });
  const at = now().toISOString();
  return {
    template: 'suppliers',
    title: 'Suppliers',
    data: {
      mayAdd: visit.may('saveSupplier'),
      typed: visit.form,
      rows: items.map((supplier) => ({
        ...supplier,
        url: supplierUrl(supplier.id),
        expectedAt: expectedFrom(supplier, at),
        hasCalendar: supplier.calendar !== undefined,
      })),
      isFirstPage: cursor === undefined,
      firstUrl: '/suppliers',
      nextUrl: nextCursor && urlWith('/suppliers', { cursor: nextCursor }),
    },
  };
}
