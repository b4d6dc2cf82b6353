import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- That each row of stock is of a product and a location was looked up and locked row by row: more than half of what
    -- it took to fill a location. It is looked up for all rows of a statement instead; and because products and locations
    -- are never removed nor renamed, which was so and is law from now on, nothing need be locked for it.
    CREATE FUNCTION refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE foreign_key_violation USING MESSAGE = format('%s are neither removed nor renamed', TG_TABLE_NAME);
    END $$;
    CREATE TRIGGER products_stay BEFORE DELETE ON products FOR EACH ROW EXECUTE FUNCTION refuse_removal();
    CREATE TRIGGER products_keep_skus BEFORE UPDATE OF sku ON products
      FOR EACH ROW WHEN (OLD.sku <> NEW.sku) EXECUTE FUNCTION refuse_removal();
    CREATE TRIGGER products_never_emptied BEFORE TRUNCATE ON products
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal();
    CREATE TRIGGER locations_stay BEFORE DELETE ON locations FOR EACH ROW EXECUTE FUNCTION refuse_removal();
    CREATE TRIGGER locations_keep_ids BEFORE UPDATE OF id ON locations
      FOR EACH ROW WHEN (OLD.id <> NEW.id) EXECUTE FUNCTION refuse_removal();
    CREATE TRIGGER locations_never_emptied BEFORE TRUNCATE ON locations
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal();
    CREATE TRIGGER stock_keeps_place BEFORE UPDATE OF sku, location_id ON stock
      FOR EACH ROW WHEN (OLD.sku <> NEW.sku OR OLD.location_id <> NEW.location_id) EXECUTE FUNCTION refuse_removal();

    -- By the keys, however many rows there were when it was first planned.
    CREATE FUNCTION check_stock_is_known() RETURNS trigger LANGUAGE plpgsql
      SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
    DECLARE stranger record;
    BEGIN
      SELECT n.sku INTO stranger FROM made AS n
      WHERE NOT EXISTS (SELECT 1 FROM products AS p WHERE p.sku = n.sku) LIMIT 1;
      IF FOUND THEN
        RAISE foreign_key_violation USING MESSAGE = format('stock of "%s", which is no product', stranger.sku),
          CONSTRAINT = 'stock_sku_fkey';
      END IF;
      SELECT n.location_id INTO stranger FROM (SELECT DISTINCT location_id FROM made) AS n
      WHERE NOT EXISTS (SELECT 1 FROM locations AS l WHERE l.id = n.location_id) LIMIT 1;
      IF FOUND THEN
        RAISE foreign_key_violation USING MESSAGE = format('stock at "%s", which is no location', stranger.location_id),
          CONSTRAINT = 'stock_location_id_fkey';
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER stock_is_known AFTER INSERT ON stock
      REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION check_stock_is_known();

    ALTER TABLE stock DROP CONSTRAINT stock_sku_fkey, DROP CONSTRAINT stock_location_id_fkey;
  `);
}
