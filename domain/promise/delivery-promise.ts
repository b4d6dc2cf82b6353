/** When goods are with the customer, or ready for them: local dates there, null where none can be said. */
export interface DeliveryPromise {
  earliest: string | null;
  latest: string | null;
  /** Until when it must have left its location to be in time; null where no date can be said. */
  leavesBy: string | null;
  /** Every step of the sum, in plain sentences. */
  reasons: string[];
}
