import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Which pieces that are to come are promised to which line that waits.
    CREATE TABLE backorder_promises (
      backorder_id  bigint NOT NULL REFERENCES backorders (id),
      supply_id     bigint NOT NULL REFERENCES incoming_supply (id),
      quantity      integer NOT NULL CHECK (quantity > 0),
      PRIMARY KEY (backorder_id, supply_id)
    );
    CREATE INDEX backorder_promises_by_supply ON backorder_promises (supply_id);

    ALTER TABLE backorders
      -- When all that waits should be there; null while nobody can say.
      ADD COLUMN promised_for timestamptz,
      -- What the customer was told last, and how often anything was.
      ADD COLUMN told_for timestamptz,
      ADD COLUMN times_told integer NOT NULL DEFAULT 0;

    -- SKUs of which somebody has to look anew who gets what when. Append only and without keys but its own, so that
    -- who writes a row never waits for who reads it.
    CREATE TABLE supply_changes (
      id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      sku  text NOT NULL
    );
    CREATE FUNCTION note_supply_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO supply_changes (sku) VALUES (NEW.sku);
      RETURN NULL;
    END $$;
    CREATE TRIGGER incoming_supply_begins AFTER INSERT ON incoming_supply
      FOR EACH ROW EXECUTE FUNCTION note_supply_change();
    CREATE TRIGGER incoming_supply_changes AFTER UPDATE OF quantity, received, expected_at ON incoming_supply
      FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW) EXECUTE FUNCTION note_supply_change();
    CREATE TRIGGER backorders_begin AFTER INSERT ON backorders
      FOR EACH ROW EXECUTE FUNCTION note_supply_change();
    CREATE TRIGGER backorders_change AFTER UPDATE OF open ON backorders
      FOR EACH ROW WHEN (OLD.open <> NEW.open) EXECUTE FUNCTION note_supply_change();

    -- Who waits now has been told to wait, and of no date.
    UPDATE backorders SET times_told = 1 WHERE open > 0;
    INSERT INTO supply_changes (sku) SELECT DISTINCT sku FROM backorders WHERE open > 0;
  `);
}
