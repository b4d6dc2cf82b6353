import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- It asked for each range of pages that was begun, of a list of 256 that all databases of the server share: a large
    -- feed fills it, and each further request is a line in the log, with its whole statement.
    ALTER INDEX stock_ledger_at SET (autosummarize = off);
    -- A vacuum summarises as well. It came after a fifth of all rows, of which a look at the last minutes reads what is
    -- not summarised: 100,000 rows take 25 ms, and vacuuming them 60 ms, as it looks at new pages alone.
    ALTER TABLE stock_ledger SET (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 50000);
  `);
}
