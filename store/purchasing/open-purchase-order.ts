import type { CommandResult } from '../../domain/commands';
import {
  allowedPurchaseOrderActions,
  isAlreadyDone,
  purchaseOrderRules,
  statusAfter,
  type PurchaseOrderAction,
  type PurchaseOrderStatus,
} from '../../domain/purchasing/purchase-order-actions';
import type { Database } from '../connect';
import { lockSkusToGive } from '../stock/lock-skus';

export interface PurchaseOrderCommand {
  purchaseOrderId: string;
  /** Names the intent. */
  key: string;
  actor: string;
  at: string;
}

/** A purchase order locked for a change, with the locks of all its SKUs. */
export interface OpenPurchaseOrder {
  id: string;
  number: string;
  status: PurchaseOrderStatus;
  supplierId: string;
  locationId: string;
  expectedAt: Date | null;
  /** Of the draft. */
  version: number;
  lines: { sku: string; quantity: number }[];
}

export type OpenedPurchaseOrder =
  | { state: 'open'; order: OpenPurchaseOrder }
  | { state: 'alreadyDone' }
  | { state: 'answered'; answer: Exclude<CommandResult<never>, { outcome: 'done' }> };

/**
 * Locks a purchase order for an action: open for it, past it already, or the refusal to give back. A command
 * whose key stands in the story is past it, too.
 */
export async function openPurchaseOrder(
  trx: Database,
  { purchaseOrderId: id, key }: PurchaseOrderCommand,
  action: PurchaseOrderAction,
): Promise<OpenedPurchaseOrder> {
  const row = await trx('purchase_orders').where({ id }).forUpdate().first();
  if (!row)
    return {
      state: 'answered',
      answer: { outcome: 'notFound', detail: `There is no purchase order "${id}"` },
    };
  const status = row.status as PurchaseOrderStatus;
  const told = await trx('purchase_order_events').where({ purchase_order_id: id, key }).first('id');
  if (told || isAlreadyDone(action, status)) return { state: 'alreadyDone' };
  if (!purchaseOrderRules[action][status]) {
    const because = `Purchase order ${row.number} is ${status}: it cannot be asked to ${action}`;
    const allowed = allowedPurchaseOrderActions(status);
    return { state: 'answered', answer: { outcome: 'notAllowed', because, allowed } };
  }
  const lines = await trx('purchase_order_lines')
    .where('purchase_order_id', id)
    .orderBy('position')
    .select<OpenPurchaseOrder['lines']>('sku', 'quantity');
  await lockSkusToGive(
    trx,
    lines.map(({ sku }) => sku),
  );
  const order: OpenPurchaseOrder = {
    id,
    number: row.number,
    status,
    supplierId: row.supplier_id,
    locationId: row.location_id,
    expectedAt: row.expected_at,
    version: row.version,
    lines,
  };
  return { state: 'open', order };
}

/** Moves a purchase order to where the action leads; complete is one of which nothing is left to come. */
export async function movePurchaseOrder(
  trx: Database,
  order: OpenPurchaseOrder,
  action: PurchaseOrderAction,
  change: Record<string, unknown> = {},
): Promise<void> {
  const open = await trx('incoming_supply')
    .where('purchase_order_id', order.id)
    .whereRaw('received < quantity')
    .first('id');
  const status = statusAfter(action, order.status, open === undefined);
  if (status === null)
    throw new Error(`${action} was let through for a purchase order that is ${order.status}`);
  await trx('purchase_orders')
    .where('id', order.id)
    .update({ ...change, status });
  // What was proposed is ordered, or not wanted: the place may fall short again.
  if (order.status === 'draft')
    await trx('reorder_proposals').where('purchase_order_id', order.id).update({ is_open: false });
}
