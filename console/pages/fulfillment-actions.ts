import type { Router } from 'express';
import type { OperationId } from '../../api/access';
import { collectBody, rejectBody } from '../../api/contract/fulfillments';
import { validate } from '../../api/http/validate';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk, Landing, Visit } from '../desk';
import { orderUrl } from './order/order-url';
import { orderView } from './order/order-view';
import { tickedIn } from './piece-fields';
import { tabOfStatus, workUrl, workView } from './work';

type Place = Omit<Landing, 'notice'>;

/** What locations do with their work, from their own list or from the order's page. */
export function fulfillmentActions(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  const { fulfillments } = deps.services;
  const on = (name: string, operation: OperationId, perform: (visit: Visit, id: string) => Promise<string>) =>
    router.post(
      `/fulfillments/:id/${name}`,
      desk.action(
        operation,
        async (visit) => {
          const id = String(visit.req.params.id);
          const before = await fulfillments.find(id);
          const notice = await perform(visit, id);
          return { notice, ...placeOf(deps, visit, before) };
        },
        (visit) => backOf(deps, visit),
      ),
    );

  on('pick', 'pickFulfillment', async (visit, id) => {
    const { orderNumber } = await fulfillments.pick(visit.principal, id);
    return `Order ${orderNumber} is yours: pick it, it waits under “To pack”.`;
  });
  on('ship', 'shipFulfillment', async (visit, id) => {
    const { orderNumber } = await fulfillments.ship(visit.principal, id);
    return `Order ${orderNumber} was handed over to the carrier.`;
  });
  on('ready', 'readyFulfillment', async (visit, id) => {
    const { orderNumber, status } = await fulfillments.ready(visit.principal, id);
    return status === 'atStore'
      ? `Order ${orderNumber}: keep it for the customer. They hear of it when the rest has arrived.`
      : `Order ${orderNumber} is ready: the customer gets the code to collect it by mail.`;
  });
  on('collect', 'collectFulfillment', async (visit, id) => {
    const { code } = validate(collectBody, { code: visit.form.code?.toUpperCase() });
    const { orderNumber } = await fulfillments.collect(visit.principal, id, code);
    return `Order ${orderNumber} was collected.`;
  });
  on('reject', 'rejectFulfillment', async (visit, id) => {
    const { orderNumber } = await fulfillments.reject(visit.principal, id, rejectionOf(visit.form));
    return `Order ${orderNumber} goes elsewhere.`;
  });
}

/** Which lines are meant is asked where there are several. */
function rejectionOf(form: Visit['form']) {
  const lineIds = tickedIn(form, 'line');
  return validate(rejectBody, {
    reason: form.reason,
    ...(form.text && { text: form.text }),
    ...(lineIds.length > 0 && { lineIds }),
  });
}

interface Worked {
  orderId: string;
  locationId: string;
  status: string;
}

/** Where the person came from: the order, or the list that the work lay in before. */
export function placeOf(deps: ConsoleDependencies, visit: Visit, before: Worked): Place {
  if (visit.form.page === 'order' && visit.may('findOrder'))
    return { url: orderUrl(before.orderId), view: () => orderView(deps, visit, before.orderId) };
  const query = { tab: tabOfStatus(before.status) };
  return {
    url: workUrl(before.locationId, query),
    view: () => workView(deps, visit, before.locationId, query),
  };
}

/** The same place when the action was refused; the work may have moved on meanwhile. */
export function backOf(deps: ConsoleDependencies, visit: Visit): Place {
  const find = () => deps.services.fulfillments.find(String(visit.req.params.id));
  return {
    url: visit.req.originalUrl,
    view: async () => placeOf(deps, visit, { ...(await find()), status: visit.form.status ?? '' }).view(),
  };
}
