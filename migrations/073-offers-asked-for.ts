import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Who waits may ask again after an offer has ended: one at a time can be answered.
    ALTER TABLE alternative_offers DROP CONSTRAINT alternative_offers_once;
    CREATE UNIQUE INDEX alternative_offers_once ON alternative_offers (line_id, round) WHERE status = 'open';
  `);
}
