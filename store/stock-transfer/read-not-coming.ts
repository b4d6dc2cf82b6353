import type { Database } from '../connect';
import { waitingRows, type OfBackorders } from '../stock/of-backorders';
import { readComing } from './read-meant';

/** Pieces of a line that wait and that no transfer is to bring. */
export interface NotComing {
  /** Of the line in the queue. */
  id: number;
  lineId: string;
  sku: string;
  quantity: number;
}

/** Of lines of an order that wait, what no transfer is to bring. */
export async function readNotComing(db: Database, which: OfBackorders): Promise<NotComing[]> {
  const rows: NotComing[] = await waitingRows(db, which)
    .orderBy('id')
    .select('id', 'sku', { lineId: 'line_id', quantity: 'open' });
  const comingTo = await readComing(db, 'b.order_id = ? AND b.open > 0', which.orderId);
  return rows
    .map((row) => ({ ...row, quantity: row.quantity - comingTo(row.id) }))
    .filter(({ quantity }) => quantity > 0);
}
