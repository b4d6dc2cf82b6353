import type { Knex } from 'knex';

/** What an order was before it was edited. Only an order that was edited has rows here. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE orders ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version > 0);

    CREATE TABLE order_versions (
      order_id  text NOT NULL REFERENCES orders (id),
      version   integer NOT NULL CHECK (version > 0),
      -- The edit that made it: the same one again makes no other.
      key       text NOT NULL,
      at        timestamptz NOT NULL,
      actor     text NOT NULL,
      reason    text,
      changes   jsonb NOT NULL,
      content   jsonb NOT NULL,
      PRIMARY KEY (order_id, version),
      CONSTRAINT order_versions_once UNIQUE (order_id, key)
    );
    CREATE TRIGGER order_versions_append_only BEFORE UPDATE OR DELETE ON order_versions
      FOR EACH ROW EXECUTE FUNCTION refuse_change();
  `);
}
