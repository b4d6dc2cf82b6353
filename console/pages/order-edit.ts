import type { Router } from 'express';
import { editBody } from '../../api/contract/edits';
import { validate } from '../../api/http/validate';
import { Problem } from '../../api/problem';
import { decimalOf } from '../../domain/amount-text';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk, Visit } from '../desk';
import type { View } from '../views';
import { wordsOfChanges } from '../words/changes';
import { problemInWords } from '../words/fields';
import { editOf } from './edit-fields';
import { placesView } from './edit-places-view';
import { orderUrl } from './order/order-url';
import { orderView } from './order/order-view';
import { activeOf } from './piece-fields';
import { readPlaces } from './places';

type Preview = Awaited<ReturnType<ConsoleDependencies['services']['edits']['preview']>>;

/** Change an order: what it would do is shown first, then it is done as a whole. */
export function orderEditPages(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  const { orders, edits } = deps.services;
  const page = (visit: Visit) => ({
    url: `${orderUrl(idOf(visit))}/edit`,
    view: () => editView(deps, visit),
  });
  const bodyOf = async (visit: Visit) => {
    const order = await orders.find(visit.principal, idOf(visit));
    return validate(editBody, editOf(visit.form, order));
  };

  router.get(
    '/orders/:id/edit',
    desk.page('editOrder', (visit) => editView(deps, visit)),
  );
  router.post('/orders/:id/edit/preview', async (req, res, next) => {
    await desk.page('previewEdit', async (visit) => {
      try {
        const body = await bodyOf(visit);
        const preview = await edits.preview(visit.principal, idOf(visit), body, visit.requestKey);
        return await editView(deps, visit, { preview });
      } catch (error) {
        if (!(error instanceof Problem) || error.status === 404) throw error;
        return { ...(await editView(deps, visit, { problem: problemInWords(error) })), status: error.status };
      }
    })(req, res, next);
  });
  router.post(
    '/orders/:id/edit',
    desk.action(
      'editOrder',
      async (visit) => {
        const id = idOf(visit);
        const order = await edits.edit(visit.principal, id, await bodyOf(visit), visit.requestKey);
        return {
          notice: order.awaitedEdit
            ? 'The change waits for its money. The customer was told what to transfer.'
            : 'The order was changed.',
          url: orderUrl(id),
          view: () => orderView(deps, visit, id),
        };
      },
      page,
    ),
  );
}

const idOf = (visit: Visit): string => String(visit.req.params.id);
const newLines = [1, 2];

async function editView(
  deps: ConsoleDependencies,
  visit: Visit,
  { preview, problem }: { preview?: Preview; problem?: string } = {},
): Promise<View> {
  const { services, reads } = deps;
  const id = idOf(visit);
  const order = await services.orders.find(visit.principal, id);
  const locations = await readPlaces(reads);
  const typed = (field: string, otherwise: string): string => visit.form[field] ?? otherwise;
  return {
    template: 'order-edit',
    title: `Change order ${order.number}`,
    data: {
      ...{ order, problem, url: orderUrl(id), reason: typed('reason', '') },
      isAllowed: order.allowedActions.includes('edit'),
      lines: order.lines
        .map((line) => ({ ...line, active: activeOf(line) }))
        .map((line) => ({ ...line, quantity: typed(`quantity.${line.id}`, String(line.active)) })),
      added: newLines.map((n) => ({
        ...{ n, sku: typed(`add.${n}.sku`, ''), price: typed(`add.${n}.price`, '') },
        quantity: typed(`add.${n}.quantity`, '1'),
      })),
      ...placesView({ order, locations, newLines, typed }),
      method: typed('method', order.shipping.method),
      fee: typed('fee', decimalOf(order.shipping.price)),
      payers: payers.map((value) => ({ value, isChosen: value === typed('tender.method', '') })),
      token: typed('tender.token', ''),
      paidBy: typed('tender.paidBy', 'cash'),
      preview: preview && { ...preview, changes: wordsOfChanges(preview.changes), ...movesOf(preview) },
    },
  };
}

/** What more can be paid with, beside the tenders of the order. */
const payers = ['till', 'card', 'bankTransfer', 'onAccount', 'giftCard', 'storeCredit', 'cashOnDelivery'];

function movesOf({ money, difference }: Preview) {
  const isMore = difference.amount > 0;
  const isLess = difference.amount < 0;
  return { isMore, isLess, isNothing: !money.authorize && money.refunds.length + money.voids.length === 0 };
}
