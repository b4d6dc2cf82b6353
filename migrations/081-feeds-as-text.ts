import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE stock_feeds
      -- Of a CSV file: where its cells stand, so that what was kept of it as text can be read.
      ADD COLUMN layout jsonb,
      -- Ledger rows up to this one were there before any row was compared; null for feeds of before.
      ADD COLUMN seen_id bigint;
    ALTER TABLE stock_feed_chunks
      -- Whole lines as they came, of rows that need no grammar; the lists are empty then.
      ADD COLUMN text bytea,
      ADD COLUMN first_line integer,
      ADD COLUMN text_rows integer NOT NULL DEFAULT 0;
    -- As for the lists: to compress it costs more than the room is worth.
    ALTER TABLE stock_feed_chunks ALTER COLUMN text SET STORAGE EXTERNAL;
  `);
}
