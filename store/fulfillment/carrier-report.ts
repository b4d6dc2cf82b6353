import type { ParcelStatus } from '../../domain/shipping/parcel-status';

export interface CarrierReport {
  /** The carrier's own id of the event: the same id is the same event. */
  id: string;
  trackingNumber: string;
  status: ParcelStatus;
  occurredAt: string;
  description?: string;
}
