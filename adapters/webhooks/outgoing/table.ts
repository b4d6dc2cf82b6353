import type { Pool, PoolClient } from 'pg';

/** A webhook that waits in the table until its receiver took it. */
export interface WaitingWebhook {
  id: string;
  url: string;
  payload: object;
  attempts: number;
}

export interface NewWebhook {
  /** Names the event; enqueued again it is ignored, sent again it is the same to its receiver. */
  id: string;
  /** Webhooks of one thread are sent one after the other, as they were enqueued. */
  thread: string;
  url: string;
  payload: object;
  dueAt: Date;
}

/** How long a sender that died keeps others from trying. */
const leaseMs = 30_000;
const atOnce = 16;

/** The table is shared by all senders of a schema; several may create it at the same moment. */
export async function createTable(pool: Pool, schema: string): Promise<void> {
  await pool.query(`
    select pg_advisory_xact_lock(hashtext('${schema}'));
    create schema if not exists ${schema};
    create table if not exists ${schema}.webhooks (
      position bigint generated always as identity,
      sender text not null,
      id text not null,
      thread text not null,
      url text not null,
      payload jsonb not null,
      due_at timestamptz not null,
      leased_until timestamptz,
      attempts integer not null default 0,
      delivered_at timestamptz,
      given_up_at timestamptz,
      primary key (sender, id)
    );
    create index if not exists webhooks_waiting on ${schema}.webhooks (sender, thread, position)
      where delivered_at is null and given_up_at is null;`);
}

/** The statements of one sender over the table of a schema. Instants come from the caller's clock. */
export function createWebhookTable(pool: Pool, schema: string, sender: string) {
  const table = `${schema}.webhooks`;
  const waiting = `sender = $1 and delivered_at is null and given_up_at is null`;
  const heads = `select distinct on (thread) id, greatest(due_at, leased_until) as due_at
                   from ${table} where ${waiting} order by thread, position`;
  return {
    async add(client: PoolClient, webhooks: readonly NewWebhook[]): Promise<void> {
      await client.query(
        `insert into ${table} (sender, id, thread, url, payload, due_at)
         select $1, w.id, w.thread, w.url, w.payload, w."dueAt"
           from jsonb_to_recordset($2::jsonb)
             as w(id text, thread text, url text, payload jsonb, "dueAt" timestamptz)
         on conflict (sender, id) do nothing`,
        [sender, JSON.stringify(webhooks)],
      );
    },

    /** Takes what is due, of each thread the first alone; a lease keeps others away meanwhile. */
    async take(now: Date): Promise<WaitingWebhook[]> {
      const { rows } = await pool.query<WaitingWebhook>(
        `update ${table} set leased_until = $3, attempts = attempts + 1
          where ${waiting} and (leased_until is null or leased_until <= $2)
            and id in (select id from (${heads}) head where due_at <= $2 order by due_at limit ${atOnce})
        returning id, url, payload, attempts`,
        [sender, now, new Date(now.getTime() + leaseMs)],
      );
      return rows;
    },

    async nextDueAt(): Promise<Date | null> {
      const { rows } = await pool.query<{ due_at: Date | null }>(
        `select min(due_at) as due_at from (${heads}) head`,
        [sender],
      );
      return rows[0]?.due_at ?? null;
    },

    async markDelivered(id: string, now: Date): Promise<void> {
      await pool.query(`update ${table} set delivered_at = $3 where sender = $1 and id = $2`, [
        sender,
        id,
        now,
      ]);
    },

    async giveUp(id: string, now: Date): Promise<void> {
      await pool.query(`update ${table} set given_up_at = $3 where sender = $1 and id = $2`, [
        sender,
        id,
        now,
      ]);
    },

    async postpone(id: string, dueAt: Date): Promise<void> {
      await pool.query(`update ${table} set due_at = $3, leased_until = null where sender = $1 and id = $2`, [
        sender,
        id,
        dueAt,
      ]);
    },

    /** Takes whole threads back, all or none: none when something of them was already tried. */
    async withdraw(client: PoolClient, threads: readonly string[]): Promise<boolean> {
      const { rows } = await client.query<{ attempts: number }>(
        `select attempts from ${table} where sender = $1 and thread = any($2) order by position for update`,
        [sender, threads],
      );
      if (rows.some(({ attempts }) => attempts > 0)) return false;
      await client.query(`delete from ${table} where sender = $1 and thread = any($2)`, [sender, threads]);
      return true;
    },
  };
}
