import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What one location has: a page of the console, a full feed. Without it a supplier of ten SKUs is looked for among
    -- the stock of all the others.
    CREATE INDEX stock_by_location ON stock (location_id, sku);
  `);
}
