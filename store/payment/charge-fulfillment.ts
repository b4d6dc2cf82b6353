import type { Knex } from 'knex';
import { money } from '../../domain/money';
import { priceOrder } from '../../domain/order/totals';
import type { PlacedOrder } from '../../domain/order/types';
import { planCapture } from '../../domain/payment/capture-plan';
import { shipmentValue } from '../../domain/payment/shipment-value';
import type { Database } from '../connect';
import { readLines } from './read-lines';
import { inTransaction } from '../transaction';
import { lockMoney, readOpenMovements, readPending, type PlannedMovement } from './movements';
import { readPayments } from './read-payments';

export interface Charge {
  movements: PlannedMovement[];
  /** Minor units that no tender could cover. */
  uncovered: number;
}

/**
 * Fixes once what a fulfillment that left is worth and from which tenders it is captured; asking again gives
 * what is still open of that plan. Money that is already ours (a bank transfer) counts before anything is
 * captured: captures only catch up with what has left.
 */
export async function chargeFulfillment(
  db: Database,
  input: { orderId: string; fulfillmentId: string },
): Promise<Charge> {
  return inTransaction(db, async (trx) => {
    await lockMoney(trx, input.orderId);
    const fulfillment = await trx('fulfillments').where('id', input.fulfillmentId).first('charged');
    const uncovered = fulfillment.charged === null ? await planCharge(trx, input) : 0;
    return { movements: await readOpenMovements(trx, input.orderId, input.fulfillmentId), uncovered };
  });
}

async function planCharge(
  trx: Knex.Transaction,
  { orderId, fulfillmentId }: { orderId: string; fulfillmentId: string },
): Promise<number> {
  const { value, chargedBefore } = await valueOf(trx, orderId, fulfillmentId);
  const payments = await readPayments(trx, orderId);
  const pending = await readPending(trx, orderId, 'capture');
  const currency = payments[0]!.currency;
  const taken = payments.reduce((sum, payment) => sum + payment.captured + (pending.get(payment.id) ?? 0), 0);
  const due = Math.max(0, chargedBefore + value - taken);
  const plan = planCapture({
    due: money(due, currency),
    payments: payments.map((payment) => ({
      id: payment.id,
      method: payment.method,
      open: money(payment.authorized - payment.captured - (pending.get(payment.id) ?? 0), currency),
    })),
  });
  await trx('fulfillments').where('id', fulfillmentId).update({ charged: value });
  if (plan.parts.length > 0)
    await trx('payment_movements').insert(
      plan.parts.map((part) => ({
        key: `${fulfillmentId}:capture:${part.paymentId}`,
        payment_id: part.paymentId,
        order_id: orderId,
        kind: 'capture',
        amount: part.amount.amount,
        subject: fulfillmentId,
      })),
    );
  return plan.uncovered.amount;
}

/** Gross of the fulfillment in minor units; the shipping fee goes with what leaves first. */
async function valueOf(
  trx: Knex.Transaction,
  orderId: string,
  fulfillmentId: string,
): Promise<{ value: number; chargedBefore: number }> {
  const row = await trx('orders').where('id', orderId).first('content');
  const order = row.content as PlacedOrder;
  const lines = await readLines(trx, orderId);
  const pieces = await trx('fulfillment_lines as l')
    .join('fulfillments as f', 'f.id', 'l.fulfillment_id')
    .where('f.order_id', orderId)
    .select('f.id', 'f.charged', 'l.line_id', 'l.quantity');
  const charged = new Map(
    pieces.filter((p) => p.charged !== null).map((p) => [p.id as string, p.charged as number]),
  );
  const count = (lineId: string, of: (id: string) => boolean): number =>
    pieces
      .filter((p) => p.line_id === lineId && of(p.id))
      .reduce((sum, p) => sum + (p.quantity as number), 0);
  const value = shipmentValue({
    lines: lines.map((line) => ({
      lineId: line.lineId,
      gross: money(line.gross, order.currency),
      quantity: line.quantity,
      alreadyShipped: count(line.lineId, (id) => charged.has(id)),
      shippingNow: count(line.lineId, (id) => id === fulfillmentId),
    })),
    shippingGross: priceOrder(order).shipping.gross,
    shippingAlreadyCharged: charged.size > 0,
  });
  return { value: value.total.amount, chargedBefore: [...charged.values()].reduce((a, b) => a + b, 0) };
}
