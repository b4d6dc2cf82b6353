import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What waits of one order, and the transfers that were asked for it. Without it every order that is read looks
    -- through all lines that wait.
    CREATE INDEX backorders_by_order ON backorders (order_id);
  `);
}
