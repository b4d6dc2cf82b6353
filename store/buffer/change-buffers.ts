import type { Knex } from 'knex';
import type { OrderSignal } from '../../domain/commands';
import type { BufferScope } from '../../domain/stock/channel-buffer';
import { assignBackorders } from '../stock/assign-backorders';
import { lockSkusToGive } from '../stock/lock-skus';

/**
 * Begins a change of the buffers: from now on nobody begins to wait for stock on what the buffers were, and until
 * the end of the transaction nobody else changes them. The first lock of all.
 */
export async function beginBufferChange(trx: Knex.Transaction): Promise<void> {
  await trx.raw('UPDATE channel_buffers_version SET version = version + 1');
}

/** Less may be kept back now: lines that wait for goods of these scopes get what has become available. */
export async function serveWaiting(
  trx: Knex.Transaction,
  scopes: readonly BufferScope[],
  at: string,
): Promise<OrderSignal[]> {
  const waiting = await trx.raw<{ rows: { sku: string }[] }>(
    `SELECT DISTINCT p.sku
     FROM backorders AS b JOIN products AS p ON p.sku = b.sku
     JOIN jsonb_to_recordset(?) AS c (sku text, category text)
       ON (c.sku IS NULL OR c.sku = p.sku) AND (c.category IS NULL OR c.category = p.category)
     WHERE b.open > 0 ORDER BY p.sku`,
    [JSON.stringify(scopes)],
  );
  const skus = waiting.rows.map(({ sku }) => sku);
  await lockSkusToGive(trx, skus);
  return assignBackorders(trx, { skus, at });
}
