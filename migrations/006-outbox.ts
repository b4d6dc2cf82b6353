import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What must leave the house after a transaction commits. A row is written with the change it tells of.
    CREATE TABLE outbox (
      id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      key           text NOT NULL UNIQUE,
      kind          text NOT NULL CHECK (kind IN ('mail','signal')),
      order_id      text,
      payload       jsonb NOT NULL,
      created_at    timestamptz NOT NULL DEFAULT now(),
      due_at        timestamptz NOT NULL DEFAULT now(),
      attempts      integer NOT NULL DEFAULT 0,
      delivered_at  timestamptz,
      last_error    text
    );
    CREATE INDEX outbox_due ON outbox (due_at, id) WHERE delivered_at IS NULL;
    CREATE INDEX outbox_by_order ON outbox (order_id) WHERE kind = 'mail';
  `);
}
