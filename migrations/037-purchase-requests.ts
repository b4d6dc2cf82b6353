import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- A line waits for pieces that somebody is to buy. Whether they are still needed, the backorder says.
    CREATE TABLE purchase_requests (
      id                 text PRIMARY KEY,
      backorder_id       bigint NOT NULL UNIQUE REFERENCES backorders (id),
      order_id           text NOT NULL REFERENCES orders (id),
      owner              text NOT NULL,
      requested_at       timestamptz NOT NULL,
      answer_before      timestamptz NOT NULL,
      -- The answer; a purchase order that is cancelled later is none.
      purchase_order_id  text REFERENCES purchase_orders (id),
      refused_at         timestamptz,
      refused_by         text,
      refuse_reason      text,
      CHECK ((refused_at IS NULL) = (refused_by IS NULL)),
      CHECK (refused_at IS NULL OR purchase_order_id IS NULL)
    );
    CREATE INDEX purchase_requests_newest ON purchase_requests (requested_at DESC, id DESC);
  `);
}
