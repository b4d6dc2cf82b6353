import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE returns (
      id            text PRIMARY KEY,
      order_id      text NOT NULL REFERENCES orders (id),
      mode          text NOT NULL CHECK (mode IN ('parcel','store','keep')),
      refund_to     text NOT NULL CHECK (refund_to IN ('tenders','storeCredit')),
      status        text NOT NULL DEFAULT 'requested'
                    CHECK (status IN ('requested','received','inspected','refunded','rejected','expired','cancelled')),
      location_id   text REFERENCES locations (id),
      cause         text NOT NULL DEFAULT 'customer',
      refund_amount bigint,
      label_document_id text,
      tracking_number   text,
      sscc_serial       bigint,
      requested_at  timestamptz NOT NULL,
      received_at   timestamptz,
      inspected_at  timestamptz,
      refunded_at   timestamptz
    );
    CREATE INDEX returns_by_parcel ON returns (tracking_number) WHERE tracking_number IS NOT NULL;
    CREATE INDEX returns_by_order ON returns (order_id);

    CREATE TABLE return_lines (
      return_id   text NOT NULL REFERENCES returns (id),
      line_id     text NOT NULL REFERENCES order_lines (id),
      sku         text NOT NULL,
      quantity    integer NOT NULL CHECK (quantity > 0),
      reason      text NOT NULL,
      restocked   integer NOT NULL DEFAULT 0,
      unsellable  integer NOT NULL DEFAULT 0,
      rejected    integer NOT NULL DEFAULT 0,
      PRIMARY KEY (return_id, line_id),
      CHECK (restocked >= 0 AND unsellable >= 0 AND rejected >= 0),
      CHECK (restocked + unsellable + rejected <= quantity)
    );
  `);
}
