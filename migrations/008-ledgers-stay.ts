import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Triggers on rows do not see a table that is emptied as a whole.
    CREATE TRIGGER stock_ledger_never_emptied BEFORE TRUNCATE ON stock_ledger
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER credit_ledger_never_emptied BEFORE TRUNCATE ON credit_ledger
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER payment_movements_never_emptied BEFORE TRUNCATE ON payment_movements
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

    -- A movement of money is planned first and agreed to later; what it moves never changes, and what was
    -- agreed to stays as it is.
    CREATE FUNCTION refuse_change_of_movement() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' OR OLD.done_at IS NOT NULL
         OR (NEW.key, NEW.payment_id, NEW.order_id, NEW.kind, NEW.amount)
            IS DISTINCT FROM (OLD.key, OLD.payment_id, OLD.order_id, OLD.kind, OLD.amount) THEN
        RAISE EXCEPTION '% is append only', TG_TABLE_NAME;
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER payment_movements_append_only BEFORE UPDATE OR DELETE ON payment_movements
      FOR EACH ROW EXECUTE FUNCTION refuse_change_of_movement();
  `);
}
