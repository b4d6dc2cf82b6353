import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE payments (
      id                text PRIMARY KEY,
      order_id          text NOT NULL REFERENCES orders (id),
      position          integer NOT NULL,
      method            text NOT NULL,
      provider          text NOT NULL,
      token             text,
      instalments       integer,
      currency          char(3) NOT NULL,
      amount            bigint NOT NULL CHECK (amount > 0),
      status            text NOT NULL DEFAULT 'pending',
      reference         text,
      -- What a bank transfer must carry so that it can be matched.
      transfer_reference text UNIQUE,
      authorized        bigint NOT NULL DEFAULT 0 CHECK (authorized >= 0),
      captured          bigint NOT NULL DEFAULT 0 CHECK (captured >= 0),
      refunded          bigint NOT NULL DEFAULT 0 CHECK (refunded >= 0),
      failure           jsonb,
      UNIQUE (order_id, position),
      CONSTRAINT payments_capture_within_authorization CHECK (captured <= authorized),
      CONSTRAINT payments_refund_within_capture CHECK (refunded <= captured)
    );
    CREATE INDEX payments_by_order ON payments (order_id);

    -- Every movement of money, planned before it is asked of a provider: the amount of an intent is fixed
    -- by its first row, so that a repeated step asks for the same. done_at is set when the provider agreed.
    CREATE TABLE payment_movements (
      key          text PRIMARY KEY,
      payment_id   text NOT NULL REFERENCES payments (id),
      order_id     text NOT NULL,
      kind         text NOT NULL CHECK (kind IN ('authorize','capture','void','refund')),
      amount       bigint NOT NULL CHECK (amount >= 0),
      target       text NOT NULL DEFAULT 'tender',
      subject      text NOT NULL,
      planned_at   timestamptz NOT NULL DEFAULT now(),
      done_at      timestamptz,
      declined     jsonb,
      given_up_at  timestamptz,
      reference    text
    );
    CREATE INDEX payment_movements_by_order ON payment_movements (order_id);
    CREATE INDEX payment_movements_by_payment ON payment_movements (payment_id);

    -- Gift cards and store credit are the same thing to the ledger: value that we owe the bearer.
    CREATE TABLE credit_accounts (
      code        text PRIMARY KEY,
      kind        text NOT NULL CHECK (kind IN ('giftCard','storeCredit')),
      currency    char(3) NOT NULL,
      balance     bigint NOT NULL DEFAULT 0 CHECK (balance >= 0),
      held        bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
      customer    text,
      created_at  timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT credit_hold_within_balance CHECK (held <= balance)
    );
    CREATE TABLE credit_ledger (
      key       text PRIMARY KEY,
      code      text NOT NULL REFERENCES credit_accounts (code),
      balance   bigint NOT NULL DEFAULT 0,
      held      bigint NOT NULL DEFAULT 0,
      cause     text NOT NULL,
      order_id  text,
      at        timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX credit_ledger_by_code ON credit_ledger (code);
    CREATE TRIGGER credit_ledger_append_only BEFORE UPDATE OR DELETE ON credit_ledger
      FOR EACH ROW EXECUTE FUNCTION refuse_change();
  `);
}
