import type { AvailabilityEvent } from '../domain/stock/availability-event';

export interface AvailabilityTarget {
  url: string;
  /** Standard Webhooks secret. */
  secret: string;
}

/** Tells a channel what it can sell. */
export interface AvailabilitySink {
  /** `refused`: it did not say that it took it; whether it heard is not known. */
  push(
    target: AvailabilityTarget,
    event: AvailabilityEvent,
  ): Promise<{ outcome: 'taken' } | { outcome: 'refused'; detail: string }>;
  /** Cuts off what is under way. */
  close(): Promise<void>;
}
