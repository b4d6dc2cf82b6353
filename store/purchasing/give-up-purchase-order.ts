import type { CommandResult } from '../../domain/commands';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { countIncoming, readSupply } from './change-supply';
import {
  movePurchaseOrder,
  openPurchaseOrder,
  type OpenPurchaseOrder,
  type PurchaseOrderCommand,
} from './open-purchase-order';
import { tellPurchaseOrder } from './tell-purchase-order';

export interface GiveUpCommand extends PurchaseOrderCommand {
  reason?: string;
}

/** The rest of what came in part is not waited for any more. */
export const closePurchaseOrder = (db: Database, command: GiveUpCommand): Promise<CommandResult> =>
  giveUp(db, command, 'close');

/** A draft, or what was sent and of which nothing has come, is not wanted any more. */
export const cancelPurchaseOrder = (db: Database, command: GiveUpCommand): Promise<CommandResult> =>
  giveUp(db, command, 'cancel');

async function giveUp(
  db: Database,
  command: GiveUpCommand,
  action: 'close' | 'cancel',
): Promise<CommandResult> {
  return inTransaction(db, async (trx) => {
    const opened = await openPurchaseOrder(trx, command, action);
    if (opened.state === 'answered') return opened.answer;
    if (opened.state === 'alreadyDone') return { outcome: 'done', value: {}, signals: [] };
    const { order } = opened;
    const given = await expectNothing(
      trx,
      order,
      { ...command, key: `purchaseOrder:${order.id}:${action}` },
      action,
    );
    await movePurchaseOrder(trx, order, action);
    await tellPurchaseOrder(trx, {
      ...{ id: order.id, key: command.key, actor: command.actor, at: command.at },
      type: action === 'close' ? 'closed' : 'cancelled',
      data: { lines: given, ...(command.reason === undefined ? {} : { reason: command.reason }) },
    });
    return { outcome: 'done', value: {}, signals: [] };
  });
}

async function expectNothing(
  trx: Database,
  order: OpenPurchaseOrder,
  command: PurchaseOrderCommand,
  cause: string,
): Promise<{ sku: string; quantity: number }[]> {
  const open = new Map<string, number>();
  for (const { id, sku, quantity, received } of await readSupply(trx, order.id)) {
    if (quantity === received) continue;
    await trx('incoming_supply').where({ id }).update({ quantity: received });
    open.set(sku, (open.get(sku) ?? 0) + quantity - received);
  }
  const given = [...open]
    .map(([sku, quantity]) => ({ sku, quantity }))
    .sort((a, b) => (a.sku < b.sku ? -1 : 1));
  for (const { sku, quantity } of given)
    await countIncoming(trx, order, command, { sku, pieces: -quantity, cause: `purchaseOrder:${cause}` });
  return given;
}
