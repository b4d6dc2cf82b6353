import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What a provider's notice came to when it was held against our movements. A finding is for people: it stays
    -- open until somebody has dealt with it.
    ALTER TABLE payment_notices
      ADD COLUMN order_id text,
      ADD COLUMN outcome text NOT NULL DEFAULT 'kept'
        CHECK (outcome IN ('kept', 'agreed', 'settled', 'finding')),
      ADD COLUMN finding text,
      ADD COLUMN resolved_at timestamptz,
      ADD COLUMN resolved_by text,
      ADD CONSTRAINT payment_notices_finding_told CHECK ((outcome = 'finding') = (finding IS NOT NULL));
    CREATE INDEX payment_notices_open ON payment_notices (received_at, provider, notice_id)
      WHERE outcome = 'finding' AND resolved_at IS NULL;
    CREATE INDEX payment_movements_by_reference ON payment_movements (reference) WHERE reference IS NOT NULL;
    CREATE INDEX payments_by_reference ON payments (reference) WHERE reference IS NOT NULL;

    -- A payment that was let go did not fail.
    UPDATE payments AS p SET status = 'voided'
    WHERE p.status = 'failed' AND p.failure IS NULL AND EXISTS (
      SELECT 1 FROM payment_movements AS m
      WHERE m.payment_id = p.id AND m.kind = 'void' AND m.done_at IS NOT NULL);
    UPDATE orders AS o SET payment_status = 'pending'
    WHERE o.payment_status = 'failed'
      AND NOT EXISTS (SELECT 1 FROM payments AS p WHERE p.order_id = o.id AND p.status = 'failed');

    -- Parcels that never arrived and whose return is over.
    UPDATE fulfillments AS f SET status = 'returned'
    FROM returns AS r
    WHERE r.cause = 'undeliverable' AND r.status IN ('refunded', 'rejected') AND f.status = 'shipped'
      AND f.order_id = r.order_id AND f.id = 'ful_' || substr(r.id, 5);
  `);
}
