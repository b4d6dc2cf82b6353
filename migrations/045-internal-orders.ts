import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- The goods of an internal order travel as a stock transfer: that of the work that sent them.
    ALTER TABLE stock_transfers ADD COLUMN fulfillment_id text UNIQUE REFERENCES fulfillments (id);

    -- Arrived beyond what was sent.
    ALTER TABLE stock_transfer_lines ADD COLUMN surplus integer NOT NULL DEFAULT 0 CHECK (surplus >= 0);
  `);
}
