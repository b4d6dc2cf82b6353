import type { Knex } from 'knex';
import type { OrderSignal } from '../../domain/commands';
import { orderWorkflowId } from '../../domain/ids';
import type { ArrivalPlan } from '../../domain/stock/transfer';
import { moveWork } from '../fulfillment/move-work';
import { recordStep } from '../story/record-step';
import type { StockTransferView } from './transfer-view';

export interface SendingOrder {
  fulfillmentId: string;
  orderId: string;
  workflowId: string;
}

/** The internal order whose goods a transfer brings, with its work locked; null of every other transfer. */
export async function lockSendingOrder(
  trx: Knex.Transaction,
  { fulfillmentId }: StockTransferView,
): Promise<SendingOrder | null> {
  if (fulfillmentId === null) return null;
  const answer = await trx.raw<{ rows: { id: string; channel: string; external_reference: string }[] }>(
    `SELECT o.id, o.channel, o.external_reference FROM fulfillments AS f JOIN orders AS o ON o.id = f.order_id
     WHERE f.id = ? FOR UPDATE OF f`,
    [fulfillmentId],
  );
  const { id, channel, external_reference: reference } = answer.rows[0]!;
  return { fulfillmentId, orderId: id, workflowId: orderWorkflowId(channel, reference) };
}

/** The order's story tells of every arrival; when nothing more will come, its work is done. */
export async function tellSendingOrder(
  trx: Knex.Transaction,
  { fulfillmentId, orderId, workflowId }: SendingOrder,
  transfer: StockTransferView,
  command: { key: string; actor: string; at: string; closeReason?: string },
  plan: Extract<ArrivalPlan, { outcome: 'arrives' }>,
): Promise<OrderSignal[]> {
  const { arrived, lost, isComplete } = plan;
  const { actor, at, key, closeReason } = command;
  const news = {
    key: `delivered:${fulfillmentId}`,
    workflowId,
    signal: 'delivered',
    args: [{ fulfillmentId }],
  };
  const signals = isComplete ? [news] : [];
  const data = {
    ...{ fulfillmentId, transferId: transfer.id, locationId: transfer.toLocationId },
    ...{ lines: arrived, lost, isComplete },
    ...(closeReason !== undefined && { reason: closeReason }),
  };
  await recordStep(
    trx,
    {
      orderId,
      at,
      signals,
      events: [{ key: `received:${transfer.id}:${key}`, type: 'goodsReceived', actor, data }],
    },
    isComplete ? [moveWork({ fulfillmentId, status: 'delivered', at })] : [],
  );
  return signals;
}
