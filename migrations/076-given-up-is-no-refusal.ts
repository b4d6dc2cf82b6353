import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What nobody collected is taken away from its store, which did all it was to do: other pieces of the order may
    -- come from there.
    ALTER TABLE fulfillments ADD COLUMN given_up boolean NOT NULL DEFAULT false;
    UPDATE fulfillments SET given_up = true WHERE reject_reason = 'the customer did not collect';
  `);
}
