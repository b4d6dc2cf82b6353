import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Stock levels that a location hands in as one file; what was received and not accepted is no feed.
    CREATE TABLE stock_feeds (
      id            text PRIMARY KEY,
      location_id   text NOT NULL REFERENCES locations (id),
      mode          text NOT NULL CHECK (mode IN ('full','delta')),
      taken_at      timestamptz NOT NULL,
      reference     text,
      actor         text NOT NULL,
      state         text NOT NULL DEFAULT 'receiving' CHECK (state IN ('receiving','accepted','applying','applied')),
      -- Counted up as feeds are accepted: those of a location are applied in this order.
      position      bigint,
      content_hash  text,
      -- No ledger row up to this one is younger than the feed.
      since_id      bigint NOT NULL DEFAULT 0,
      rows_read     integer NOT NULL DEFAULT 0,
      applied       integer NOT NULL DEFAULT 0,
      unchanged     integer NOT NULL DEFAULT 0,
      refused       integer NOT NULL DEFAULT 0,
      unnamed       integer NOT NULL DEFAULT 0,
      remark        text,
      received_at   timestamptz NOT NULL DEFAULT now(),
      applied_at    timestamptz
    );
    CREATE SEQUENCE stock_feed_positions;
    CREATE UNIQUE INDEX stock_feeds_by_reference ON stock_feeds (location_id, reference)
      WHERE state <> 'receiving';
    CREATE UNIQUE INDEX stock_feeds_by_content ON stock_feeds (location_id, mode, taken_at, content_hash)
      WHERE state <> 'receiving' AND reference IS NULL;
    CREATE INDEX stock_feeds_newest ON stock_feeds (position) WHERE state <> 'receiving';

    -- Some thousands of rows each: the feed as it was read, and what became of it.
    CREATE TABLE stock_feed_chunks (
      feed_id       text NOT NULL REFERENCES stock_feeds (id) ON DELETE CASCADE,
      position      integer NOT NULL,
      -- Null for SKUs that a full feed does not name.
      lines         integer[],
      skus          text[] NOT NULL,
      quantities    integer[] NOT NULL,
      unsellable    integer[] NOT NULL,
      -- Rows that cannot be read: [{ line, sku, reason }].
      problems      json NOT NULL DEFAULT '[]',
      -- Rows of a full feed whose SKU an earlier line names: [{ line, sku, first, isSame }].
      repeated      json NOT NULL DEFAULT '[]',
      -- Of every row that was not found unchanged; null until the chunk is applied.
      results       json,
      -- SKUs of which there is more to sell than before, until waiting lines have been looked for.
      grown         text[] NOT NULL DEFAULT '{}',
      PRIMARY KEY (feed_id, position)
    );
    CREATE INDEX stock_feed_chunks_open ON stock_feed_chunks (feed_id, position)
      WHERE results IS NULL OR grown <> '{}';

    -- When onHand or unsellable last changed: what a feed could not have seen is looked for only where something is.
    ALTER TABLE stock ADD COLUMN moved_at timestamptz;
    CREATE OR REPLACE FUNCTION count_version() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.version := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE OLD.version + 1 END;
      NEW.moved_at := now();
      RETURN NEW;
    END $$;
    UPDATE stock SET moved_at = now() WHERE on_hand <> 0 OR unsellable <> 0;
  `);
}
