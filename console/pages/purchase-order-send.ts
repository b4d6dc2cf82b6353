import type { Router } from 'express';
import { sendBody } from '../../api/contract/purchase-orders';
import { validate } from '../../api/http/validate';
import { languageOf } from '../../domain/language';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk, Visit } from '../desk';
import type { View } from '../views';
import { languageNames } from '../words/languages';
import { purchaseOrderUrl, purchaseOrderView } from './purchase-orders';

/** What goes to the supplier is looked at first: to whom, what, and by which files. */
export function purchaseOrderSendPages(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  const { purchaseOrders } = deps.services;
  router.get(
    '/purchase-orders/:id/send',
    desk.page('sendPurchaseOrder', (visit) => previewView(deps, visit)),
  );
  router.post(
    '/purchase-orders/:id/send',
    desk.change(
      'sendPurchaseOrder',
      async (visit) => {
        const { principal, requestKey: key, form } = visit;
        const id = idOf(visit);
        const seen = validate(sendBody, { version: Number(form.version), to: form.to || null });
        const { number } = await purchaseOrders.send({ principal, id, key }, seen);
        return {
          notice: `${number} is on its way to the supplier. Its pieces are incoming.`,
          url: purchaseOrderUrl(id),
          view: () => purchaseOrderView(deps, visit),
        };
      },
      (visit) => ({ url: visit.req.originalUrl, view: () => previewView(deps, visit) }),
    ),
  );
}

const idOf = ({ req }: Visit): string => String(req.params.id);

async function previewView({ services }: ConsoleDependencies, visit: Visit): Promise<View> {
  const order = await services.purchaseOrders.find(idOf(visit));
  const [content, { email, locale }] = await Promise.all([
    services.purchaseOrders.content(order.id),
    services.suppliers.find(order.supplierId),
  ]);
  const url = purchaseOrderUrl(order.id);
  return {
    template: 'purchase-order-send',
    title: `Send ${order.number}`,
    data: {
      ...{ order, url, content, email },
      isAllowed: order.allowedActions.includes('send'),
      language: languageNames[languageOf(locale)],
      pieces: order.lines.reduce((sum, { quantity }) => sum + quantity, 0),
      files: ['pdf', 'csv'].map((format) => ({
        name: `${order.number}.${format}`,
        url: `${url}/document?format=${format}`,
      })),
    },
  };
}
