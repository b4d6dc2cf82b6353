/** The counters of one SKU at one location, in pieces. */
export interface StockCounters {
  onHand: number;
  unsellable: number;
  reserved: number;
  allocated: number;
  safetyStock: number;
}

/**
 * What can be sold now (ATP): onHand − unsellable − reserved − allocated − safetyStock − channelBuffer,
 * never below 0. The only place where this sum is made: API, sourcing and console ask here.
 */
export function availableNow(stock: StockCounters, channelBuffer = 0): number {
  const { onHand, unsellable, reserved, allocated, safetyStock } = stock;
  return lessBuffer(onHand - unsellable - reserved - allocated - safetyStock, channelBuffer);
}

/** The same where all but the buffer is summed up already. */
export const lessBuffer = (available: number, channelBuffer: number): number =>
  Math.max(0, available - channelBuffer);

/** Pieces that nobody has a claim on: what may leave the place without breaking a promise already made. */
export function unclaimed(stock: Omit<StockCounters, 'safetyStock'>): number {
  return stock.onHand - stock.unsellable - stock.reserved - stock.allocated;
}
