import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE SEQUENCE purchase_order_number START 100001;

    -- Whom we buy from. Where goods lie is a location; a supplier that also ships for us names the one it is.
    CREATE TABLE suppliers (
      id             text PRIMARY KEY,
      name           text NOT NULL,
      email          text,
      locale         text NOT NULL,
      location_id    text REFERENCES locations (id),
      currency       char(3) NOT NULL,
      lead_time_days integer NOT NULL CHECK (lead_time_days BETWEEN 0 AND 3650),
      -- Pieces beyond what is expected that are still taken in, in percent of it.
      over_percent   integer NOT NULL CHECK (over_percent BETWEEN 0 AND 100),
      updated_at     timestamptz NOT NULL DEFAULT now()
    );

    CREATE TABLE supplier_items (
      supplier_id      text NOT NULL REFERENCES suppliers (id),
      sku              text NOT NULL REFERENCES products (sku),
      supplier_sku     text,
      -- Of one piece, in minor units of the supplier's currency.
      cost             bigint CHECK (cost >= 0),
      pack_size        integer NOT NULL DEFAULT 1 CHECK (pack_size > 0),
      minimum_quantity integer NOT NULL DEFAULT 1 CHECK (minimum_quantity > 0),
      PRIMARY KEY (supplier_id, sku)
    );
    CREATE INDEX supplier_items_by_sku ON supplier_items (sku);

    CREATE TABLE purchase_orders (
      id           text PRIMARY KEY,
      number       text NOT NULL UNIQUE,
      supplier_id  text NOT NULL REFERENCES suppliers (id),
      location_id  text NOT NULL REFERENCES locations (id),
      status       text NOT NULL DEFAULT 'draft'
                   CHECK (status IN ('draft','sent','confirmed','partlyReceived','received','closed','cancelled')),
      currency     char(3) NOT NULL,
      reference    text,
      expected_at  timestamptz,
      -- What was sent, frozen; its files are rendered from this alone.
      content      jsonb,
      created_by   text NOT NULL,
      created_at   timestamptz NOT NULL,
      CHECK (status IN ('draft','cancelled') OR content IS NOT NULL)
    );
    CREATE INDEX purchase_orders_newest ON purchase_orders (created_at DESC, id DESC);

    CREATE TABLE purchase_order_lines (
      purchase_order_id  text NOT NULL REFERENCES purchase_orders (id),
      sku                text NOT NULL REFERENCES products (sku),
      position           integer NOT NULL,
      quantity           integer NOT NULL CHECK (quantity > 0),
      unit_cost          bigint CHECK (unit_cost >= 0),
      PRIMARY KEY (purchase_order_id, sku),
      UNIQUE (purchase_order_id, position)
    );

    -- Its story. key names the step, so that a step told twice stands here once.
    CREATE TABLE purchase_order_events (
      id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      purchase_order_id  text NOT NULL REFERENCES purchase_orders (id),
      key                text NOT NULL,
      type               text NOT NULL,
      at                 timestamptz NOT NULL,
      actor              text NOT NULL,
      data               jsonb NOT NULL DEFAULT '{}',
      UNIQUE (purchase_order_id, key)
    );

    CREATE TABLE purchase_receipts (
      key                text PRIMARY KEY,
      purchase_order_id  text NOT NULL REFERENCES purchase_orders (id),
      sku                text NOT NULL,
      quantity           integer NOT NULL CHECK (quantity > 0),
      damaged            integer NOT NULL CHECK (damaged BETWEEN 0 AND quantity),
      -- Pieces that nobody expected.
      over               integer NOT NULL CHECK (over BETWEEN 0 AND quantity),
      reference          text,
      at                 timestamptz NOT NULL
    );
    CREATE INDEX purchase_receipts_by_order ON purchase_receipts (purchase_order_id);

    -- The open pieces of a purchase order are incoming supply and nothing else: what is ordered, and what the
    -- supplier said is on its way.
    ALTER TABLE incoming_supply
      ADD COLUMN purchase_order_id text REFERENCES purchase_orders (id),
      ADD COLUMN is_on_its_way boolean NOT NULL DEFAULT false;
    CREATE INDEX incoming_supply_by_purchase_order ON incoming_supply (purchase_order_id)
      WHERE purchase_order_id IS NOT NULL;
  `);
}
