import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE stock (
      sku          text NOT NULL REFERENCES products (sku),
      location_id  text NOT NULL REFERENCES locations (id),
      on_hand      integer NOT NULL DEFAULT 0 CHECK (on_hand >= 0),
      unsellable   integer NOT NULL DEFAULT 0 CHECK (unsellable >= 0),
      reserved     integer NOT NULL DEFAULT 0 CHECK (reserved >= 0),
      allocated    integer NOT NULL DEFAULT 0 CHECK (allocated >= 0),
      incoming     integer NOT NULL DEFAULT 0 CHECK (incoming >= 0),
      safety_stock integer NOT NULL DEFAULT 0 CHECK (safety_stock >= 0),
      PRIMARY KEY (sku, location_id),
      CONSTRAINT stock_never_oversold CHECK (on_hand - unsellable - reserved - allocated >= 0)
    ) WITH (fillfactor = 70);

    -- Append only: the counters of stock are the sums of these rows.
    CREATE TABLE stock_ledger (
      id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      key          text NOT NULL,
      sku          text NOT NULL,
      location_id  text NOT NULL,
      cause        text NOT NULL,
      on_hand      integer NOT NULL DEFAULT 0,
      unsellable   integer NOT NULL DEFAULT 0,
      reserved     integer NOT NULL DEFAULT 0,
      allocated    integer NOT NULL DEFAULT 0,
      incoming     integer NOT NULL DEFAULT 0,
      order_id     text,
      actor        text,
      reason       text,
      reference    text,
      at           timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT stock_ledger_once UNIQUE (key, sku, location_id)
    );
    CREATE INDEX stock_ledger_by_place ON stock_ledger (sku, location_id, id);

    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% is append only', TG_TABLE_NAME;
    END $$;
    CREATE TRIGGER stock_ledger_append_only BEFORE UPDATE OR DELETE ON stock_ledger
      FOR EACH ROW EXECUTE FUNCTION refuse_change();

    -- A hard hold for one order line at one location. Its key names the intent.
    CREATE TABLE allocations (
      key          text PRIMARY KEY,
      order_id     text NOT NULL,
      line_id      text NOT NULL,
      sku          text NOT NULL,
      location_id  text NOT NULL,
      quantity     integer NOT NULL CHECK (quantity > 0),
      state        text NOT NULL DEFAULT 'held' CHECK (state IN ('held','shipped','released')),
      at           timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX allocations_by_order ON allocations (order_id);

    CREATE TABLE incoming_supply (
      id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      key          text NOT NULL UNIQUE,
      sku          text NOT NULL REFERENCES products (sku),
      location_id  text NOT NULL REFERENCES locations (id),
      quantity     integer NOT NULL CHECK (quantity > 0),
      received     integer NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND quantity),
      expected_at  timestamptz NOT NULL,
      reference    text
    );
    CREATE INDEX incoming_supply_open ON incoming_supply (sku, location_id, expected_at) WHERE received < quantity;

    -- Lines that wait for stock, first come first served. Who may serve one is kept as the rule, not as a list:
    -- a location that first hears of a SKU next week must be able to serve it, too.
    CREATE TABLE backorders (
      id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      order_id            text NOT NULL,
      line_id             text NOT NULL,
      round               integer NOT NULL,
      sku                 text NOT NULL,
      quantity            integer NOT NULL CHECK (quantity > 0),
      open                integer NOT NULL CHECK (open >= 0),
      capability          text NOT NULL,
      only_location       text,
      excluded            text[] NOT NULL DEFAULT '{}',
      since               timestamptz NOT NULL,
      CONSTRAINT backorders_once UNIQUE (line_id, round),
      CHECK (open <= quantity)
    );
    CREATE INDEX backorders_waiting ON backorders (sku, since, id) WHERE open > 0;
  `);
}
