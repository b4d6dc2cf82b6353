import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Pieces that a location was asked to send for a line, promised to it before they leave.
    CREATE TABLE transfer_promises (
      backorder_id  bigint NOT NULL REFERENCES backorders (id),
      transfer_id   text NOT NULL REFERENCES stock_transfers (id),
      quantity      integer NOT NULL CHECK (quantity > 0),
      expected_at   timestamptz NOT NULL,
      PRIMARY KEY (backorder_id, transfer_id)
    );

    -- What lines that wait are promised changes with the transfers that were asked for them.
    CREATE FUNCTION note_awaited_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO supply_changes (sku) SELECT sku FROM backorders WHERE id = NEW.backorder_id;
      RETURN NULL;
    END $$;
    CREATE TRIGGER awaited_transfers_begin AFTER INSERT ON awaited_transfers
      FOR EACH ROW EXECUTE FUNCTION note_awaited_transfer();
    CREATE FUNCTION note_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO supply_changes (sku) SELECT DISTINCT b.sku
      FROM awaited_transfers AS a JOIN backorders AS b ON b.id = a.backorder_id
      WHERE a.transfer_id = NEW.id AND b.open > 0;
      RETURN NULL;
    END $$;
    CREATE TRIGGER stock_transfers_change AFTER UPDATE OF status, expected_at ON stock_transfers
      FOR EACH ROW WHEN (OLD.status <> NEW.status OR OLD.expected_at IS DISTINCT FROM NEW.expected_at)
      EXECUTE FUNCTION note_transfer();

    INSERT INTO supply_changes (sku) SELECT DISTINCT b.sku
    FROM awaited_transfers AS a JOIN backorders AS b ON b.id = a.backorder_id WHERE b.open > 0;
  `);
}
