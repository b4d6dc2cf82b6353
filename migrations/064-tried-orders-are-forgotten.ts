import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- How each order would have been decided is kept for a time, what came of it all for good.
    ALTER TABLE rule_simulations ADD COLUMN orders_forgotten_at timestamptz;
    CREATE INDEX rule_simulations_with_orders ON rule_simulations (ended_at)
      WHERE ended_at IS NOT NULL AND orders_forgotten_at IS NULL;
  `);
}
