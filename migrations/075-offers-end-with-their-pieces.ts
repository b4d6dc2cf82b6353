import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What comes later than was told may be replaced though it is at work: then a fulfillment holds the pieces, and no
    -- round of sourcing was short of them.
    ALTER TABLE alternative_offers
      ADD COLUMN fulfillment_id text REFERENCES fulfillments (id),
      -- Why nothing is left that could be replaced.
      ADD COLUMN ended_because text,
      ALTER COLUMN round DROP NOT NULL,
      ADD CONSTRAINT alternative_offers_pieces CHECK ((round IS NULL) = (fulfillment_id IS NOT NULL)),
      DROP CONSTRAINT alternative_offers_otherwise_check,
      ADD CONSTRAINT alternative_offers_otherwise_check
        CHECK (otherwise IN ('backorder','cancel','stay') AND (otherwise = 'stay') = (fulfillment_id IS NOT NULL)),
      DROP CONSTRAINT alternative_offers_status_check,
      ADD CONSTRAINT alternative_offers_status_check
        CHECK (status IN ('open','accepted','refused','expired','withdrawn')),
      ADD CONSTRAINT alternative_offers_ended CHECK ((status = 'withdrawn') = (ended_because IS NOT NULL));
    CREATE UNIQUE INDEX alternative_offers_of_work_once ON alternative_offers (fulfillment_id, line_id)
      WHERE status = 'open';
  `);
}
