import type { Router } from 'express';
import { confirmBody, giveUpBody, noticeBody, receiveBody } from '../../api/contract/purchase-orders';
import { validate } from '../../api/http/validate';
import type { PurchaseRequest } from '../../api/services/purchase-orders';
import type { PurchaseOrderAction } from '../../domain/purchasing/purchase-order-actions';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk, Visit } from '../desk';
import { noonOf } from './noon-of';
import { piecesByLine } from './piece-fields';
import { purchaseOperations, purchaseOrderUrl, purchaseOrderView } from './purchase-orders';

type Typed = Readonly<Record<string, string>>;

/** What people do with a purchase order, from its page. */
export function purchaseOrderActions(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  const { purchaseOrders } = deps.services;
  const on = (
    action: Exclude<PurchaseOrderAction, 'edit' | 'send'>,
    perform: (request: PurchaseRequest, form: Typed) => Promise<string>,
  ) =>
    router.post(
      `/purchase-orders/:id/${action}`,
      desk.action(
        purchaseOperations[action],
        async (visit) => {
          const request = requestOf(visit);
          const notice = await perform(request, visit.form);
          return { notice, url: purchaseOrderUrl(request.id), view: () => purchaseOrderView(deps, visit) };
        },
        (visit) => ({
          url: visit.req.originalUrl,
          view: () => purchaseOrderView(deps, visit, visit.form),
        }),
      ),
    );

  on('confirm', async (request, form) => {
    await purchaseOrders.confirm(request, validate(confirmBody, { lines: confirmedLines(form) }));
    return 'What the supplier confirmed is expected now.';
  });
  on('notice', async (request, form) => {
    const { anyway } = form;
    const lines = linesBySku(form, 'noticed').map((line) => ({ ...line, ...(anyway && { anyway }) }));
    const notice = {
      lines,
      expectedAt: form.noticedFor ? noonOf(form.noticedFor) : undefined,
      reference: form.reference || undefined,
    };
    await purchaseOrders.notice(request, validate(noticeBody, notice));
    return 'What is on its way has a date of its own now.';
  });
  on('receive', async (request, form) => {
    const body = validate(receiveBody, { lines: arrivedLines(form), reference: form.reference || undefined });
    const { open } = await purchaseOrders.receive(request, body);
    return open === 0
      ? 'All of it is here. Sound pieces can be sold.'
      : `Taken in. ${open} pieces are still to come.`;
  });
  on('close', async (request, form) => {
    await purchaseOrders.close(request, reasonOf(form));
    return 'Nothing more is expected of it.';
  });
  on('cancel', async (request, form) => {
    await purchaseOrders.cancel(request, reasonOf(form));
    return 'The purchase order is cancelled.';
  });
}

const requestOf = ({ principal, req, requestKey }: Visit): PurchaseRequest => ({
  ...{ principal, key: requestKey },
  id: String(req.params.id),
});

const reasonOf = (form: Typed) => validate(giveUpBody, { reason: form.reason || undefined }).reason;

const linesBySku = (form: Typed, name: string) =>
  piecesByLine(form, name).map(({ lineId, quantity }) => ({ sku: lineId, quantity }));

function arrivedLines(form: Typed) {
  const damaged = new Map(linesBySku(form, 'damaged').map(({ sku, quantity }) => [sku, quantity]));
  return linesBySku(form, 'arrived').map((line) => ({ ...line, damaged: damaged.get(line.sku) ?? 0 }));
}

/** A quantity may be 0 here: then the supplier has none. Without a date the old one stays. */
const confirmedLines = (form: Typed) =>
  Object.entries(form)
    .filter(([field, value]) => field.startsWith('confirmed.') && value !== '')
    .map(([field, value]) => ({
      sku: field.slice('confirmed.'.length),
      quantity: Number(value),
      expectedAt: form.confirmedFor ? noonOf(form.confirmedFor) : undefined,
    }));
