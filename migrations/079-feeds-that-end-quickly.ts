import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- The few who wait for a count, among all who wait for anything.
    CREATE INDEX order_waits_for_count ON order_waits (key) WHERE key LIKE 'count:%';
  `);
}
