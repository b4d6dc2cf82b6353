import type { RequestHandler } from 'express';
import { purchaseOrdersQuery } from '../../api/contract/purchase-orders';
import { validate } from '../../api/http/validate';
import type { Services } from '../../api/services';
import {
  purchaseOrderStatuses,
  type PurchaseOrderAction,
} from '../../domain/purchasing/purchase-order-actions';
import type { OperationId } from '../../api/access';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk, Visit } from '../desk';
import type { View } from '../views';
import { nameOfActor } from '../words/actors';
import { tellPurchaseEvent } from '../words/purchase-events';
import { nameOfState } from '../words/tones';
import { asksWhy } from './asks-why';
import { liveUnlessRefused } from './live-unless-refused';
import { queryOf, urlWith } from './query';
import { movementsUrl } from './stock-movements';
import { readPlaces } from './places';
import { readWhole } from './whole-list';

export const purchaseOrderUrl = (id: string): string => `/purchase-orders/${encodeURIComponent(id)}`;

/** What was ordered from suppliers, the newest first. */
export const purchaseOrdersPage = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.page('listPurchaseOrders', (visit) => purchaseOrdersView(deps, visit));

/** The list; what was typed for a new draft and refused stays. */
export async function purchaseOrdersView(
  { services, reads }: ConsoleDependencies,
  visit: Visit,
): Promise<View> {
  const { req, form } = visit;
  const { cursor, ...filters } = req.method === 'GET' ? queryOf(req, ['status', 'supplierId', 'cursor']) : {};
  const query = validate(purchaseOrdersQuery, { ...filters, cursor }, 'query');
  const [page, suppliers, locations] = await Promise.all([
    services.purchaseOrders.list(query),
    readWhole((paging) => services.suppliers.list(paging)),
    readPlaces(reads),
  ]);
  const supplierChoices = (chosen: string | undefined) =>
    suppliers.map(({ id, name }) => ({ value: id, label: name, isChosen: id === chosen }));
  return {
    template: 'purchase-orders',
    title: 'Purchase orders',
    data: {
      live: liveUnlessRefused(visit),
      typed: form,
      asksWhy: asksWhy(visit),
      mayCreate: visit.may('createPurchaseOrder') && suppliers.length > 0,
      sellers: supplierChoices(form.supplierId),
      places: locations.map(({ id, name }) => ({
        ...{ value: id, label: name },
        isChosen: id === form.locationId,
      })),
      isFiltered: Object.keys(filters).length > 0,
      isFirstPage: cursor === undefined,
      statuses: purchaseOrderStatuses.map((value) => ({
        value,
        label: nameOfState(value),
        isChosen: value === query.status,
      })),
      suppliers: supplierChoices(query.supplierId),
      rows: page.items.map((order) => ({ ...order, url: purchaseOrderUrl(order.id) })),
      firstUrl: urlWith('/purchase-orders', filters),
      nextUrl: page.nextCursor && urlWith('/purchase-orders', { ...filters, cursor: page.nextCursor }),
    },
  };
}

/** One purchase order: its lines, its story, and what may be done now. */
export const purchaseOrderPage = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.page('findPurchaseOrder', (visit) => purchaseOrderView(deps, visit));

export const purchaseOperations: Record<PurchaseOrderAction, OperationId> = {
  edit: 'editPurchaseOrder',
  send: 'sendPurchaseOrder',
  confirm: 'confirmPurchaseOrder',
  notice: 'noticePurchaseOrder',
  receive: 'receivePurchaseOrder',
  close: 'closePurchaseOrder',
  cancel: 'cancelPurchaseOrder',
};

type Typed = Readonly<Record<string, string>>;
type PurchaseOrder = Awaited<ReturnType<Services['purchaseOrders']['find']>>;

/** `typed` is what a form said that was refused: it stays. */
export async function purchaseOrderView(
  { services }: ConsoleDependencies,
  visit: Visit,
  typed: Typed = {},
): Promise<View> {
  const order = await services.purchaseOrders.find(String(visit.req.params.id));
  const allowed = order.allowedActions.filter((action) => visit.may(purchaseOperations[action]));
  return {
    template: 'purchase-order',
    title: `${order.number} · ${order.supplierName}`,
    data: {
      live: liveUnlessRefused(visit),
      order,
      url: purchaseOrderUrl(order.id),
      lines: order.lines.map((line) => lineOf(line, typed)),
      story: order.events.map((event) => ({
        ...event,
        who: nameOfActor(event.actor),
        ...tellPurchaseEvent(event),
      })),
      reference: typed.reference ?? '',
      noticedFor: typed.noticedFor ?? '',
      anyway: typed.anyway ?? '',
      // A notice that was refused for its quantity may say why.
      asksWhy: typed.noticedFor !== undefined && isTooMuch(visit),
      can: Object.fromEntries(allowed.map((action) => [action, true])),
    },
  };
}

const isTooMuch = ({ form, problems }: Visit): boolean =>
  Boolean(form.anyway) || problems.some(({ pointer }) => pointer.endsWith('/quantity'));

/** All that is to come is proposed to have arrived, whole. */
const lineOf = (line: PurchaseOrder['lines'][number], typed: Typed) => ({
  ...line,
  arrived: typed[`arrived.${line.sku}`] ?? String(line.open),
  broken: typed[`damaged.${line.sku}`] ?? '0',
  noticed: typed[`noticed.${line.sku}`] ?? '0',
  confirmed: typed[`confirmed.${line.sku}`] ?? String(line.expected),
  movementsUrl: movementsUrl({ sku: line.sku }),
});
