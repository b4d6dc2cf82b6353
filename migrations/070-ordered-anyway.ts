import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Why a quantity is ordered that the supplier does not sell.
    ALTER TABLE purchase_order_lines ADD COLUMN anyway text;
  `);
}
