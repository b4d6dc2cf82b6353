import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What was promised for each part of an order, and why: a row for each time that it was reckoned anew. The last of
    -- a part is what holds.
    CREATE TABLE order_promises (
      id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      order_id   text NOT NULL REFERENCES orders (id),
      -- Names the intent.
      key        text NOT NULL,
      -- A fulfillment, or 'waiting' for all that waits for stock.
      part       text NOT NULL,
      at         timestamptz NOT NULL,
      -- Dates at the destination; null while nobody can say.
      earliest   date,
      latest     date,
      leaves_by  date,
      reasons    jsonb NOT NULL,
      UNIQUE (order_id, key, part),
      CHECK ((earliest IS NULL) = (latest IS NULL) AND earliest <= latest)
    );
  `);
}
