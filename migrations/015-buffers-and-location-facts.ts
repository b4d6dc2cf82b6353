import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Pieces kept back from channels; what is NULL is not looked at.
    CREATE TABLE channel_buffers (
      id          text PRIMARY KEY,
      channel     text REFERENCES channels (code),
      location_id text REFERENCES locations (id),
      category    text,
      sku         text REFERENCES products (sku),
      pieces      integer NOT NULL CHECK (pieces >= 0),
      updated_at  timestamptz NOT NULL,
      updated_by  text NOT NULL,
      CONSTRAINT channel_buffers_sku_or_category CHECK (category IS NULL OR sku IS NULL)
    );
    CREATE UNIQUE INDEX channel_buffers_once ON channel_buffers
      (coalesce(channel, ''), coalesce(location_id, ''), coalesce(category, ''), coalesce(sku, ''));

    -- One row. Who changes a buffer changes it; who begins to wait for stock shares its lock, and decides anew when
    -- the buffers are not those that the decision saw.
    CREATE TABLE channel_buffers_version (
      is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
      version bigint NOT NULL
    );
    INSERT INTO channel_buffers_version (version) VALUES (0);

    ALTER TABLE locations
      ADD COLUMN tags text[] NOT NULL DEFAULT '{}',
      -- Fulfillments a day; no limit when NULL.
      ADD COLUMN capacity_per_day integer CHECK (capacity_per_day >= 0),
      ADD COLUMN pick_cost_amount bigint CHECK (pick_cost_amount >= 0),
      ADD COLUMN pick_cost_currency char(3),
      ADD COLUMN hazard_allowed boolean NOT NULL DEFAULT false,
      ADD COLUMN calendar jsonb,
      ADD COLUMN assortment text NOT NULL DEFAULT 'all' CHECK (assortment IN ('all','listed')),
      ADD CONSTRAINT locations_pick_cost_whole CHECK ((pick_cost_amount IS NULL) = (pick_cost_currency IS NULL));

    -- What a location whose assortment is listed carries.
    CREATE TABLE location_assortment (
      location_id text NOT NULL REFERENCES locations (id),
      sku         text NOT NULL REFERENCES products (sku),
      PRIMARY KEY (location_id, sku)
    );

    ALTER TABLE products
      ADD COLUMN tags text[] NOT NULL DEFAULT '{}',
      ADD COLUMN hazard boolean NOT NULL DEFAULT false;

    -- How much a location was given since its day began.
    CREATE INDEX fulfillments_given ON fulfillments (location_id, created_at);
  `);
}
