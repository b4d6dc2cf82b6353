import type { Knex } from 'knex';
import type { CommandResult, FieldProblem } from '../../domain/commands';
import { purchaseOrderIdOf } from '../../domain/ids';
import { orderQuantity } from '../../domain/purchasing/supplier';
import type { Database } from '../connect';
import { writePurchaseOrder } from '../purchasing/create-purchase-order';
import { findSupplierOf } from '../reorder/supplier-of';
import { shortageWait } from '../stock/shortage-wait';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import { readWhoMaySupply } from '../stock/who-may-supply';
import { openPurchaseRequest, type PurchaseRequestCommand } from './open-purchase-request';
import type { PurchaseRequest } from './purchase-request-view';

export interface OrderPurchaseRequestCommand extends PurchaseRequestCommand {
  /** Names the intent: asked twice, it is ordered once. */
  key: string;
  /** Left out: who delivers soonest of all that sell it. */
  supplierId?: string;
  /** Left out: the best by priority of all that may supply the line. */
  locationId?: string;
  /** Left out: what waits, as the supplier sells it. */
  quantity?: number;
  /** Why something is ordered that the supplier does not sell, or not so. */
  anyway?: string;
}

/**
 * Turns a request into a draft of a purchase order. Nothing is promised before that is sent; then the pieces are
 * promised like all supply, in the order of those who wait. Twice is once.
 */
export async function orderPurchaseRequest(
  db: Database,
  command: OrderPurchaseRequestCommand,
): Promise<CommandResult<{ purchaseOrderId: string }>> {
  return inTransaction(db, async (trx) => {
    const key = `request:${command.id}:${command.key}`;
    const purchaseOrderId = purchaseOrderIdOf(key);
    const done = { outcome: 'done' as const, value: { purchaseOrderId }, signals: [] };
    const isDone = ({ purchaseOrder }: PurchaseRequest) => purchaseOrder?.id === purchaseOrderId;
    const opened = await openPurchaseRequest(trx, command, 'order', isDone);
    if (opened.state === 'answered') return opened.answer;
    if (opened.state === 'alreadyDone') return done;
    const { request, line } = opened;
    const whereTo = await chooseSupply(trx, command, request, line.backorderId);
    if (whereTo.outcome === 'invalid') return whereTo;
    const { supplierId, locationId, quantity } = whereTo;
    const { actor, at, anyway } = command;
    const created = await writePurchaseOrder(trx, {
      ...{ key, supplierId, locationId, lines: [{ sku: request.sku, quantity, anyway }] },
      ...{ reference: request.orderNumber, actor, at },
    });
    if (created.outcome === 'invalid') return { outcome: 'invalid', problems: created.problems.map(asSent) };
    await trx('purchase_requests').where('id', command.id).update({ purchase_order_id: purchaseOrderId });
    await recordStep(trx, {
      orderId: request.orderId,
      at,
      waitsOver: [shortageWait(line.backorderId)],
      events: [
        {
          key: `purchaseOrdered:${purchaseOrderId}`,
          type: 'purchaseOrdered',
          actor,
          data: { sku: request.sku, quantity, supplierId, purchaseOrderId },
        },
      ],
    });
    return done;
  });
}

/** A request has one line, and names its parts by themselves; its SKU is given, so the supplier is the wrong one. */
const asSent = (problem: FieldProblem): FieldProblem => ({
  ...problem,
  pointer: problem.pointer.replace('/lines/0/sku', '/supplierId').replace('/lines/0', ''),
});

type Supply =
  | { outcome: 'chosen'; supplierId: string; locationId: string; quantity: number }
  | { outcome: 'invalid'; problems: FieldProblem[] };

async function chooseSupply(
  trx: Knex.Transaction,
  command: OrderPurchaseRequestCommand,
  { sku, quantity: wanted }: PurchaseRequest,
  backorderId: number,
): Promise<Supply> {
  const problems: FieldProblem[] = [];
  const from = await findSupplierOf(trx, { sku, supplierId: command.supplierId ?? null });
  if (!from)
    problems.push({
      pointer: '/supplierId',
      detail:
        command.supplierId === undefined
          ? `No supplier sells "${sku}": name the one to order from`
          : `There is no supplier "${command.supplierId}"`,
    });
  const places = await readWhoMaySupply(trx, backorderId);
  const place = places.find(({ locationId, against }) =>
    command.locationId === undefined ? against === null : locationId === command.locationId,
  );
  if (!place)
    problems.push({
      pointer: '/locationId',
      detail:
        command.locationId === undefined
          ? 'No location may supply the line: change the rules or a location first, or refuse the request'
          : `There is no location "${command.locationId}"`,
    });
  else if (place.against !== null)
    problems.push({
      pointer: '/locationId',
      detail: `${place.name} may not supply the line: it ${place.against}`,
    });
  if (!from || !place || problems.length > 0) return { outcome: 'invalid', problems };
  const quantity = command.quantity ?? orderQuantity(wanted, from.item);
  return { outcome: 'chosen', supplierId: from.supplier.id, locationId: place.locationId, quantity };
}
