import type { Database } from '../connect';
import { subscriptionOf, type Subscription, type SubscriptionRow } from './subscription';

export interface SaveSubscriptionInput {
  channel: string;
  url: string;
  /** Kept where there is a subscription already and `isNewSecret` is not set. */
  secret: string;
  isNewSecret: boolean;
  locations: string[] | null;
}

/**
 * Subscribes a channel, or changes where and what it is told. A new address, or other locations, begin with everything
 * there is; the ledger is followed from now.
 */
export async function saveSubscription(
  db: Database,
  input: SaveSubscriptionInput,
): Promise<{ subscription: Subscription; secret: string }> {
  const saved = await db.raw<{ rows: SubscriptionRow[] }>(sql, { ...input });
  const row = saved.rows[0]!;
  return { subscription: subscriptionOf(row), secret: row.secret };
}

// Transactions that run at this moment may hold ids below the newest one: of those some thousands are read again.
// A sequence never falls, not even for somebody who comes back.
const sql = `
  INSERT INTO channel_subscriptions AS s
    (channel, url, secret, locations, walk, sequence, seen_id, settled_id, settling_id, settling_xid)
  SELECT :channel, :url, :secret, CAST(:locations AS text[]), 'snapshot',
         floor(extract(epoch FROM clock_timestamp()) * 1000), mark.id, greatest(mark.id - 10000, 0), mark.id,
         pg_snapshot_xmax(pg_current_snapshot())::text::bigint
  FROM (SELECT coalesce(max(id), 0) AS id FROM stock_ledger) AS mark
  ON CONFLICT (channel) DO UPDATE SET
    url = excluded.url, locations = excluded.locations,
    secret = CASE WHEN CAST(:isNewSecret AS boolean) THEN excluded.secret ELSE s.secret END,
    failures = 0, retry_at = NULL, last_error = NULL,
    walk = CASE WHEN (s.url, s.locations) IS DISTINCT FROM (excluded.url, excluded.locations) THEN 'snapshot'
           ELSE s.walk END,
    walk_scopes = CASE WHEN (s.url, s.locations) IS DISTINCT FROM (excluded.url, excluded.locations) THEN NULL
                  ELSE s.walk_scopes END,
    walked_to = CASE WHEN (s.url, s.locations) IS DISTINCT FROM (excluded.url, excluded.locations) THEN ''
                ELSE s.walked_to END
  RETURNING *`;

/** Tells the channel everything once more, from the beginning. */
export async function askForSnapshot(db: Database, channel: string): Promise<Subscription | null> {
  const rows: SubscriptionRow[] = await db('channel_subscriptions')
    .where({ channel })
    .update({ walk: 'snapshot', walk_scopes: null, walked_to: '', walk_again: false, retry_at: null })
    .returning('*');
  return rows[0] ? subscriptionOf(rows[0]) : null;
}

/** The channel is told nothing any more; what it was told is forgotten. */
export async function deleteSubscription(db: Database, channel: string): Promise<void> {
  await db('channel_subscriptions').where({ channel }).delete();
}

export async function findSubscription(db: Database, channel: string): Promise<Subscription | null> {
  const row: SubscriptionRow | undefined = await db('channel_subscriptions').where({ channel }).first();
  return row ? subscriptionOf(row) : null;
}
