import type { Carrier } from './book';
import { journeyOf } from './life';
import type { BookingRow, ParcelRow } from './tables';
import { parcelOf, trackingNumberOf } from './tracking-number';

/** The carrier's records about one order, for whoever wants to compare them with ours. */
export async function listBookings({ pool }: Carrier, reference: string) {
  const { rows: bookings } = await pool.query<BookingRow>(
    'select * from sandbox.bookings where reference = $1 order by created_at, key',
    [reference],
  );
  const { rows: parcels } = await pool.query<ParcelRow>(
    'select * from sandbox.parcels where booking_key = any($1) order by number',
    [bookings.map(({ key }) => key)],
  );
  return bookings.map((booking) => ({
    key: booking.key,
    direction: booking.direction,
    service: booking.service,
    status: booking.cancelled_at ? 'cancelled' : booking.outcome,
    parcels: parcels
      .filter((parcel) => parcel.booking_key === booking.key)
      .map(({ number, sscc, handed_over_at }) => ({
        sscc,
        trackingNumber: trackingNumberOf(Number(number)),
        handedOverAt: handed_over_at?.toISOString() ?? null,
      })),
  }));
}

export interface Tracked {
  trackingNumber: string;
  steps: { at: Date; what: string }[];
}

/** What the carrier's own page tells about a parcel; null when there is none of that number. */
export async function track(
  { pool, journeys }: Carrier,
  trackingNumber: string,
  now: Date,
): Promise<Tracked | null> {
  const number = parcelOf(trackingNumber);
  if (number === null) return null;
  const { rows } = await pool.query<
    ParcelRow & Pick<BookingRow, 'created_at' | 'cancelled_at' | 'direction'>
  >(
    `select p.*, b.created_at, b.cancelled_at, b.direction
       from sandbox.parcels p join sandbox.bookings b on b.key = p.booking_key
      where p.number = $1`,
    [number],
  );
  const parcel = rows[0];
  if (!parcel) return null;
  const steps = [{ at: parcel.created_at, what: 'Announced by the sender' }];
  if (parcel.cancelled_at) steps.push({ at: parcel.cancelled_at, what: 'Cancelled by the sender' });
  if (parcel.handed_over_at) steps.push({ at: parcel.handed_over_at, what: 'Handed over to us' });
  const startedAt = parcel.direction === 'return' ? parcel.created_at : parcel.handed_over_at;
  if (journeys && startedAt && !parcel.cancelled_at)
    for (const { step, description } of journeyOf(parcel.life))
      steps.push({ at: new Date(startedAt.getTime() + step * journeys.speedMs), what: description });
  const past = steps.filter(({ at }) => at <= now).sort((a, b) => a.at.getTime() - b.at.getTime());
  return { trackingNumber, steps: past };
}
