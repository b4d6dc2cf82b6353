export interface AllocationRequest {
  /** Names the intent: the same key never takes stock twice. */
  key: string;
  lineId: string;
  sku: string;
  locationId: string;
  quantity: number;
  /**
   * Pieces of a channel's buffer that stay when this is taken: the order's channel may not touch them. Negative: the
   * order may go so far below what is available, for pieces that were held for it.
   */
  keepBack: number;
}

export interface AllocationInput {
  orderId: string;
  at: string;
  /** At least one. */
  allocations: AllocationRequest[];
}

/** `short`: something is not available, and nothing was taken. */
export type AllocationResult = { outcome: 'allocated' } | { outcome: 'short' };
