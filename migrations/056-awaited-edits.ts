import type { Knex } from 'knex';

/** Edits that make an order dearer and wait for a bank transfer; a hold may end by letting the order go on. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Of an edit that waits for it, by its key: counts for nothing else until that edit is in force, or over.
    ALTER TABLE payments ADD COLUMN for_edit text;

    CREATE TABLE awaited_edits (
      order_id    text NOT NULL REFERENCES orders (id),
      key         text NOT NULL,
      payment_id  text NOT NULL UNIQUE REFERENCES payments (id),
      changes     jsonb NOT NULL,
      -- The order as it would be.
      content     jsonb NOT NULL,
      reason      text,
      actor       text NOT NULL,
      asked_at    timestamptz NOT NULL,
      until       timestamptz NOT NULL,
      outcome     text CHECK (outcome IN ('inForce','notPaid','withdrawn','overtaken','orderOver')),
      ended_at    timestamptz,
      PRIMARY KEY (order_id, key),
      CHECK ((outcome IS NULL) = (ended_at IS NULL))
    );
    -- One at a time.
    CREATE UNIQUE INDEX awaited_edits_one ON awaited_edits (order_id) WHERE ended_at IS NULL;

    ALTER TABLE order_holds DROP CONSTRAINT order_holds_then_what_check;
    ALTER TABLE order_holds ADD CONSTRAINT order_holds_then_what_check
      CHECK (then_what IN ('cancelOrder','tellOperations','goOn'));
  `);
}
