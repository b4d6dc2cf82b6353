import type { Pool, PoolClient } from 'pg';
import type { BookingAnswer, BookingBody } from '../contract';
import { lifeOf } from './life';
import { type Journeys, planJourneys } from './scans';
import type { BookingRow, ParcelRow } from './tables';
import { trackingNumberOf } from './tracking-number';
import { fingerprint, inTransaction } from './transaction';

export interface Carrier {
  pool: Pool;
  publicUrl: string;
  /** Null when somebody else plays the carrier. */
  journeys: Journeys | null;
}

export type Keyed<Answer> =
  | { outcome: 'new' | 'replayed'; answer: Answer }
  | { outcome: 'keyReused' }
  | { outcome: 'unknownParcels'; trackingNumbers: string[] }
  | { outcome: 'cancelledParcels' };

const refusals: Record<string, string> = {
  unserviceable: 'We do not serve this postal code',
  cancelled: 'This booking was cancelled before it was made',
};

/** Books parcels. The same key again meets the first call's booking and answers from it. */
export async function book(
  carrier: Carrier,
  key: string,
  body: BookingBody,
  now: Date,
): Promise<Keyed<BookingAnswer>> {
  const request = fingerprint(body);
  return inTransaction(carrier.pool, async (client) => {
    const made = await insertBooking(client, key, request, body, now);
    if (!made) return replay(client, carrier, key, request);
    const parcels = made.outcome === 'booked' ? await insertParcels(client, key, body) : [];
    // The customer takes a return to the carrier; nobody tells us when, so the carrier plays that as well.
    if (carrier.journeys && body.direction === 'return')
      await planJourneys(client, carrier.journeys, parcels, body.eventsUrl, now);
    return { outcome: 'new', answer: answerOf(carrier, made, parcels) };
  });
}

async function insertBooking(
  client: PoolClient,
  key: string,
  request: string,
  body: BookingBody,
  now: Date,
): Promise<BookingRow | undefined> {
  const customer = body.direction === 'return' ? body.from : body.to;
  const code = customer.postalCode.startsWith('00000') ? 'unserviceable' : null;
  const { rows } = await client.query<BookingRow>(
    `insert into sandbox.bookings (key, request, outcome, code, direction, service, reference, events_url, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (key) do nothing
     returning *`,
    [
      key,
      request,
      code === null ? 'booked' : 'refused',
      code,
      body.direction,
      body.service,
      body.reference,
      body.eventsUrl,
      now,
    ],
  );
  return rows[0];
}

async function insertParcels(client: PoolClient, key: string, body: BookingBody): Promise<ParcelRow[]> {
  const { rows } = await client.query<ParcelRow>(
    `insert into sandbox.parcels (booking_key, position, sscc, weight_grams, life)
     select $1, p.position, p.sscc, p.weight, $4
       from unnest($2::text[], $3::int[]) with ordinality as p(sscc, weight, position)
      order by p.position
     returning *`,
    [
      key,
      body.parcels.map(({ sscc }) => sscc),
      body.parcels.map(({ weightGrams }) => weightGrams),
      lifeOf(body.to),
    ],
  );
  return rows.sort((a, b) => a.position - b.position);
}

async function replay(
  client: PoolClient,
  carrier: Carrier,
  key: string,
  request: string,
): Promise<Keyed<BookingAnswer>> {
  const bookings = await client.query<BookingRow>('select * from sandbox.bookings where key = $1', [key]);
  const first = bookings.rows[0]!;
  if (first.request !== null && first.request !== request) return { outcome: 'keyReused' };
  const { rows } = await client.query<ParcelRow>(
    'select * from sandbox.parcels where booking_key = $1 order by position',
    [key],
  );
  return { outcome: 'replayed', answer: answerOf(carrier, first, rows) };
}

function answerOf({ publicUrl }: Carrier, booking: BookingRow, parcels: readonly ParcelRow[]): BookingAnswer {
  const code = booking.code ?? 'refused';
  if (booking.outcome === 'refused')
    return { status: 'refused', code, message: refusals[code] ?? 'The booking was refused' };
  return {
    status: 'booked',
    parcels: parcels.map(({ number, sscc }) => {
      const trackingNumber = trackingNumberOf(Number(number));
      return { sscc, trackingNumber, trackingUrl: `${publicUrl}/track/${trackingNumber}` };
    }),
  };
}
