import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Products by any part of SKU, title or GTIN.
    CREATE INDEX products_search ON products USING gin (sku gin_trgm_ops, title gin_trgm_ops, gtin gin_trgm_ops);
    -- Pieces that are never sold are set at a few places of many.
    CREATE INDEX stock_kept_back ON stock (sku, location_id) WHERE safety_stock > 0;
  `);
}
