import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What no person did, the system did: an allocation, a deadline.
    ALTER TABLE stock_ledger ALTER COLUMN actor SET DEFAULT 'system',
      ADD CONSTRAINT stock_ledger_has_actor CHECK (actor IS NOT NULL) NOT VALID,
      ADD COLUMN safety_stock integer NOT NULL DEFAULT 0,
      -- Of the place after a change of onHand or unsellable.
      ADD COLUMN version integer;

    INSERT INTO stock_ledger (key, sku, location_id, cause, safety_stock, reason)
    SELECT 'opening:safetyStock', sku, location_id, 'safetyStock', safety_stock, 'kept back before it was recorded'
    FROM stock WHERE safety_stock <> 0;

    -- What lies on the shelf has a version, so that a count can say which shelf it has seen. Claims on it do not
    -- count: an order that is allocated leaves every piece where it is.
    ALTER TABLE stock ADD COLUMN version integer NOT NULL DEFAULT 0;
    CREATE FUNCTION count_version() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.version := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE OLD.version + 1 END;
      RETURN NEW;
    END $$;
    CREATE TRIGGER stock_begins_version BEFORE INSERT ON stock
      FOR EACH ROW WHEN (NEW.on_hand <> 0 OR NEW.unsellable <> 0) EXECUTE FUNCTION count_version();
    CREATE TRIGGER stock_counts_version BEFORE UPDATE OF on_hand, unsellable ON stock
      FOR EACH ROW WHEN (OLD.on_hand <> NEW.on_hand OR OLD.unsellable <> NEW.unsellable)
      EXECUTE FUNCTION count_version();
  `);
}
