import type { Knex } from 'knex';
import { instantOrNull } from '../instant';
import { shortageWait } from '../stock/shortage-wait';
import type { StepWait } from '../story/record-step';

interface Sent {
  /** The line in the queue. */
  id: number;
  sku: string;
  open: number;
  from: string[];
  to: string;
  until: string | null;
  then: string;
}

/** A line waits for what locations send. */
export const sentWait = ({ id, sku, open, from, to, until, then }: Sent): StepWait => ({
  key: shortageWait(id),
  what: `${open} × ${sku} to be sent from ${from.join(' and ')} to ${to}`,
  until,
  then,
});

/** What an order's lines wait for of what is sent, as it is now; as long and with what follows as they did. */
export async function readSentWaits(trx: Knex.Transaction, orderId: string): Promise<StepWait[]> {
  const answer = await trx.raw<{ rows: (Omit<Sent, 'until'> & { until: Date | null })[] }>(
    `SELECT b.id, b.sku, b.open, t.to_location_id AS "to", w.until, w.then_what AS "then",
            array_agg(t.from_location_id ORDER BY t.from_location_id) AS "from"
     FROM backorders AS b
     JOIN awaited_transfers AS a ON a.backorder_id = b.id
     JOIN stock_transfers AS t ON t.id = a.transfer_id AND t.status IN ('requested', 'shipped')
     JOIN order_waits AS w ON w.order_id = b.order_id AND w.key = 'shortage:' || b.id
     WHERE b.order_id = ? AND b.open > 0
     GROUP BY b.id, t.to_location_id, w.until, w.then_what ORDER BY b.id`,
    [orderId],
  );
  return answer.rows.map((row) => sentWait({ ...row, until: instantOrNull(row.until) }));
}
