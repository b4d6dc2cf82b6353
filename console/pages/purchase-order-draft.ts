import type { Router } from 'express';
import { draftBody } from '../../api/contract/purchase-orders';
import { validate } from '../../api/http/validate';
import type { Services } from '../../api/services';
import { decimalOf } from '../../domain/amount-text';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk, Visit } from '../desk';
import type { View } from '../views';
import { dayOf, draftOf, lineNames } from './draft-fields';
import { purchaseOrderUrl, purchaseOrderView } from './purchase-orders';

type PurchaseOrder = Awaited<ReturnType<Services['purchaseOrders']['find']>>;
type Item = Awaited<ReturnType<Services['suppliers']['listItems']>>['items'][number];

/** Rows for lines that are not there yet. */
const newLines = [1, 2, 3];
/** So many items of the supplier are proposed while a SKU is typed. */
const proposed = 500;

/** Change what a draft asks for, before its supplier sees it. */
export function purchaseOrderDraftPages(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  const { purchaseOrders } = deps.services;
  router.get(
    '/purchase-orders/:id/edit',
    desk.page('editPurchaseOrder', (visit) => draftView(deps, visit)),
  );
  router.post(
    '/purchase-orders/:id/edit',
    desk.action(
      'editPurchaseOrder',
      async (visit) => {
        const { principal, requestKey: key, form } = visit;
        const id = idOf(visit);
        const body = validate(draftBody, draftOf(form, await purchaseOrders.find(id)));
        const { number } = await purchaseOrders.edit({ principal, id, key }, body);
        return {
          notice: `${number} is as you wrote it.`,
          url: purchaseOrderUrl(id),
          view: () => purchaseOrderView(deps, visit),
        };
      },
      (visit) => ({ url: visit.req.originalUrl, view: () => draftView(deps, visit) }),
    ),
  );
}

const idOf = ({ req }: Visit): string => String(req.params.id);

/** What was typed and refused stays, with the version that it was meant for. */
async function draftView({ services }: ConsoleDependencies, visit: Visit): Promise<View> {
  const order = await services.purchaseOrders.find(idOf(visit));
  const ordered = order.lines.map(({ sku }) => sku);
  const [{ items }, { items: more }] = await Promise.all([
    services.suppliers.listItems(order.supplierId, { skus: ordered, limit: ordered.length }),
    services.suppliers.listItems(order.supplierId, { limit: proposed }),
  ]);
  const typed = (field: string, otherwise: string): string => visit.form[field] ?? otherwise;
  const reasonOf = reasonsIn(visit, order);
  return {
    template: 'purchase-order-draft',
    title: `Change ${order.number}`,
    data: {
      ...{ order, url: purchaseOrderUrl(order.id) },
      isAllowed: order.allowedActions.includes('edit'),
      version: typed('version', String(order.version)),
      isOutdated: Number(typed('version', String(order.version))) !== order.version,
      lines: order.lines.map((line) => ({
        ...lineOf(line, items, typed),
        ...reasonOf(line.sku, typed(`anyway.${line.sku}`, line.anyway ?? '')),
      })),
      added: newLines.map((n) => ({
        ...{ n, sku: typed(`add.${n}.sku`, ''), quantity: typed(`add.${n}.quantity`, '') },
        cost: typed(`add.${n}.cost`, ''),
        ...reasonOf(`add.${n}`, typed(`add.${n}.anyway`, '')),
      })),
      items: more
        .filter(({ sku }) => !ordered.includes(sku))
        .map((item) => ({ ...item, terms: termsOf(item) })),
      expectedFor: typed('expectedFor', dayOf(order.expectedAt)),
      reference: typed('reference', order.reference ?? ''),
    },
  };
}

/** Where a line was refused, and whether somebody is asked why it is ordered all the same. */
function reasonsIn({ form, problems }: Visit, order: PurchaseOrder) {
  const names = lineNames(form, order);
  return (name: string, anyway: string) => {
    const line = `/lines/${names.indexOf(name)}`;
    const pointers = { pointer: `${line}/quantity`, skuPointer: `${line}/sku` };
    const isUnusual = problems.some(
      (problem) => problem.anyway && Object.values(pointers).includes(problem.pointer),
    );
    return { ...pointers, anyway, asksWhy: isUnusual || anyway !== '' };
  };
}

function lineOf(
  { sku, title, quantity, unitCost }: PurchaseOrder['lines'][number],
  items: readonly Item[],
  typed: (field: string, otherwise: string) => string,
) {
  const item = items.find((each) => each.sku === sku);
  return {
    ...{ sku, title, was: quantity },
    quantity: typed(`quantity.${sku}`, String(quantity)),
    cost: typed(`cost.${sku}`, unitCost ? decimalOf(unitCost) : ''),
    terms: item && termsOf(item),
  };
}

/** How a supplier sells something, as far as that binds anybody. */
const termsOf = ({ packSize, minimumQuantity }: Item): string =>
  [
    ...(packSize > 1 ? [`packs of ${packSize}`] : []),
    ...(minimumQuantity > 1 ? [`at least ${minimumQuantity}`] : []),
  ].join(', ');
