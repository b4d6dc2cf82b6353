import { bufferFor, type ChannelBuffer } from '../../domain/stock/channel-buffer';
import type { Database } from '../connect';
import { scopeOf, type BufferRow } from './buffer-row';

/** Pieces of a SKU that are kept back from a channel at a location. */
export type KeepBack = (sale: { channel: string | null; locationId: string; sku: string }) => number;

/** What channel buffers keep back of some SKUs, for all channels and locations. */
export async function readKeepBack(db: Database, skus: readonly string[]): Promise<KeepBack> {
  const answer = await db.raw<{ rows: (BufferRow & Product)[] }>(sql, { skus: [...skus] });
  const bySku = new Map<string, { category: string | null; buffers: ChannelBuffer[] }>();
  for (const { product, productCategory, ...row } of answer.rows) {
    const known = bySku.get(product) ?? { category: productCategory, buffers: [] };
    known.buffers.push({ id: row.id, pieces: row.pieces, ...scopeOf(row) });
    bySku.set(product, known);
  }
  return (sale) => {
    const known = bySku.get(sale.sku);
    return known ? bufferFor(known.buffers, { ...sale, category: known.category }) : 0;
  };
}

interface Product {
  product: string;
  productCategory: string | null;
}

const sql = `
  SELECT b.*, p.sku AS product, p.category AS "productCategory"
  FROM channel_buffers AS b
  JOIN products AS p ON p.sku = ANY (:skus) AND (b.sku IS NULL OR b.sku = p.sku)
    AND (b.category IS NULL OR b.category = p.category)`;
