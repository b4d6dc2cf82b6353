import type { Database } from '../connect';
import type { SubscriptionRow, WalkScope } from './subscription';

/** A channel that has something to be told, in the hands of one pusher alone until its lease runs out. */
export interface ClaimedSubscription {
  channel: string;
  url: string;
  secret: string;
  locations: string[] | null;
  seenId: number;
  settledId: number;
  settlingId: number | null;
  settlingXid: number | null;
  walk: 'changes' | 'snapshot' | null;
  /** What the walk looks at; null: every SKU. */
  walkScopes: WalkScope[] | null;
  walkedTo: string;
  failures: number;
}

/** Takes the channels that may be told something now: nobody else gets them before the lease runs out. */
export async function claimSubscriptions(
  db: Database,
  { pusher, leaseMs }: { pusher: string; leaseMs: number },
): Promise<ClaimedSubscription[]> {
  const claimed = await db.raw<{ rows: SubscriptionRow[] }>(sql, { pusher, leaseMs });
  return claimed.rows.map((row) => ({
    channel: row.channel,
    url: row.url,
    secret: row.secret,
    locations: row.locations,
    seenId: row.seen_id,
    settledId: row.settled_id,
    settlingId: row.settling_id,
    settlingXid: row.settling_xid,
    walk: row.walk,
    walkScopes: row.walk_scopes,
    walkedTo: row.walked_to,
    failures: row.failures,
  }));
}

const sql = `
  UPDATE channel_subscriptions SET leased_by = :pusher,
    leased_until = clock_timestamp() + CAST(:leaseMs AS int) * interval '1 millisecond'
  WHERE channel IN (
    SELECT channel FROM channel_subscriptions
    WHERE (leased_until IS NULL OR leased_until < clock_timestamp() OR leased_by = :pusher)
      AND (retry_at IS NULL OR retry_at <= clock_timestamp())
      AND (walk IS NOT NULL OR settling_id IS NOT NULL OR seen_id < (SELECT max(id) FROM stock_ledger))
    FOR UPDATE SKIP LOCKED
  )
  RETURNING *`;

/** Lets another pusher have the channel at once. */
export async function releaseSubscription(db: Database, channel: string, pusher: string): Promise<void> {
  await db('channel_subscriptions')
    .where({ channel, leased_by: pusher })
    .update({ leased_by: null, leased_until: null });
}
