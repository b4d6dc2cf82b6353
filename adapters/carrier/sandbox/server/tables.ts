import type { Pool } from 'pg';
import type { Life } from './life';

/** The carrier's own records. Of the recipient it keeps only how the journey ends, and no personal data. */
export async function createTables(pool: Pool): Promise<void> {
  await pool.query(`
    select pg_advisory_xact_lock(hashtext('sandbox'));
    create schema if not exists sandbox;
    create table if not exists sandbox.bookings (
      key text primary key,
      -- Fingerprint of the request; null where a cancellation came before its booking.
      request text,
      outcome text not null check (outcome in ('booked', 'refused')),
      code text,
      direction text,
      service text,
      reference text,
      events_url text,
      created_at timestamptz not null,
      cancelled_at timestamptz
    );
    create index if not exists bookings_reference on sandbox.bookings (reference);
    create table if not exists sandbox.parcels (
      number bigint generated always as identity (start with 10000000001) primary key,
      booking_key text not null references sandbox.bookings,
      position integer not null,
      sscc text not null,
      weight_grams integer not null,
      life text not null,
      handed_over_at timestamptz,
      unique (booking_key, position)
    );`);
}

export interface BookingRow {
  key: string;
  request: string | null;
  outcome: 'booked' | 'refused';
  code: string | null;
  direction: 'outbound' | 'return' | null;
  service: string | null;
  reference: string | null;
  events_url: string | null;
  created_at: Date;
  cancelled_at: Date | null;
}

export interface ParcelRow {
  /** bigint comes as text; eleven digits are a safe integer. */
  number: string;
  booking_key: string;
  position: number;
  sscc: string;
  life: Life;
  handed_over_at: Date | null;
}
