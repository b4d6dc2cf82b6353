import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Pieces for which stock never came in time; open pieces of a cancelled order are not counted here.
    ALTER TABLE backorders ADD COLUMN given_up integer NOT NULL DEFAULT 0 CHECK (given_up >= 0),
      ADD CONSTRAINT backorders_given_up_within CHECK (open + given_up <= quantity);
  `);
}
