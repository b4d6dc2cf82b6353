import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE stock_transfers (
      id               text PRIMARY KEY,
      from_location_id text NOT NULL REFERENCES locations (id),
      to_location_id   text NOT NULL REFERENCES locations (id),
      status           text NOT NULL CHECK (status IN ('requested','shipped','received','cancelled')),
      expected_at      timestamptz,
      reference        text,
      requested_at     timestamptz NOT NULL,
      requested_by     text NOT NULL,
      shipped_at       timestamptz,
      shipped_by       text,
      closed_at        timestamptz,
      closed_by        text,
      close_reason     text,
      CHECK (from_location_id <> to_location_id)
    );
    CREATE INDEX stock_transfers_newest ON stock_transfers (requested_at, id);

    CREATE TABLE stock_transfer_lines (
      transfer_id text NOT NULL REFERENCES stock_transfers (id),
      sku         text NOT NULL REFERENCES products (sku),
      position    integer NOT NULL,
      quantity    integer NOT NULL CHECK (quantity > 0),
      -- Arrived, damaged ones included.
      received    integer NOT NULL DEFAULT 0 CHECK (received >= 0),
      damaged     integer NOT NULL DEFAULT 0 CHECK (damaged >= 0),
      lost        integer NOT NULL DEFAULT 0 CHECK (lost >= 0),
      PRIMARY KEY (transfer_id, sku),
      CONSTRAINT stock_transfer_damaged_within CHECK (damaged <= received),
      CONSTRAINT stock_transfer_never_more_than_left CHECK (received + lost <= quantity)
    );

    -- A hold is for the line of an order, or for a transfer.
    ALTER TABLE allocations
      ALTER COLUMN order_id DROP NOT NULL,
      ALTER COLUMN line_id DROP NOT NULL,
      ADD COLUMN transfer_id text REFERENCES stock_transfers (id),
      ADD CONSTRAINT allocations_have_a_purpose CHECK (
        CASE WHEN transfer_id IS NULL THEN order_id IS NOT NULL AND line_id IS NOT NULL
             ELSE order_id IS NULL AND line_id IS NULL END);

    -- What was announced and will not come is announced no more: down to what has come, which may be nothing.
    ALTER TABLE incoming_supply
      DROP CONSTRAINT incoming_supply_quantity_check,
      ADD CONSTRAINT incoming_supply_quantity_check CHECK (quantity >= 0);
  `);
}
