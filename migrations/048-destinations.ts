import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Which of the order's destinations the goods go to, as the order itself names it; null: its own address.
    ALTER TABLE fulfillments ADD COLUMN destination text;
    ALTER TABLE backorders ADD COLUMN destination text;
  `);
}
