import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Which order an id means from the moment it was accepted until its workflow has recorded it: an id can be
    -- made of channel and reference, but not the other way round. Rows of recorded orders are swept away.
    CREATE TABLE accepted_orders (
      id                  text PRIMARY KEY,
      channel             text NOT NULL,
      external_reference  text NOT NULL
    );

    -- The work that lies at locations: a sliver of all fulfillments and returns that ever were.
    CREATE INDEX fulfillments_open ON fulfillments (location_id, status)
      WHERE status IN ('allocated', 'picking', 'packed', 'readyForPickup');
    CREATE INDEX returns_open ON returns (location_id, status) WHERE status IN ('requested', 'received');
  `);
}
