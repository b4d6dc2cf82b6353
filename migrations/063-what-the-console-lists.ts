import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Orders of one account, the newest first; most orders are on none.
    CREATE INDEX orders_by_account ON orders ((content #>> '{customer,account}'), placed_at DESC, id DESC)
      WHERE content #>> '{customer,account}' IS NOT NULL;
    CREATE INDEX stock_alerts_newest ON stock_alerts (created_at DESC, id DESC);
  `);
}
