import type { RequestHandler } from 'express';
import { purchaseOrderBody } from '../../api/contract/purchase-orders';
import { validate } from '../../api/http/validate';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk } from '../desk';
import { wholeOf } from './piece-fields';
import { purchaseOrderUrl, purchaseOrderView, purchaseOrdersView } from './purchase-orders';

/** Begins a draft with its first line; more are added on its own page. */
export const newPurchaseOrder = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.action(
    'createPurchaseOrder',
    async (visit) => {
      const { principal, form, requestKey } = visit;
      const { supplierId, locationId, sku, quantity, anyway } = form;
      const lines = [{ sku, quantity: wholeOf(quantity), ...(anyway && { anyway }) }];
      const body = validate(purchaseOrderBody, { supplierId, locationId, lines });
      const { id, number } = await deps.services.purchaseOrders.create(principal, body, requestKey);
      visit.req.params.id = id;
      return {
        notice: `${number} is a draft. Add to it, or send it.`,
        url: purchaseOrderUrl(id),
        view: () => purchaseOrderView(deps, visit),
      };
    },
    (visit) => ({ url: '/purchase-orders', view: () => purchaseOrdersView(deps, visit) }),
  );
