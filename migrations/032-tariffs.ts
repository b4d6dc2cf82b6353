import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE EXTENSION IF NOT EXISTS btree_gist;

    -- What a carrier asks for a service, from a day to a day.
    CREATE TABLE tariffs (
      id           text PRIMARY KEY,
      carrier      text NOT NULL,
      service      text NOT NULL,
      -- Shipping methods of orders that the service may take.
      methods      text[] NOT NULL CHECK (cardinality(methods) > 0),
      currency     char(3) NOT NULL,
      valid_from   date NOT NULL,
      valid_until  date,
      updated_at   timestamptz NOT NULL,
      updated_by   text NOT NULL,
      CHECK (valid_from <= valid_until),
      CONSTRAINT tariffs_one_at_a_time
        EXCLUDE USING gist (carrier WITH =, service WITH =, daterange(valid_from, valid_until, '[]') WITH &&)
    );

    -- A row for each zone, so that an order reads those alone that lead to its country.
    CREATE TABLE tariff_zones (
      tariff_id  text NOT NULL REFERENCES tariffs (id) ON DELETE CASCADE,
      position   integer NOT NULL,
      code       text NOT NULL,
      countries  text[] NOT NULL CHECK (cardinality(countries) > 0),
      zone       jsonb NOT NULL,
      PRIMARY KEY (tariff_id, position),
      UNIQUE (tariff_id, code)
    );

    -- The service that was chosen with the location; NULL: whichever carrier takes it, by the order's method.
    ALTER TABLE fulfillments ADD COLUMN carrier text, ADD COLUMN service text,
      ADD CONSTRAINT fulfillments_service_of_carrier CHECK ((carrier IS NULL) = (service IS NULL));
  `);
}
