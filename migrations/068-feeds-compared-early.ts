import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE stock_feeds
      -- The newest feed of the location when this one began to be received, 0 for none; null when one was not applied yet.
      ADD COLUMN follows bigint,
      -- Up to which SKU the rows were compared with the counters as they came in; null when they were not.
      ADD COLUMN compared_to text;
    ALTER TABLE stock_feed_chunks
      -- Where the counters of the due rows were seen: found there without an index, as long as nobody touched them.
      ADD COLUMN due_places tid[],
      -- SKUs with stock between the last of the chunk before and the last of this one that it does not name.
      ADD COLUMN silent text[] NOT NULL DEFAULT '{}';
    ALTER TABLE stock_feed_chunks
      ALTER COLUMN due_places SET STORAGE EXTERNAL,
      ALTER COLUMN silent SET STORAGE EXTERNAL;
  `);
}
