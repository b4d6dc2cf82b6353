import type { Knex } from 'knex';

const position = (row: string): string =>
  `(${row}.on_hand - ${row}.unsellable - ${row}.reserved - ${row}.allocated + ${row}.incoming)`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE reorder_points (
      sku            text NOT NULL REFERENCES products (sku),
      location_id    text NOT NULL REFERENCES locations (id),
      mode           text NOT NULL CHECK (mode IN ('propose','send','off')),
      point          integer NOT NULL CHECK (point >= 0),
      target         integer NOT NULL CHECK (target >= point),
      supplier_id    text REFERENCES suppliers (id),
      owner          text NOT NULL,
      -- Computed from sales: wanted service level in percent, and days of sales that an order is to cover.
      is_computed    boolean NOT NULL,
      service_level  integer NOT NULL,
      cover_days     integer NOT NULL CHECK (cover_days > 0),
      basis          jsonb,
      computed_at    timestamptz,
      PRIMARY KEY (sku, location_id)
    );

    CREATE TABLE reorder_proposals (
      id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      sku                text NOT NULL,
      location_id        text NOT NULL,
      quantity           integer NOT NULL CHECK (quantity > 0),
      purchase_order_id  text REFERENCES purchase_orders (id),
      owner              text NOT NULL,
      reasons            jsonb NOT NULL,
      -- Until its purchase order is sent or cancelled.
      is_open            boolean NOT NULL DEFAULT true,
      at                 timestamptz NOT NULL
    );
    -- The same need is proposed once.
    CREATE UNIQUE INDEX reorder_proposals_once ON reorder_proposals (sku, location_id) WHERE is_open;
    CREATE INDEX reorder_proposals_by_order ON reorder_proposals (purchase_order_id);

    -- Proposals of one supplier and location share a draft, by what is to happen to it.
    ALTER TABLE purchase_orders ADD COLUMN reorder_mode text CHECK (reorder_mode IN ('propose','send'));
    CREATE UNIQUE INDEX purchase_orders_one_draft ON purchase_orders (supplier_id, location_id, reorder_mode)
      WHERE status = 'draft' AND reorder_mode IS NOT NULL;

    -- Places that fell to their reorder point, as the movement that did it noted them. Append only and without keys
    -- but its own, so that a movement never waits for who reads it.
    CREATE TABLE low_stock (
      id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      sku          text NOT NULL,
      location_id  text NOT NULL
    );

    -- The point of reorder_points again, NULL where nobody reorders: rows without one cost a comparison.
    ALTER TABLE stock ADD COLUMN reorder_point integer;
    CREATE FUNCTION note_low_stock() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO low_stock (sku, location_id) VALUES (NEW.sku, NEW.location_id);
      RETURN NULL;
    END $$;
    CREATE TRIGGER stock_falls AFTER UPDATE OF on_hand, unsellable, reserved, allocated, incoming ON stock
      FOR EACH ROW WHEN (${position('NEW')} <= NEW.reorder_point AND ${position('NEW')} < ${position('OLD')})
      EXECUTE FUNCTION note_low_stock();

    -- Lines that wait are owed pieces that no counter shows.
    CREATE FUNCTION note_low_stock_of_sku() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO low_stock (sku, location_id)
      SELECT sku, location_id FROM reorder_points WHERE sku = NEW.sku AND mode <> 'off';
      RETURN NULL;
    END $$;
    CREATE TRIGGER backorders_are_owed AFTER INSERT ON backorders
      FOR EACH ROW EXECUTE FUNCTION note_low_stock_of_sku();
    -- Who had nobody to order from may have somebody now, or another point.
    CREATE TRIGGER reorder_points_change AFTER INSERT OR UPDATE ON reorder_points
      FOR EACH ROW EXECUTE FUNCTION note_low_stock_of_sku();
    CREATE TRIGGER supplier_items_change AFTER INSERT OR UPDATE ON supplier_items
      FOR EACH ROW EXECUTE FUNCTION note_low_stock_of_sku();
  `);
}
