import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What a walk looks at: [{ sku } or { category }, …]; null is every SKU. And the same of the walk that follows it.
    ALTER TABLE channel_subscriptions ADD COLUMN walk_scopes jsonb, ADD COLUMN walk_again_scopes jsonb;
    CREATE INDEX products_by_category ON products (category, sku) WHERE category IS NOT NULL;

    CREATE FUNCTION scopes_with(scopes jsonb, scope jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE
    RETURN CASE
      WHEN scopes IS NULL OR scope = '{}' OR jsonb_array_length(scopes) >= 100 THEN NULL
      WHEN scopes @> jsonb_build_array(scope) THEN scopes
      ELSE scopes || jsonb_build_array(scope) END;

    -- A walk that is under way may have passed what has changed: it is followed by another.
    CREATE FUNCTION ask_for_walk(of_channel text, scope jsonb) RETURNS void LANGUAGE sql AS $$
      UPDATE channel_subscriptions SET
        walk = coalesce(walk, 'changes'),
        walk_again = walk IS NOT NULL,
        walk_scopes = CASE WHEN walk IS NULL THEN scopes_with('[]', scope) ELSE walk_scopes END,
        walk_again_scopes = CASE WHEN walk IS NULL THEN NULL
          ELSE scopes_with(CASE WHEN walk_again THEN walk_again_scopes ELSE '[]' END, scope) END
      WHERE of_channel IS NULL OR channel = of_channel;
    $$;

    CREATE OR REPLACE FUNCTION walk_subscriptions() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM ask_for_walk(NULL, '{}');
      RETURN NULL;
    END $$;
    CREATE FUNCTION walk_of_buffer() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE buffer channel_buffers;
    BEGIN
      FOREACH buffer IN ARRAY ARRAY[OLD, NEW] LOOP
        IF buffer.id IS NOT NULL THEN
          PERFORM ask_for_walk(buffer.channel,
            jsonb_strip_nulls(jsonb_build_object('sku', buffer.sku, 'category', buffer.category)));
        END IF;
      END LOOP;
      RETURN NULL;
    END $$;
    CREATE FUNCTION walk_of_product() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM ask_for_walk(NULL, jsonb_build_object('sku', NEW.sku));
      RETURN NULL;
    END $$;
    DROP TRIGGER channel_buffers_walk ON channel_buffers;
    CREATE TRIGGER channel_buffers_walk AFTER INSERT OR UPDATE OR DELETE ON channel_buffers
      FOR EACH ROW EXECUTE FUNCTION walk_of_buffer();
    DROP TRIGGER products_walk ON products;
    CREATE TRIGGER products_walk AFTER UPDATE ON products
      FOR EACH ROW WHEN (OLD.category IS DISTINCT FROM NEW.category) EXECUTE FUNCTION walk_of_product();
  `);
}
