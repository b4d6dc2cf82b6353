import type { Pool } from 'pg';

/**
 * The provider's own books. The limits are constraints: whatever the code above them does, no more is captured
 * than was authorised and no more refunded than was captured.
 */
export async function createTables(pool: Pool): Promise<void> {
  await pool.query(`
    select pg_advisory_xact_lock(hashtext('sandbox'));
    create schema if not exists sandbox;
    create table if not exists sandbox.authorizations (
      id text primary key,
      key text not null unique,
      -- Fingerprint of the request; null where a void came before its authorisation.
      request text,
      outcome text not null check (outcome in ('authorized', 'declined')),
      code text,
      order_id text,
      order_number text,
      method text,
      token text,
      webhook_url text,
      currency text not null,
      amount bigint not null,
      captured bigint not null default 0,
      refunded bigint not null default 0,
      voided bigint not null default 0,
      expires_at timestamptz,
      created_at timestamptz not null,
      constraint captured_within_authorized check (captured >= 0 and voided >= 0 and captured + voided <= amount),
      constraint refunded_within_captured check (refunded >= 0 and refunded <= captured)
    );
    create index if not exists authorizations_order on sandbox.authorizations (order_id);
    create table if not exists sandbox.movements (
      key text primary key,
      id text not null unique,
      kind text not null check (kind in ('capture', 'refund', 'void')),
      authorization_id text not null references sandbox.authorizations,
      request text not null,
      outcome text not null check (outcome in ('succeeded', 'declined')),
      code text,
      amount bigint not null,
      created_at timestamptz not null
    );
    create index if not exists movements_authorization on sandbox.movements (authorization_id);
    create table if not exists sandbox.unavailable_calls (key text primary key, calls integer not null);`);
}

/** bigint comes as text; these are minor units, which are safe integers by the wire format. */
export interface AuthorizationRow {
  id: string;
  key: string;
  request: string | null;
  outcome: 'authorized' | 'declined';
  code: string | null;
  order_id: string | null;
  order_number: string | null;
  method: string | null;
  token: string | null;
  webhook_url: string | null;
  currency: string;
  amount: string;
  captured: string;
  refunded: string;
  voided: string;
  expires_at: Date | null;
  created_at: Date;
}

export interface MovementRow {
  key: string;
  id: string;
  kind: 'capture' | 'refund' | 'void';
  authorization_id: string;
  request: string;
  outcome: 'succeeded' | 'declined';
  code: string | null;
  amount: string;
  created_at: Date;
}
