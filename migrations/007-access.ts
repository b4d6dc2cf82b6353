import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- A key may act for everything of its role, or for one channel (role channel) or one carrier alone.
    ALTER TABLE api_keys ADD COLUMN bound_to text;

    -- Whoever executes a request says so every second; one that fell silent may be taken over.
    ALTER TABLE idempotency_keys ADD COLUMN alive_at timestamptz NOT NULL DEFAULT now();
    CREATE INDEX idempotency_keys_oldest ON idempotency_keys (created_at);

    -- What payment providers told us by webhook, once each, as it came.
    CREATE TABLE payment_notices (
      provider     text NOT NULL,
      notice_id    text NOT NULL,
      type         text NOT NULL,
      payload      jsonb NOT NULL,
      received_at  timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (provider, notice_id)
    );
  `);
}
