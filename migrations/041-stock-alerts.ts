import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Who wants to be told when something is back.
    CREATE TABLE stock_alerts (
      id            text PRIMARY KEY,
      channel       text NOT NULL REFERENCES channels (code),
      sku           text NOT NULL REFERENCES products (sku),
      email         text,
      locale        text NOT NULL,
      quantity      integer NOT NULL CHECK (quantity > 0),
      product_url   text,
      status        text NOT NULL CHECK (status IN ('unconfirmed','waiting','told','cancelled','expired')),
      created_at    timestamptz NOT NULL,
      confirmed_at  timestamptz,
      ended_at      timestamptz,
      expires_at    timestamptz NOT NULL,
      -- Mails that asked to confirm it, and when the last one was written.
      times_asked   integer NOT NULL DEFAULT 1,
      asked_at      timestamptz NOT NULL,
      -- When its stock is to be looked at; null while nothing has changed.
      due_at        timestamptz,
      -- Whose alert is over is forgotten.
      CONSTRAINT stock_alerts_forget CHECK ((email IS NOT NULL) = (status IN ('unconfirmed','waiting')))
    );
    CREATE UNIQUE INDEX stock_alerts_once ON stock_alerts (lower(email), sku) WHERE email IS NOT NULL;
    CREATE INDEX stock_alerts_waiting ON stock_alerts (sku, id) WHERE status = 'waiting';
    CREATE INDEX stock_alerts_due ON stock_alerts (due_at) WHERE due_at IS NOT NULL;
    CREATE INDEX stock_alerts_expire ON stock_alerts (expires_at) WHERE email IS NOT NULL;

    -- How far the ledger was read for them, as a subscription keeps it. One row.
    CREATE TABLE stock_alert_reader (
      id           integer PRIMARY KEY CHECK (id = 1),
      seen_id      bigint NOT NULL,
      settled_id   bigint NOT NULL,
      settling_id  bigint,
      settling_xid bigint
    ) WITH (fillfactor = 50);
    INSERT INTO stock_alert_reader (id, seen_id, settled_id)
    SELECT 1, coalesce(max(id), 0), coalesce(max(id), 0) FROM stock_ledger;

    -- Buffers, and what a location can do, change what can be sold without a row in the ledger.
    CREATE FUNCTION look_at_stock_alerts() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE stock_alerts SET due_at = coalesce(due_at, '-infinity') WHERE status = 'waiting';
      RETURN NULL;
    END $$;
    CREATE TRIGGER channel_buffers_alert AFTER INSERT OR UPDATE OR DELETE ON channel_buffers
      FOR EACH STATEMENT EXECUTE FUNCTION look_at_stock_alerts();
    CREATE TRIGGER locations_alert AFTER UPDATE ON locations
      FOR EACH ROW WHEN (OLD.capabilities IS DISTINCT FROM NEW.capabilities) EXECUTE FUNCTION look_at_stock_alerts();
  `);
}
