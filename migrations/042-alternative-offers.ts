import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- A line of which all pieces were replaced stays, with none.
    ALTER TABLE order_lines DROP CONSTRAINT order_lines_quantity_check;
    ALTER TABLE order_lines ADD CONSTRAINT order_lines_quantity_check CHECK (quantity >= 0);

    -- What customers are offered for pieces that nobody has. It stands as long as pieces of its line and round wait.
    CREATE TABLE alternative_offers (
      id           text PRIMARY KEY,
      order_id     text NOT NULL REFERENCES orders (id),
      line_id      text NOT NULL REFERENCES order_lines (id),
      round        integer NOT NULL,
      sku          text NOT NULL,
      title        text NOT NULL,
      quantity     integer NOT NULL CHECK (quantity > 0),
      -- What can be chosen, with what is paid for a piece of it and why it is offered.
      options      jsonb NOT NULL,
      otherwise    text NOT NULL CHECK (otherwise IN ('backorder','cancel')),
      status       text NOT NULL CHECK (status IN ('open','accepted','refused','expired')),
      offered_at   timestamptz NOT NULL,
      until        timestamptz NOT NULL,
      answered_at  timestamptz,
      answered_by  text,
      -- What staff said who answered for the customer.
      reason       text,
      chosen_sku   text,
      new_line_id  text REFERENCES order_lines (id),
      -- Names the request that accepted it, and what came of it.
      answer_key   text,
      answer       jsonb,
      CONSTRAINT alternative_offers_once UNIQUE (line_id, round),
      CHECK ((status = 'accepted') = (chosen_sku IS NOT NULL)),
      CHECK ((status = 'open') = (answered_at IS NULL))
    );
    CREATE INDEX alternative_offers_by_order ON alternative_offers (order_id, round);
  `);
}
