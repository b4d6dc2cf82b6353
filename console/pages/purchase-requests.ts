import type { Router } from 'express';
import {
  orderRequestBody,
  purchaseRequestsQuery,
  refuseRequestBody,
} from '../../api/contract/purchase-requests';
import { validate } from '../../api/http/validate';
import { purchaseRequestStates } from '../../domain/purchasing/purchase-request';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk, Visit } from '../desk';
import type { View } from '../views';
import { nameOfState } from '../words/tones';
import { asksWhy } from './asks-why';
import { liveUnlessRefused } from './live-unless-refused';
import { isBefore } from './order/is-over';
import { purchaseOrderUrl, purchaseOrderView } from './purchase-orders';
import { queryOf, urlWith, whereOf, type Query } from './query';
import { readPlaces } from './places';

const address = '/purchase-requests';

/** What waiting orders need to be bought, and how purchasing answers. */
export function purchaseRequestPages(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  const { purchaseRequests } = deps.services;
  router.get(
    address,
    desk.page('listPurchaseRequests', (visit) => purchaseRequestsView(deps, visit)),
  );
  const page = (visit: Visit) => ({
    url: urlWith(address, askedOf(visit)),
    view: () => purchaseRequestsView(deps, visit),
  });
  router.post(
    `${address}/:id/order`,
    desk.action(
      'orderPurchaseRequest',
      async (visit) => {
        const { supplierId, locationId, quantity, anyway } = visit.form;
        const body = validate(orderRequestBody, {
          supplierId: supplierId || undefined,
          locationId: locationId || undefined,
          quantity: quantity ? Number(quantity) : undefined,
          anyway: anyway || undefined,
        });
        const request = await purchaseRequests.order(visit.principal, idOf(visit), body, visit.requestKey);
        const { id, number } = request.purchaseOrder!;
        visit.req.params.id = id;
        return {
          notice: `It is in ${number}, a draft: look at it and send it.`,
          url: purchaseOrderUrl(id),
          view: () => purchaseOrderView(deps, { ...visit, form: {} }),
        };
      },
      page,
    ),
  );
  router.post(
    `${address}/:id/refuse`,
    desk.action(
      'refusePurchaseRequest',
      async (visit) => {
        const { reason } = validate(refuseRequestBody, { reason: visit.form.reason || undefined });
        await purchaseRequests.refuse(visit.principal, idOf(visit), reason);
        return { notice: 'The pieces are given up, and the customer is told.', ...page(visit) };
      },
      page,
    ),
  );
}

const askedOf = ({ req }: Visit): Query => queryOf(req, ['status', 'cursor']);
const idOf = ({ req }: Visit): string => String(req.params.id);

/**
 * What was typed into the form of one request, where that was refused; it may say why where the supplier does not sell it
 * so.
 */
function refusedFormOf(visit: Visit, id: string) {
  const isRefused = visit.problems.length > 0 && idOf(visit) === id;
  return isRefused
    ? { isRefused, typed: visit.form, asksWhy: asksWhy(visit) }
    : { isRefused, typed: {}, asksWhy: false };
}

async function purchaseRequestsView(
  { services, reads, now }: ConsoleDependencies,
  visit: Visit,
): Promise<View> {
  const asked = askedOf(visit);
  const { cursor, ...chosen } = asked;
  const { status = 'open' } = chosen as { status?: string };
  const filters = status === 'all' ? {} : { status };
  const query = validate(purchaseRequestsQuery, { ...filters, cursor }, 'query');
  const [{ items, nextCursor }, locations] = await Promise.all([
    services.purchaseRequests.list(query),
    readPlaces(reads),
  ]);
  return {
    template: 'purchase-requests',
    title: 'Purchase requests',
    data: {
      ...{ live: liveUnlessRefused(visit), where: whereOf(asked) },
      isFirstPage: cursor === undefined,
      states: ['all', ...purchaseRequestStates].map((value) => ({
        value,
        label: value === 'all' ? 'All' : nameOfState(value),
        isChosen: value === status,
      })),
      locations: locations.map(({ id, name }) => ({ id, name })),
      rows: items.map((request) => ({
        ...request,
        url: `${address}/${encodeURIComponent(request.id)}`,
        isOpen: visit.may('orderPurchaseRequest') && request.allowedActions.includes('order'),
        ...refusedFormOf(visit, request.id),
        isOverdue: request.status === 'open' && isBefore(request.answerBefore, now()),
        purchaseOrderUrl: request.purchaseOrder && purchaseOrderUrl(request.purchaseOrder.id),
      })),
      firstUrl: urlWith(address, chosen),
      nextUrl: nextCursor && urlWith(address, { ...chosen, cursor: nextCursor }),
    },
  };
}
