import { bufferFor, type ChannelBuffer } from '../../domain/stock/channel-buffer';
import type { Database } from '../connect';
import { scopeOf, type BufferRow } from './buffer-row';

/** Pieces of a SKU that are kept back from a channel at a location. */
export type KeepBack = (sale: { channel: string | null; locationId: string; sku: string }) => number;

/** A buffer with a product that it applies to. */
export interface AppliedBuffer extends Omit<BufferRow, 'updated_at' | 'updated_by'> {
  product: string;
  product_category: string | null;
}

/** What channel buffers keep back of some SKUs, for all channels and locations. */
export async function readKeepBack(db: Database, skus: readonly string[]): Promise<KeepBack> {
  const answer = await db.raw<{ rows: AppliedBuffer[] }>(
    `SELECT b.id, b.channel, b.location_id, b.category, b.sku, b.pieces,
            p.sku AS product, p.category AS product_category
     ${appliedBuffers}`,
    { skus: [...skus] },
  );
  return keepBackOf(answer.rows);
}

/** The buffers `b` and the products `p` among `:skus` that they apply to. */
export const appliedBuffers = `
  FROM channel_buffers AS b
  JOIN products AS p ON p.sku = ANY (:skus) AND (b.sku IS NULL OR b.sku = p.sku)
    AND (b.category IS NULL OR b.category = p.category)`;

export function keepBackOf(applied: readonly AppliedBuffer[]): KeepBack {
  const bySku = new Map<string, { category: string | null; buffers: ChannelBuffer[] }>();
  for (const { product, product_category, ...row } of applied) {
    const known = bySku.get(product) ?? { category: product_category, buffers: [] };
    known.buffers.push({ id: row.id, pieces: row.pieces, ...scopeOf(row) });
    bySku.set(product, known);
  }
  return (sale) => {
    const known = bySku.get(sale.sku);
    return known ? bufferFor(known.buffers, { ...sale, category: known.category }) : 0;
  };
}
