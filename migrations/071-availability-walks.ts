import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What can be sold changed without a row in the ledger: SKUs that are still to be looked at, in their order, for the
    -- lines that wait or for the shoppers who want to be told. Gone when the walk is over.
    CREATE TABLE availability_walks (
      id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      walkers   text NOT NULL CHECK (walkers IN ('backorders','alerts')),
      scopes    jsonb NOT NULL,
      walked_to text NOT NULL
    );

    -- A buffer, what a location can do, and the category of a product change what can be sold of nothing but what is
    -- there. A scope is { sku }, { category }, { locationId } or, for all goods that are there, {}. What names several
    -- is looked at by the narrowest; of too many scopes becomes all goods.
    CREATE OR REPLACE FUNCTION scopes_with(scopes jsonb, scope jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE
    RETURN CASE
      WHEN scopes IS NULL THEN NULL
      WHEN scope = '{}' OR scopes -> 0 = '{}' OR jsonb_array_length(scopes) >= 100 THEN '[{}]'::jsonb
      WHEN EXISTS (SELECT 1 FROM jsonb_array_elements(scopes) AS each (value) WHERE value = scope) THEN scopes
      ELSE scopes || jsonb_build_array(scope) END;

    CREATE FUNCTION scope_of_buffer(buffer channel_buffers) RETURNS jsonb LANGUAGE sql IMMUTABLE
    RETURN CASE
      WHEN buffer.sku IS NOT NULL THEN jsonb_build_object('sku', buffer.sku)
      ELSE jsonb_strip_nulls(jsonb_build_object('category', buffer.category, 'locationId', buffer.location_id)) END;

    CREATE OR REPLACE FUNCTION walk_of_buffer() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE buffer channel_buffers;
    BEGIN
      FOREACH buffer IN ARRAY ARRAY[OLD, NEW] LOOP
        IF buffer.id IS NOT NULL THEN
          PERFORM ask_for_walk(buffer.channel, scope_of_buffer(buffer));
        END IF;
      END LOOP;
      RETURN NULL;
    END $$;
    CREATE FUNCTION walk_of_location() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM ask_for_walk(NULL, jsonb_build_object('locationId', NEW.id));
      RETURN NULL;
    END $$;
    DROP TRIGGER locations_walk ON locations;
    CREATE TRIGGER locations_walk AFTER UPDATE ON locations
      FOR EACH ROW WHEN (OLD.capabilities IS DISTINCT FROM NEW.capabilities) EXECUTE FUNCTION walk_of_location();
    DROP FUNCTION walk_subscriptions();

    CREATE FUNCTION walk_stock_alerts(scopes jsonb) RETURNS void LANGUAGE sql AS $$
      INSERT INTO availability_walks (walkers, scopes, walked_to)
      SELECT 'alerts', scopes, '' WHERE EXISTS (SELECT 1 FROM stock_alerts WHERE status = 'waiting');
    $$;
    CREATE FUNCTION stock_alerts_of_buffer() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE buffer channel_buffers;
    DECLARE scopes jsonb := '[]';
    BEGIN
      FOREACH buffer IN ARRAY ARRAY[OLD, NEW] LOOP
        IF buffer.id IS NOT NULL THEN
          scopes := scopes || jsonb_strip_nulls(jsonb_build_object('sku', buffer.sku, 'category', buffer.category,
            'locationId', buffer.location_id, 'channel', buffer.channel));
        END IF;
      END LOOP;
      PERFORM walk_stock_alerts(scopes);
      RETURN NULL;
    END $$;
    CREATE FUNCTION stock_alerts_of_location() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM walk_stock_alerts(jsonb_build_array(jsonb_build_object('locationId', NEW.id)));
      RETURN NULL;
    END $$;
    DROP TRIGGER channel_buffers_alert ON channel_buffers;
    CREATE TRIGGER channel_buffers_alert AFTER INSERT OR UPDATE OR DELETE ON channel_buffers
      FOR EACH ROW EXECUTE FUNCTION stock_alerts_of_buffer();
    DROP TRIGGER locations_alert ON locations;
    CREATE TRIGGER locations_alert AFTER UPDATE ON locations
      FOR EACH ROW WHEN (OLD.capabilities IS DISTINCT FROM NEW.capabilities) EXECUTE FUNCTION stock_alerts_of_location();
    DROP FUNCTION look_at_stock_alerts();

    -- What became of the proposals of one SKU.
    CREATE INDEX reorder_proposals_by_place ON reorder_proposals (sku, location_id, id);
  `);
}
