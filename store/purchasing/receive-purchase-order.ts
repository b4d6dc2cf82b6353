import type { CommandResult } from '../../domain/commands';
import {
  planReceipt,
  type ArrivedLine,
  type ExpectedLine,
  type ReceivedLine,
} from '../../domain/purchasing/receipt';
import type { Database } from '../connect';
import { assignBackorders } from '../stock/assign-backorders';
import { inTransaction } from '../transaction';
import { readSupply, type OpenSupply } from './change-supply';
import {
  movePurchaseOrder,
  openPurchaseOrder,
  type OpenPurchaseOrder,
  type PurchaseOrderCommand,
} from './open-purchase-order';
import { readOverPercent, readReceivedOver } from './read-over';
import { tellPurchaseOrder } from './tell-purchase-order';

export interface ReceiveCommand extends PurchaseOrderCommand {
  /** Each SKU once. */
  lines: ArrivedLine[];
  /** Of the delivery note. */
  reference?: string;
}

/**
 * Goods arrive: they are on hand, the damaged ones unsellable, and no longer incoming. Sound pieces go to the
 * lines that wait for them in the same transaction. Several receipts may follow each other.
 */
export async function receivePurchaseOrder(db: Database, command: ReceiveCommand): Promise<CommandResult> {
  return inTransaction(db, async (trx) => {
    const opened = await openPurchaseOrder(trx, command, 'receive');
    if (opened.state === 'answered') return opened.answer;
    if (opened.state === 'alreadyDone') return { outcome: 'done', value: {}, signals: [] };
    const { order } = opened;
    const supply = await readSupply(trx, order.id);
    const tolerance = await readOverPercent(trx, order.supplierId);
    const plan = planReceipt(command.lines, await readExpected(trx, order, supply), tolerance);
    if (plan.outcome === 'refused') return { outcome: 'invalid', problems: plan.problems };
    const lines = [...plan.lines].sort((a, b) => (a.sku < b.sku ? -1 : 1));
    for (const line of lines) await takeIn(trx, order, command, line, supply);
    await movePurchaseOrder(trx, order, 'receive');
    const { key, actor, at, reference } = command;
    await tellPurchaseOrder(trx, {
      ...{ id: order.id, key, type: 'received', actor, at },
      data: { lines: plan.lines, ...(reference === undefined ? {} : { reference }) },
    });
    const skus = lines.filter(({ quantity, damaged }) => quantity > damaged).map(({ sku }) => sku);
    return { outcome: 'done', value: {}, signals: await assignBackorders(trx, { skus, at }) };
  });
}

async function readExpected(
  trx: Database,
  order: OpenPurchaseOrder,
  supply: readonly OpenSupply[],
): Promise<ExpectedLine[]> {
  const over = await readReceivedOver(trx, order.id);
  return order.lines.map(({ sku }) => {
    const own = supply.filter((each) => each.sku === sku);
    return {
      sku,
      expected: own.reduce((sum, each) => sum + each.quantity, 0),
      open: own.reduce((sum, each) => sum + each.quantity - each.received, 0),
      over: over.get(sku) ?? 0,
    };
  });
}

async function takeIn(
  trx: Database,
  order: OpenPurchaseOrder,
  command: ReceiveCommand,
  line: ReceivedLine,
  supply: readonly OpenSupply[],
): Promise<void> {
  const expected = line.quantity - line.over;
  let left = expected;
  for (const each of supply.filter(({ sku }) => sku === line.sku)) {
    const taken = Math.min(left, each.quantity - each.received);
    if (taken > 0) await trx('incoming_supply').where('id', each.id).increment('received', taken);
    left -= taken;
  }
  const key = `purchaseOrder:${order.id}:${command.key}`;
  await trx.raw(sql, {
    ...line,
    ...{ key, expected, actor: command.actor, at: command.at },
    receiptKey: `${key}:${line.sku}`,
    orderId: order.id,
    number: order.number,
    locationId: order.locationId,
    reference: command.reference ?? null,
    reason: command.reference === undefined ? null : `delivery note ${command.reference}`,
  });
}

const sql = `
  WITH moved AS (
    UPDATE stock SET on_hand = on_hand + :quantity, unsellable = unsellable + :damaged, incoming = incoming - :expected
    WHERE sku = :sku AND location_id = :locationId
    RETURNING version
  ), ledger AS (
    INSERT INTO stock_ledger
      (key, sku, location_id, cause, on_hand, unsellable, incoming, version, actor, reason, reference, at)
    SELECT :key, :sku, :locationId, 'receipt', :quantity, :damaged, -(:expected)::int, version, :actor, :reason, :number, :at
    FROM moved
  )
  INSERT INTO purchase_receipts (key, purchase_order_id, sku, quantity, damaged, over, reference, at)
  VALUES (:receiptKey, :orderId, :sku, :quantity, :damaged, :over, :reference, :at)`;
