import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE products ADD COLUMN attributes jsonb NOT NULL DEFAULT '{}'
      CHECK (jsonb_typeof(attributes) = 'object');

    -- What people name to stand in for a product, the best first.
    CREATE TABLE product_alternatives (
      sku           text NOT NULL REFERENCES products (sku),
      position      integer NOT NULL,
      alternative   text NOT NULL REFERENCES products (sku),
      note          text,
      price_policy  text NOT NULL CHECK (price_policy IN ('lower','own')),
      PRIMARY KEY (sku, position),
      CONSTRAINT product_alternatives_once UNIQUE (sku, alternative),
      CONSTRAINT product_alternatives_another CHECK (sku <> alternative)
    );

    -- What is like a product: of its category, near its price.
    CREATE INDEX products_alike ON products (category, price_currency, price_amount)
      WHERE category IS NOT NULL AND price_amount IS NOT NULL;
  `);
}
