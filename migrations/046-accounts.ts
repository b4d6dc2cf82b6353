import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE price_lists (
      code        text PRIMARY KEY,
      name        text NOT NULL,
      currency    char(3) NOT NULL,
      updated_at  timestamptz NOT NULL DEFAULT now()
    );

    -- In force at an instant is the one that began last and has not ended.
    CREATE TABLE price_list_prices (
      list         text NOT NULL REFERENCES price_lists (code),
      sku          text NOT NULL REFERENCES products (sku),
      valid_from   timestamptz NOT NULL DEFAULT '-infinity',
      valid_until  timestamptz,
      amount       bigint NOT NULL CHECK (amount >= 0),
      PRIMARY KEY (list, sku, valid_from),
      CHECK (valid_until > valid_from)
    );

    -- A customer of a channel that pays later: what is owed, and what orders under way will come to.
    CREATE TABLE accounts (
      code          text PRIMARY KEY,
      channel       text NOT NULL REFERENCES channels (code),
      name          text NOT NULL,
      currency      char(3) NOT NULL,
      price_list    text REFERENCES price_lists (code),
      credit_limit  bigint NOT NULL CHECK (credit_limit >= 0),
      -- Below zero when they have paid more than they got.
      owed          bigint NOT NULL DEFAULT 0,
      held          bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
      -- How far above the limit somebody has let it go.
      beyond        bigint NOT NULL DEFAULT 0 CHECK (beyond >= 0),
      updated_at    timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT accounts_within_limit CHECK (owed + held <= credit_limit + beyond)
    );
    CREATE INDEX accounts_by_channel ON accounts (channel, code);

    CREATE TABLE account_ledger (
      id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      key        text NOT NULL UNIQUE,
      account    text NOT NULL REFERENCES accounts (code),
      cause      text NOT NULL CHECK (cause IN ('hold','release','capture','refund','payment')),
      owed       bigint NOT NULL DEFAULT 0,
      held       bigint NOT NULL DEFAULT 0,
      order_id   text,
      reference  text,
      actor      text NOT NULL,
      at         timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX account_ledger_by_account ON account_ledger (account, id);
    CREATE TRIGGER account_ledger_append_only BEFORE UPDATE OR DELETE ON account_ledger
      FOR EACH ROW EXECUTE FUNCTION refuse_change();
  `);
}
