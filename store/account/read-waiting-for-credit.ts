import { orderWorkflowId } from '../../domain/ids';
import type { Database } from '../connect';

export interface WaitingForCredit {
  workflowId: string;
  /** Of the holds that keep it back for its account alone. */
  holdKeys: string[];
}

/**
 * Orders that are held for the credit of an account and fit into it now, the oldest first, as far as there is room:
 * a younger one that is smaller does not overtake.
 */
export async function readWaitingForCredit(db: Database, account: string): Promise<WaitingForCredit[]> {
  const answer = await db.raw<{ rows: Row[] }>(sql, { account });
  return answer.rows.map(({ channel, reference, holdKeys }) => ({
    workflowId: orderWorkflowId(channel, reference),
    holdKeys,
  }));
}

interface Row {
  channel: string;
  reference: string;
  holdKeys: string[];
}

const sql = `
  WITH waiting AS (
    SELECT o.channel, o.external_reference AS reference, o.placed_at, o.id,
           array_agg(h.key ORDER BY h.key) AS keys,
           (SELECT sum(p.amount) FROM payments AS p
            WHERE p.order_id = o.id AND p.method = 'onAccount' AND p.status = 'pending') AS amount
    FROM orders AS o
    JOIN order_holds AS h ON h.order_id = o.id AND h.type = 'credit' AND h.actor = 'system' AND h.released_at IS NULL
    WHERE o.status = 'onHold' AND o.content #>> '{customer,account}' = :account
    GROUP BY o.id
  )
  SELECT w.channel, w.reference, w.keys AS "holdKeys"
  FROM (SELECT *, sum(amount) OVER (ORDER BY placed_at, id) AS so_far FROM waiting) AS w
  JOIN accounts AS a ON a.code = :account
  WHERE w.so_far <= a.credit_limit - a.owed - a.held
  ORDER BY w.placed_at, w.id`;
