import { orderWorkflowId } from '../../domain/ids';
import type { OrderStatus } from '../../domain/order/states';
import type { Database } from '../connect';

export interface OrderKey {
  id: string;
  number: string;
  channel: string;
  status: OrderStatus;
  workflowId: string;
}

/** Where an order's workflow is found. */
export async function findOrderKey(db: Database, orderId: string): Promise<OrderKey | null> {
  const row = await db('orders')
    .where({ id: orderId })
    .first<
      | { id: string; number: string; channel: string; status: OrderStatus; external_reference: string }
      | undefined
    >('id', 'number', 'channel', 'status', 'external_reference');
  if (!row) return null;
  const { external_reference: reference, ...key } = row;
  return { ...key, workflowId: orderWorkflowId(row.channel, reference) };
}
