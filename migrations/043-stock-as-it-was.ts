import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What was at a place at an earlier moment is the sum of its rows until then: read from the index alone.
    CREATE INDEX stock_ledger_sums ON stock_ledger (sku, location_id, id)
      INCLUDE (on_hand, unsellable, reserved, allocated, safety_stock, at);
    DROP INDEX stock_ledger_by_place;

    -- What was decided of orders at first, in its order.
    CREATE INDEX sourcing_decisions_first ON sourcing_decisions (at, order_id) WHERE round = 1;
  `);
}
