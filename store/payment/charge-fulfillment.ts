import type { Knex } from 'knex';
import { money } from '../../domain/money';
import { priceOrder } from '../../domain/order/totals';
import { planCapture, type CapturePlan } from '../../domain/payment/capture-plan';
import { hasAllLeft, restOfHolds } from '../../domain/payment/rest-of-holds';
import { shipmentValue } from '../../domain/payment/shipment-value';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { lockMoney, readOpenMovements, type PlannedMovement } from './movements';
import { readChargeFacts, type ChargeFacts } from './read-charge-facts';

export interface Charge {
  movements: PlannedMovement[];
  /** Minor units that no tender could cover. */
  uncovered: number;
}

/**
 * Fixes once what a fulfillment that left is worth and from which tenders it is captured; asking again gives
 * what is still open of that plan. Money that is already ours (a bank transfer) counts before anything is
 * captured: captures only catch up with what has left. With the last of an order goes what is left of its holds: they
 * are voided once the captures are done.
 */
export async function chargeFulfillment(
  db: Database,
  input: { orderId: string; fulfillmentId: string },
): Promise<Charge> {
  const { orderId, fulfillmentId } = input;
  return inTransaction(db, async (trx) => {
    await lockMoney(trx, orderId);
    const facts = await readChargeFacts(trx, fulfillmentId);
    const uncovered = facts.charged === null ? await writeCharge(trx, facts, input) : 0;
    return { movements: await readOpenMovements(trx, orderId, fulfillmentId), uncovered };
  });
}

async function writeCharge(
  trx: Knex.Transaction,
  facts: ChargeFacts,
  { orderId, fulfillmentId }: { orderId: string; fulfillmentId: string },
): Promise<number> {
  const { value, chargedBefore } = valueOf(facts, fulfillmentId);
  const plan = planOf(facts, chargedBefore + value);
  const captures = plan.parts.map(({ paymentId, amount: { amount } }) => ({
    ...{ kind: 'capture', paymentId, amount },
  }));
  const rest = isLast(facts, fulfillmentId) ? restOfHolds(facts.payments, plan.parts) : [];
  const voids = rest.map((paymentId) => ({ kind: 'void', paymentId, amount: 0 }));
  const movements = [...captures, ...voids].map((movement) => ({
    ...{ key: `${fulfillmentId}:${movement.kind}:${movement.paymentId}`, ...movement },
  }));
  await trx.raw(sql, { fulfillmentId, value, orderId, movements: JSON.stringify(movements) });
  return plan.uncovered.amount;
}

const sql = `
  WITH charged AS (
    UPDATE fulfillments SET charged = :value WHERE id = :fulfillmentId
  )
  INSERT INTO payment_movements (key, payment_id, order_id, kind, amount, subject)
  SELECT m.key, m."paymentId", :orderId, m.kind, m.amount, :fulfillmentId
  FROM jsonb_to_recordset(:movements) AS m (key text, "paymentId" text, kind text, amount bigint)`;

function planOf({ order, payments }: ChargeFacts, worth: number): CapturePlan {
  const { currency } = order;
  const taken = payments.reduce((sum, payment) => sum + payment.captured + payment.pending, 0);
  return planCapture({
    due: money(Math.max(0, worth - taken), currency),
    payments: payments.map(({ id, method, authorized, captured, pending }) => ({
      id,
      method,
      open: money(authorized - captured - pending, currency),
    })),
  });
}

/** Nothing of the order is still to leave after this fulfillment. */
const isLast = ({ lines, pieces }: ChargeFacts, fulfillmentId: string): boolean =>
  hasAllLeft(
    lines.map(({ lineId, ...line }) => {
      const ofLine = pieces.filter((piece) => piece.lineId === lineId);
      return {
        ...line,
        left: sumOf(
          ofLine.filter((piece) => piece.charged !== null || piece.fulfillmentId === fulfillmentId),
        ),
      };
    }),
  );

const sumOf = (pieces: readonly { quantity: number }[]): number =>
  pieces.reduce((sum, { quantity }) => sum + quantity, 0);

/** Gross of the fulfillment in minor units; the shipping fee goes with what leaves first. */
function valueOf(
  { order, lines, pieces }: ChargeFacts,
  fulfillmentId: string,
): { value: number; chargedBefore: number } {
  const charged = new Map<string, number>();
  for (const piece of pieces) if (piece.charged !== null) charged.set(piece.fulfillmentId, piece.charged);
  const count = (lineId: string, of: (id: string) => boolean): number =>
    sumOf(pieces.filter((piece) => piece.lineId === lineId && of(piece.fulfillmentId)));
  const value = shipmentValue({
    lines: lines.map(({ lineId, gross, quantity }) => ({
      lineId,
      gross: money(gross, order.currency),
      quantity,
      alreadyShipped: count(lineId, (id) => charged.has(id)),
      shippingNow: count(lineId, (id) => id === fulfillmentId),
    })),
    shippingGross: priceOrder(order).shipping.gross,
    shippingAlreadyCharged: charged.size > 0,
  });
  return { value: value.total.amount, chargedBefore: [...charged.values()].reduce((a, b) => a + b, 0) };
}
