import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- A file whose SKUs go up names none twice.
    ALTER TABLE stock_feeds ADD COLUMN is_ascending boolean NOT NULL DEFAULT false;
    -- Of a full feed: the lines that do not agree with the counters; null where nobody has compared them.
    ALTER TABLE stock_feed_chunks ADD COLUMN different integer[];
  `);
}
