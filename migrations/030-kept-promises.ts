import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What made it be reckoned anew.
    ALTER TABLE order_promises ADD COLUMN cause text NOT NULL DEFAULT 'confirmed';

    -- The last day that the customer of an order was told, and how often it was told to have become later.
    CREATE TABLE promises_told (
      order_id  text PRIMARY KEY REFERENCES orders (id),
      latest    date,
      times     integer NOT NULL DEFAULT 0
    );

    -- Orders whose promise has to be looked at anew. Append only and without keys but its own, so that who writes a
    -- row never waits for who reads it.
    CREATE TABLE promise_changes (
      id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      order_id  text NOT NULL,
      cause     text NOT NULL
    );

    -- Only work that left its place later than was reckoned with: an order that goes well leaves no note.
    CREATE FUNCTION note_late_work() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      reckoned date;
      zone text;
    BEGIN
      SELECT leaves_by INTO reckoned FROM order_promises
        WHERE order_id = NEW.order_id AND part = NEW.id ORDER BY id DESC LIMIT 1;
      SELECT coalesce(calendar->>'timeZone', 'UTC') INTO zone FROM locations WHERE id = NEW.location_id;
      IF reckoned < (coalesce(NEW.shipped_at, NEW.packed_at, now()) AT TIME ZONE zone)::date THEN
        INSERT INTO promise_changes (order_id, cause)
        VALUES (NEW.order_id, CASE NEW.status WHEN 'shipped' THEN 'leftLate' ELSE 'packedLate' END);
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER fulfillments_late AFTER UPDATE OF status ON fulfillments
      FOR EACH ROW WHEN (OLD.status <> NEW.status AND NEW.status IN ('packed', 'shipped'))
      EXECUTE FUNCTION note_late_work();

    CREATE FUNCTION note_failed_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO promise_changes (order_id, cause)
      SELECT f.order_id, 'attemptFailed' FROM packages AS p JOIN fulfillments AS f ON f.id = p.fulfillment_id
      WHERE p.carrier = NEW.carrier AND p.tracking_number = NEW.tracking_number;
      RETURN NULL;
    END $$;
    CREATE TRIGGER carrier_events_failed AFTER INSERT ON carrier_events
      FOR EACH ROW WHEN (NEW.status = 'failed') EXECUTE FUNCTION note_failed_attempt();

    CREATE FUNCTION note_order() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO promise_changes (order_id, cause) VALUES (NEW.order_id, TG_ARGV[0]);
      RETURN NULL;
    END $$;
    CREATE TRIGGER order_events_late AFTER INSERT ON order_events
      FOR EACH ROW WHEN (NEW.type IN ('handOverLate', 'deliveryLate')) EXECUTE FUNCTION note_order('nobodyActed');
    CREATE TRIGGER backorders_moved AFTER UPDATE OF promised_for ON backorders
      FOR EACH ROW WHEN (OLD.promised_for IS DISTINCT FROM NEW.promised_for)
      EXECUTE FUNCTION note_order('supplyMoved');
    -- Other locations work on it now: what they promise is written, and whether to tell it is looked at.
    CREATE TRIGGER order_promises_anew AFTER INSERT ON order_promises
      FOR EACH ROW WHEN (NEW.key LIKE 'released:%') EXECUTE FUNCTION note_order('sourcedAnew');
  `);
}
