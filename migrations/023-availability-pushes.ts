import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Channels that are told what they can sell. The stock ledger is the log of what changed: a subscription keeps how
    -- far it has been read.
    CREATE TABLE channel_subscriptions (
      channel           text PRIMARY KEY REFERENCES channels (code),
      url               text NOT NULL,
      secret            text NOT NULL,
      -- Null: all that can supply.
      locations         text[],
      -- Of the newest event that was tried.
      sequence          bigint NOT NULL DEFAULT 0,
      -- Ledger rows up to here were read; a row below may still appear until its transaction ends.
      seen_id           bigint NOT NULL DEFAULT 0,
      -- Below here none can appear any more.
      settled_id        bigint NOT NULL DEFAULT 0,
      -- Once no transaction older than settling_xid runs, that holds up to settling_id.
      settling_id       bigint,
      settling_xid      bigint,
      -- A walk over all SKUs: to tell what differs, or everything.
      walk              text CHECK (walk IN ('changes','snapshot')),
      walked_to         text NOT NULL DEFAULT '',
      walk_again        boolean NOT NULL DEFAULT false,
      failures          integer NOT NULL DEFAULT 0,
      retry_at          timestamptz,
      last_error        text,
      last_delivered_at timestamptz,
      leased_by         text,
      leased_until      timestamptz,
      created_at        timestamptz NOT NULL DEFAULT now()
    ) WITH (fillfactor = 50);

    -- What a channel was told last; null while it is in doubt whether it heard.
    CREATE TABLE channel_availability (
      channel   text NOT NULL REFERENCES channel_subscriptions (channel) ON DELETE CASCADE,
      sku       text NOT NULL,
      available integer,
      PRIMARY KEY (channel, sku)
    ) WITH (fillfactor = 80);

    CREATE TABLE channel_deliveries (
      id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      channel      text NOT NULL REFERENCES channel_subscriptions (channel) ON DELETE CASCADE,
      sequence     bigint NOT NULL,
      kind         text NOT NULL CHECK (kind IN ('changes','snapshot')),
      items        integer NOT NULL,
      sent_at      timestamptz NOT NULL DEFAULT now(),
      delivered_at timestamptz,
      error        text,
      CONSTRAINT channel_deliveries_once UNIQUE (channel, sequence)
    );
    CREATE INDEX channel_deliveries_by_channel ON channel_deliveries (channel, id);

    -- Buffers, and what a location can do, change what many SKUs come to without a row in the ledger.
    CREATE FUNCTION walk_subscriptions() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE channel_subscriptions SET walk_again = walk IS NOT NULL, walk = coalesce(walk, 'changes')
      WHERE walk IS NULL OR NOT walk_again;
      RETURN NULL;
    END $$;
    CREATE TRIGGER channel_buffers_walk AFTER INSERT OR UPDATE OR DELETE ON channel_buffers
      FOR EACH STATEMENT EXECUTE FUNCTION walk_subscriptions();
    CREATE TRIGGER locations_walk AFTER UPDATE ON locations
      FOR EACH ROW WHEN (OLD.capabilities IS DISTINCT FROM NEW.capabilities) EXECUTE FUNCTION walk_subscriptions();
    CREATE TRIGGER products_walk AFTER UPDATE ON products
      FOR EACH ROW WHEN (OLD.category IS DISTINCT FROM NEW.category) EXECUTE FUNCTION walk_subscriptions();
  `);
}
