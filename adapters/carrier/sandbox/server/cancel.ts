import type { PoolClient } from 'pg';
import type { Carrier, Keyed } from './book';
import { threadOf } from './scans';
import type { BookingRow, ParcelRow } from './tables';
import { inTransaction } from './transaction';

/**
 * Cancels a booking of which the carrier has not seen a parcel. A cancellation that comes before its booking
 * makes that booking be refused when it arrives.
 */
export async function cancel(
  { pool, journeys }: Carrier,
  bookingKey: string,
  now: Date,
): Promise<Keyed<{ status: 'cancelled' | 'nothingToCancel' }>> {
  return inTransaction(pool, async (client) => {
    const booking = await lockOrForestall(client, bookingKey, now);
    if (booking.cancelled_at) return { outcome: 'replayed', answer: { status: 'cancelled' } };
    const { rows: parcels } = await client.query<ParcelRow>(
      'select * from sandbox.parcels where booking_key = $1 order by number for update',
      [bookingKey],
    );
    const isUntouched = booking.outcome === 'booked' && parcels.every((one) => one.handed_over_at === null);
    if (!isUntouched || (journeys && !(await journeys.outbox.withdraw(client, parcels.map(threadOf)))))
      return { outcome: 'new', answer: { status: 'nothingToCancel' } };
    await client.query('update sandbox.bookings set cancelled_at = $2 where key = $1', [bookingKey, now]);
    return { outcome: 'new', answer: { status: 'cancelled' } };
  });
}

async function lockOrForestall(client: PoolClient, key: string, now: Date): Promise<BookingRow> {
  await client.query(
    `insert into sandbox.bookings (key, outcome, code, created_at) values ($1, 'refused', 'cancelled', $2)
     on conflict (key) do nothing`,
    [key, now],
  );
  const { rows } = await client.query<BookingRow>(
    'select * from sandbox.bookings where key = $1 for update',
    [key],
  );
  return rows[0]!;
}
