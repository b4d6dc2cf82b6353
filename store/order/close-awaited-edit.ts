import type { Knex } from 'knex';

export type AwaitedEditEnd = 'inForce' | 'notPaid' | 'withdrawn' | 'overtaken' | 'orderOver';

/** An edit waits no longer, the one named or whichever does: what was paid for it is money of the order from now on. */
export async function closeAwaitedEdit(
  trx: Knex.Transaction,
  { orderId, key, outcome, at }: { orderId: string; key?: string; outcome: AwaitedEditEnd; at: string },
): Promise<void> {
  await trx.raw(sql, { orderId, key: key ?? null, outcome, at });
}

const sql = `
  WITH closed AS (
    UPDATE awaited_edits SET outcome = :outcome, ended_at = :at
    WHERE order_id = :orderId AND ended_at IS NULL AND key = coalesce(:key, key)
    RETURNING payment_id
  )
  UPDATE payments SET for_edit = NULL FROM closed WHERE id = closed.payment_id`;
