import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Sourcing rules as they were published, for good; the one with the highest number is in force.
    CREATE TABLE rule_versions (
      number       integer PRIMARY KEY CHECK (number > 0),
      -- Names the request to publish, so that one asked twice stands here once.
      key          text NOT NULL UNIQUE,
      rules        jsonb NOT NULL,
      note         text NOT NULL,
      published_at timestamptz NOT NULL,
      published_by text NOT NULL
    );
    CREATE TRIGGER rule_versions_never_change BEFORE UPDATE OR DELETE ON rule_versions
      FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER rule_versions_never_emptied BEFORE TRUNCATE ON rule_versions
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

    -- One row at most: what is being worked on.
    CREATE TABLE rule_draft (
      is_only    boolean PRIMARY KEY DEFAULT true CHECK (is_only),
      rules      jsonb NOT NULL,
      updated_at timestamptz NOT NULL,
      updated_by text NOT NULL
    );

    -- The rules that the order began with; NULL: the built-in ones, by the strategy of its channel.
    ALTER TABLE orders ADD COLUMN rule_version integer REFERENCES rule_versions (number);

    -- Who may supply a line that waits, beyond its mode: the filters of its scenario and what they look at.
    ALTER TABLE backorders ADD COLUMN terms jsonb;
  `);
}
