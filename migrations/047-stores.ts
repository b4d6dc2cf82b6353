import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- People in stores: they sell, order goods, and take in what comes.
    ALTER TABLE api_keys
      DROP CONSTRAINT api_keys_role_check,
      ADD CONSTRAINT api_keys_role_check
        CHECK (role IN ('admin','channel','carrier','warehouse','store','support'));

    -- What a place of ours has ordered; most orders go to customers.
    CREATE INDEX orders_to_location ON orders ((content #>> '{delivery,toLocationId}'), placed_at DESC, id DESC)
      WHERE content #>> '{delivery,toLocationId}' IS NOT NULL;
  `);
}
