import type { Database } from '../connect';

export interface LineFacts {
  lineId: string;
  sku: string;
  title: string;
  quantity: number;
  /** Minor units of the whole line. */
  gross: number;
  cancelled: number;
}

export async function readLines(db: Database, orderId: string): Promise<LineFacts[]> {
  const rows = await db('order_lines')
    .where('order_id', orderId)
    .orderBy('position')
    .select('id', 'sku', 'title', 'quantity', 'gross', 'cancelled');
  return rows.map((row) => ({
    lineId: row.id,
    sku: row.sku,
    title: row.title,
    quantity: row.quantity,
    gross: row.gross,
    cancelled: row.cancelled,
  }));
}
