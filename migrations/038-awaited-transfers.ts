import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Lines that wait for what a stock transfer brings: they are served first when it arrives.
    CREATE TABLE awaited_transfers (
      transfer_id   text NOT NULL REFERENCES stock_transfers (id),
      backorder_id  bigint NOT NULL REFERENCES backorders (id),
      PRIMARY KEY (transfer_id, backorder_id)
    );
    CREATE INDEX awaited_transfers_by_backorder ON awaited_transfers (backorder_id);
  `);
}
