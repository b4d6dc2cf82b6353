import type { Knex } from 'knex';

/** Each hold has an owner and a deadline of its own. Holds of before had the order's, and support for owner. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE order_holds
      ADD COLUMN because   text,
      ADD COLUMN owner     text NOT NULL DEFAULT 'support',
      ADD COLUMN until     timestamptz,
      ADD COLUMN then_what text NOT NULL DEFAULT 'tellOperations'
                           CHECK (then_what IN ('cancelOrder','tellOperations'));
    ALTER TABLE order_holds ALTER COLUMN owner DROP DEFAULT, ALTER COLUMN then_what DROP DEFAULT;
    CREATE INDEX order_holds_open ON order_holds (until, order_id, key) WHERE released_at IS NULL;

    -- Whether a customer ordered before.
    CREATE INDEX orders_by_mail ON orders (lower(content #>> '{customer,email}'));
  `);
}
