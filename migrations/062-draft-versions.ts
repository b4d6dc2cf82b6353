import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Grows with each change of a draft: who changes one names the version that they saw.
    ALTER TABLE purchase_orders ADD COLUMN version integer NOT NULL DEFAULT 1;
  `);
}
