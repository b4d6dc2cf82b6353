import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What a feed said row by row is kept for a time, that there was one for good.
    ALTER TABLE stock_feeds ADD COLUMN rows_forgotten_at timestamptz;
    CREATE INDEX stock_feeds_with_rows ON stock_feeds (applied_at)
      WHERE state = 'applied' AND rows_forgotten_at IS NULL;

    -- Rows are written once, read twice and forgotten: to compress them costs more than the room is worth.
    ALTER TABLE stock_feed_chunks
      ALTER COLUMN lines SET STORAGE EXTERNAL,
      ALTER COLUMN skus SET STORAGE EXTERNAL,
      ALTER COLUMN quantities SET STORAGE EXTERNAL,
      ALTER COLUMN unsellable SET STORAGE EXTERNAL;
  `);
}
