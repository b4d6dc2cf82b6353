import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What happens when somebody wants to collect at a store what it does not have.
    ALTER TABLE locations ADD COLUMN pickup_when_short text NOT NULL DEFAULT 'wait'
      CHECK (pickup_when_short IN ('wait','send','refuse'));

    -- The store at which the customer collects what this fulfillment sends there.
    ALTER TABLE fulfillments
      ADD COLUMN pickup_location_id text REFERENCES locations (id),
      ADD COLUMN arrived_at timestamptz,
      DROP CONSTRAINT fulfillments_mode_check,
      ADD CONSTRAINT fulfillments_mode_check CHECK (mode IN ('ship','pickup','shipToStore')),
      ADD CONSTRAINT fulfillments_sent_to_a_store
        CHECK ((mode = 'shipToStore') = (pickup_location_id IS NOT NULL));
    CREATE INDEX fulfillments_to_store ON fulfillments (pickup_location_id, status)
      WHERE pickup_location_id IS NOT NULL;
    ALTER TABLE backorders ADD COLUMN pickup_location_id text;

    DROP TRIGGER fulfillments_late ON fulfillments;
    CREATE OR REPLACE FUNCTION note_late_work() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      reckoned date;
      zone text;
    BEGIN
      SELECT leaves_by INTO reckoned FROM order_promises
        WHERE order_id = NEW.order_id AND part = NEW.id ORDER BY id DESC LIMIT 1;
      SELECT coalesce(calendar->>'timeZone', 'UTC') INTO zone FROM locations WHERE id = NEW.location_id;
      IF reckoned < (coalesce(NEW.shipped_at, NEW.packed_at, now()) AT TIME ZONE zone)::date THEN
        INSERT INTO promise_changes (order_id, cause)
        VALUES (NEW.order_id, CASE NEW.status WHEN 'packed' THEN 'packedLate' ELSE 'leftLate' END);
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER fulfillments_late AFTER UPDATE OF status ON fulfillments
      FOR EACH ROW WHEN (OLD.status <> NEW.status AND NEW.status IN ('packed', 'shipped', 'toStore'))
      EXECUTE FUNCTION note_late_work();
  `);
}
