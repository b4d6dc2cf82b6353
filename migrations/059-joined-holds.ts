import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- A hold that became part of another one of the same line and place.
    ALTER TABLE allocations
      DROP CONSTRAINT allocations_state_check,
      ADD CONSTRAINT allocations_state_check CHECK (state IN ('held','shipped','released','joined'));
  `);
}
