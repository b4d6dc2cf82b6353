import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Rules that are tried on past orders. What is tried is kept as it was when it was asked for.
    CREATE TABLE rule_simulations (
      id             text PRIMARY KEY,
      -- Names the request, so that one asked twice stands here once.
      key            text NOT NULL UNIQUE,
      position       bigint GENERATED ALWAYS AS IDENTITY,
      -- The draft, a version by its number, or a built-in rule set by its name.
      tried          text NOT NULL,
      rules          jsonb NOT NULL,
      -- What it is held against: other rules, or (NULL) what was really decided.
      against        text NOT NULL,
      against_rules  jsonb,
      channel        text REFERENCES channels (code),
      from_at        timestamptz NOT NULL,
      until_at       timestamptz NOT NULL CHECK (until_at > from_at),
      max_orders     integer NOT NULL CHECK (max_orders > 0),
      state          text NOT NULL DEFAULT 'accepted' CHECK (state IN ('accepted','running','done','cancelled')),
      total          integer,
      done           integer NOT NULL DEFAULT 0,
      -- The last order that was tried: the next batch begins after it.
      last_order     text,
      -- Each figure is the sum of the orders' own.
      report         jsonb NOT NULL,
      requested_at   timestamptz NOT NULL,
      requested_by   text NOT NULL,
      began_at       timestamptz,
      ended_at       timestamptz,
      CHECK ((state IN ('done','cancelled')) = (ended_at IS NOT NULL))
    );
    CREATE INDEX rule_simulations_newest ON rule_simulations (position DESC);
    CREATE INDEX rule_simulations_open ON rule_simulations (id) WHERE state IN ('accepted','running');

    CREATE TABLE rule_simulation_orders (
      simulation_id   text NOT NULL REFERENCES rule_simulations (id),
      position        integer NOT NULL,
      order_id        text NOT NULL REFERENCES orders (id),
      is_changed      boolean NOT NULL,
      days_later      integer,
      before          jsonb NOT NULL,
      after           jsonb NOT NULL,
      -- Of orders that would go elsewhere: both decisions with their explanations.
      before_decision jsonb,
      after_decision  jsonb,
      PRIMARY KEY (simulation_id, position),
      CONSTRAINT rule_simulation_orders_once UNIQUE (simulation_id, order_id)
    );
    CREATE INDEX rule_simulation_orders_changed ON rule_simulation_orders (simulation_id, position) WHERE is_changed;
  `);
}
