import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- When a supplier works; NULL: every day counts for its lead time.
    ALTER TABLE suppliers ADD COLUMN calendar jsonb;
  `);
}
