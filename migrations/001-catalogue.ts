import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE EXTENSION IF NOT EXISTS pg_trgm;

    CREATE TABLE channels (
      code       text PRIMARY KEY,
      type       text NOT NULL,
      name       text NOT NULL,
      settings   jsonb NOT NULL DEFAULT '{}',
      updated_at timestamptz NOT NULL DEFAULT now()
    );

    CREATE TABLE products (
      sku            text PRIMARY KEY,
      title          text NOT NULL,
      price_amount   bigint CHECK (price_amount >= 0),
      price_currency char(3),
      tax_rate_bps   integer CHECK (tax_rate_bps BETWEEN 0 AND 10000),
      weight_grams   integer CHECK (weight_grams > 0),
      length_mm      integer CHECK (length_mm > 0),
      width_mm       integer CHECK (width_mm > 0),
      height_mm      integer CHECK (height_mm > 0),
      gtin           text,
      category       text,
      updated_at     timestamptz NOT NULL DEFAULT now(),
      CHECK ((price_amount IS NULL) = (price_currency IS NULL))
    );

    CREATE TABLE locations (
      id             text PRIMARY KEY,
      type           text NOT NULL CHECK (type IN ('warehouse','store','supplier','reseller','thirdParty')),
      name           text NOT NULL,
      address        jsonb NOT NULL,
      capabilities   text[] NOT NULL DEFAULT '{}',
      priority       integer NOT NULL DEFAULT 100,
      -- How long the location may take to pack (or make ready) before the work goes elsewhere.
      act_within_ms  bigint NOT NULL DEFAULT 172800000 CHECK (act_within_ms > 0),
      updated_at     timestamptz NOT NULL DEFAULT now()
    );

    CREATE TABLE api_keys (
      id         text PRIMARY KEY,
      role       text NOT NULL CHECK (role IN ('admin','channel','carrier','warehouse','support')),
      name       text NOT NULL,
      key_hash   text NOT NULL UNIQUE,
      created_at timestamptz NOT NULL DEFAULT now(),
      revoked_at timestamptz
    );

    CREATE TABLE idempotency_keys (
      principal     text NOT NULL,
      key           text NOT NULL,
      operation     text NOT NULL,
      body_hash     text NOT NULL,
      status        integer,
      response      jsonb,
      created_at    timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (principal, key)
    );
  `);
}
