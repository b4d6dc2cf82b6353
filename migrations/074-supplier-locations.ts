import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- A location that ships for us is one supplier; the first has been written to until now.
    UPDATE suppliers AS s SET location_id = NULL
    WHERE EXISTS (SELECT FROM suppliers AS o WHERE o.location_id = s.location_id AND o.id < s.id);
    CREATE UNIQUE INDEX suppliers_location ON suppliers (location_id);
  `);
}
