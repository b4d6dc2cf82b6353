import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What a store sold, newest first; most orders of a web shop were sold by nobody.
    CREATE INDEX orders_sold_at ON orders ((content ->> 'soldAt'), placed_at DESC, id DESC)
      WHERE content ->> 'soldAt' IS NOT NULL;
  `);
}
