import type { Database } from '../connect';

/** Pieces beyond what is expected that are still taken, in percent of it. */
export async function readOverPercent(trx: Database, supplierId: string): Promise<number> {
  const { over_percent: percent } = await trx('suppliers').where('id', supplierId).first('over_percent');
  return percent;
}

/** By SKU: pieces that came beyond what was expected. */
export async function readReceivedOver(trx: Database, purchaseOrderId: string): Promise<Map<string, number>> {
  const rows: { sku: string; over: number }[] = await trx('purchase_receipts')
    .where('purchase_order_id', purchaseOrderId)
    .groupBy('sku')
    .select('sku', trx.raw('sum(over)::int AS over'));
  return new Map(rows.map(({ sku, over }) => [sku, over]));
}

/**
 * By SKU: pieces that were announced beyond what was ordered. What the supplier confirmed afterwards of a SKU has them
 * in it.
 */
export async function readAnnouncedOver(
  trx: Database,
  purchaseOrderId: string,
): Promise<Map<string, number>> {
  const told: { type: string; data: { lines: { sku: string; over?: number }[] } }[] = await trx(
    'purchase_order_events',
  )
    .where('purchase_order_id', purchaseOrderId)
    .whereIn('type', ['noticed', 'confirmed'])
    .orderBy('id')
    .select('type', 'data');
  const beyond = new Map<string, number>();
  for (const { type, data } of told)
    for (const { sku, over = 0 } of data.lines)
      beyond.set(sku, type === 'confirmed' ? 0 : (beyond.get(sku) ?? 0) + over);
  return beyond;
}
