import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Pieces that came, the newest of a place first: how old what lies there is, without reading all that happened.
    CREATE INDEX stock_ledger_came ON stock_ledger (sku, location_id, id) INCLUDE (on_hand, at) WHERE on_hand > 0;
    -- Pieces that were sold, by day.
    CREATE INDEX stock_ledger_sold ON stock_ledger (sku, location_id, at) INCLUDE (on_hand) WHERE cause IN ('shipment', 'tillSale');
  `);
}
