import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Products by any part of SKU, title or GTIN.
    CREATE INDEX products_search ON products USING gin (sku gin_trgm_ops, title gin_trgm_ops, gtin gin_trgm_ops);
    -- Pieces that are never sold are set at a few places of many.
    CREATE INDEX stock_kept_back ON stock (sku, location_id) WHERE safety_stock > 0;
    -- Why the stock of one location is what it is, however little moves there.
    CREATE INDEX stock_ledger_by_location ON stock_ledger (location_id, id);
    -- What happened since an instant, where that is little or nothing: rows come in the order of time, more or less,
    -- so that the first and last of some pages tell, and no movement pays for it.
    CREATE INDEX stock_ledger_at ON stock_ledger USING brin (at) WITH (pages_per_range = 32, autosummarize = on);
    -- Work, oldest first, in any state or in one, wherever it is.
    CREATE INDEX fulfillments_released ON fulfillments (released_at, id) WHERE released_at IS NOT NULL;
    CREATE INDEX fulfillments_by_status ON fulfillments (status, released_at, id) WHERE released_at IS NOT NULL;
    CREATE INDEX purchase_orders_by_status ON purchase_orders (status, created_at DESC, id DESC);
    CREATE INDEX stock_transfers_by_status ON stock_transfers (status, requested_at, id);
    CREATE INDEX stock_transfers_from ON stock_transfers (from_location_id, requested_at, id);
    CREATE INDEX stock_transfers_to ON stock_transfers (to_location_id, requested_at, id);
  `);
}
