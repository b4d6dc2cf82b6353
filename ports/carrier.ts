import type { Address } from '../domain/order/types';

/** A carrier. Booking is idempotent by `key`: the same key answers with the same parcels. */
export interface Carrier {
  readonly code: string;
  readonly name: string;
  book(request: BookingRequest): Promise<BookingResult>;
  /** Cancels a booking that was not handed over. Tolerates a booking that never happened. */
  cancel(request: { key: string; bookingKey: string }): Promise<{ outcome: 'cancelled' | 'nothingToCancel' }>;
  /**
   * Tells that the parcels are in the carrier's hands, for carriers that want to be told; most see it by their
   * first scan. Telling it twice does no harm.
   */
  handOver?(request: { key: string; trackingNumbers: string[] }): Promise<void>;
}

export interface BookingRequest {
  key: string;
  direction: 'outbound' | 'return';
  service: string;
  orderNumber: string;
  sender: Address;
  recipient: Address;
  parcels: { sscc: string; weightGrams: number }[];
  /** Where the carrier reports what happens to the parcels. */
  eventsUrl: string;
}
export type BookingResult =
  | { outcome: 'booked'; parcels: { sscc: string; trackingNumber: string; trackingUrl: string }[] }
  | { outcome: 'refused'; code: string; message: string };

export { parcelStatuses, type ParcelStatus } from '../domain/shipping/parcel-status';
