/** What a buffer looks at; what is left out is not looked at. A buffer names a SKU or a category, not both. */
export interface BufferScope {
  channel?: string;
  locationId?: string;
  category?: string;
  sku?: string;
}

/** Pieces kept back from channels, of each SKU at each location that the buffer applies to. */
export interface ChannelBuffer extends BufferScope {
  id: string;
  pieces: number;
}

/** Who would sell what from where; `channel` null is nobody in particular. */
export interface Sale {
  channel: string | null;
  locationId: string;
  sku: string;
  category: string | null;
}

/**
 * The pieces kept back from a sale: those of the one buffer that applies most specifically, else 0. A buffer that
 * names the SKU goes before one that names its category, that before one for all goods; among equals one that names
 * the location, then one that names the channel. So an exception may also be smaller than the rule, down to 0;
 * the largest of all would allow no exception. No two buffers have the same scope, so the choice is never open.
 */
export function bufferFor(buffers: readonly ChannelBuffer[], sale: Sale): number {
  let best: ChannelBuffer | null = null;
  for (const buffer of buffers)
    if (applies(buffer, sale) && (best === null || specificity(buffer) > specificity(best))) best = buffer;
  return best?.pieces ?? 0;
}

const applies = (buffer: BufferScope, sale: Sale): boolean =>
  (buffer.channel === undefined || buffer.channel === sale.channel) &&
  (buffer.locationId === undefined || buffer.locationId === sale.locationId) &&
  (buffer.category === undefined || buffer.category === sale.category) &&
  (buffer.sku === undefined || buffer.sku === sale.sku);

const specificity = ({ sku, category, locationId, channel }: BufferScope): number =>
  (sku === undefined ? 0 : 8) +
  (category === undefined ? 0 : 4) +
  (locationId === undefined ? 0 : 2) +
  (channel === undefined ? 0 : 1);
