import type { Database } from '../connect';

export interface PurchaseOrderEvent {
  id: string;
  /** Names the step within the purchase order; told twice, it stands in the story once. */
  key: string;
  type: string;
  actor: string;
  at: string;
  data?: Record<string, unknown>;
}

/** Writes a step of a purchase order's story; false when it stood there already. */
export async function tellPurchaseOrder(
  trx: Database,
  { id, key, type, actor, at, data = {} }: PurchaseOrderEvent,
): Promise<boolean> {
  const answer = await trx.raw<{ rows: unknown[] }>(
    `INSERT INTO purchase_order_events (purchase_order_id, key, type, actor, at, data)
     VALUES (:id, :key, :type, :actor, :at, :data)
     ON CONFLICT (purchase_order_id, key) DO NOTHING RETURNING id`,
    { id, key, type, actor, at, data: JSON.stringify(data) },
  );
  return answer.rows.length > 0;
}
