import type { Database } from '../../store/connect';

/**
 * While `act` runs, a transaction that has changed something ends when another waits for what it holds, or soon when
 * nobody does: two that do the same meet, and the second goes on from what it saw before the first ended.
 */
export async function meeting<T>(db: Database, act: () => Promise<T>): Promise<T> {
  await db.raw(prepare);
  await db.raw(begin);
  try {
    return await act();
  } finally {
    await db.raw(end);
  }
}

const prepare = `
  CREATE SCHEMA IF NOT EXISTS meetings;
  CREATE OR REPLACE FUNCTION meetings.wait() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    transaction text := pg_current_xact_id();
    latest timestamptz := clock_timestamp() + interval '40 ms';
  BEGIN
    IF current_setting('meetings.waited', true) = transaction THEN RETURN NULL; END IF;
    PERFORM set_config('meetings.waited', transaction, true);
    WHILE clock_timestamp() < latest AND NOT EXISTS (
      SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))
    LOOP PERFORM pg_sleep(0.002); END LOOP;
    RETURN NULL;
  END $$`;

const onEach = (statement: string) => `
  DO $do$ DECLARE t regclass; BEGIN
    FOR t IN SELECT oid FROM pg_class
             WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace::regnamespace::text IN ('public', 'sandbox')
    LOOP EXECUTE format($$${statement}$$, t); END LOOP;
  END $do$`;

const begin = onEach(`CREATE CONSTRAINT TRIGGER meet AFTER INSERT OR UPDATE OR DELETE ON %s
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION meetings.wait()`);
const end = onEach('DROP TRIGGER meet ON %s');
