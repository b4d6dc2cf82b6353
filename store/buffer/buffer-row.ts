import type { BufferScope, ChannelBuffer } from '../../domain/stock/channel-buffer';
import { instant } from '../instant';

export interface BufferRow {
  id: string;
  channel: string | null;
  location_id: string | null;
  category: string | null;
  sku: string | null;
  pieces: number;
  updated_at: Date;
  updated_by: string;
}

/** A buffer as people see it. */
export interface BufferView extends ChannelBuffer {
  updatedAt: string;
  updatedBy: string;
}

export const viewOf = (row: BufferRow): BufferView => ({
  id: row.id,
  ...scopeOf(row),
  pieces: row.pieces,
  updatedAt: instant(row.updated_at),
  updatedBy: row.updated_by,
});

export const scopeOf = (
  row: Pick<BufferRow, 'channel' | 'location_id' | 'category' | 'sku'>,
): BufferScope => ({
  ...(row.channel !== null && { channel: row.channel }),
  ...(row.location_id !== null && { locationId: row.location_id }),
  ...(row.category !== null && { category: row.category }),
  ...(row.sku !== null && { sku: row.sku }),
});
