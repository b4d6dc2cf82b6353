import type { AvailabilityItem } from '../../domain/stock/availability-event';
import type { Database } from '../connect';
import type { LedgerMarks } from './read-changes';

export interface BeginPushInput {
  channel: string;
  pusher: string;
  leaseMs: number;
  kind: 'changes' | 'snapshot';
  items: readonly AvailabilityItem[];
}

/**
 * Before a message leaves: its number, its row in the log, and that from now on nobody knows what the channel holds for
 * true. Null when the channel is in other hands by now, or is not subscribed any more: then nothing may leave.
 */
export async function beginPush(db: Database, { items, ...input }: BeginPushInput): Promise<number | null> {
  const begun = await db.raw<{ rows: { sequence: number }[] }>(begin, {
    ...input,
    items: items.length,
    skus: items.map((item) => item.sku),
  });
  return begun.rows[0]?.sequence ?? null;
}

const begin = `
  WITH mine AS (
    UPDATE channel_subscriptions SET sequence = sequence + 1,
      leased_until = clock_timestamp() + CAST(:leaseMs AS int) * interval '1 millisecond'
    WHERE channel = :channel AND leased_by = :pusher AND leased_until > clock_timestamp()
    RETURNING channel, sequence
  ), logged AS (
    INSERT INTO channel_deliveries (channel, sequence, kind, items)
    SELECT channel, sequence, :kind, :items FROM mine
  ), doubted AS (
    INSERT INTO channel_availability (channel, sku)
    SELECT mine.channel, s.sku FROM mine, unnest(CAST(:skus AS text[])) AS s (sku)
    ON CONFLICT (channel, sku) DO UPDATE SET available = NULL
  )
  SELECT sequence FROM mine`;

export interface EndPushInput {
  channel: string;
  pusher: string;
  sequence: number;
}

/** The channel took it: that is what it holds for true. */
export async function recordTaken(
  db: Database,
  { items, ...input }: EndPushInput & { items: readonly AvailabilityItem[] },
): Promise<void> {
  await db.raw(taken, {
    ...input,
    skus: items.map((item) => item.sku),
    available: items.map((item) => item.available),
  });
}

/** Whoever was overtaken by another pusher does not know what that one told. */
const taken = `
  WITH mine AS (
    UPDATE channel_subscriptions SET failures = 0, retry_at = NULL, last_error = NULL, last_delivered_at = now()
    WHERE channel = :channel AND leased_by = :pusher AND sequence = :sequence
    RETURNING channel
  ), logged AS (
    UPDATE channel_deliveries SET delivered_at = clock_timestamp()
    WHERE channel = :channel AND sequence = :sequence
  )
  UPDATE channel_availability AS a SET available = i.available
  FROM mine, unnest(CAST(:skus AS text[]), CAST(:available AS int[])) AS i (sku, available)
  WHERE a.channel = mine.channel AND a.sku = i.sku`;

/** It did not say that it took it: it is left alone for a while. */
export async function recordRefused(
  db: Database,
  input: EndPushInput & { detail: string; waitMs: number },
): Promise<void> {
  await db.raw(refused, { ...input, detail: input.detail.slice(0, 500) });
}

const refused = `
  WITH logged AS (
    UPDATE channel_deliveries SET error = :detail WHERE channel = :channel AND sequence = :sequence
  )
  UPDATE channel_subscriptions SET failures = failures + 1, last_error = :detail,
    retry_at = clock_timestamp() + CAST(:waitMs AS int) * interval '1 millisecond',
    leased_by = NULL, leased_until = NULL
  WHERE channel = :channel AND leased_by = :pusher`;

/** The channel was told everything up to here. */
export async function keepMarks(
  db: Database,
  { channel, pusher, marks }: { channel: string; pusher: string; marks: LedgerMarks },
): Promise<void> {
  await db('channel_subscriptions').where({ channel, leased_by: pusher }).update({
    seen_id: marks.seenId,
    settled_id: marks.settledId,
    settling_id: marks.settlingId,
    settling_xid: marks.settlingXid,
  });
}

/** A walk has come so far, or to its end; whatever asked for another walk meanwhile gets it. */
export async function keepWalk(
  db: Database,
  input: { channel: string; pusher: string; walk: string; from: string; to: string; isOver: boolean },
): Promise<void> {
  await db.raw(walked, { ...input });
}

/** Somebody who began the walk anew meanwhile is not set back. */
const walked = `
  UPDATE channel_subscriptions SET
    walked_to = CASE WHEN CAST(:isOver AS boolean) THEN '' ELSE :to END,
    walk = CASE WHEN NOT CAST(:isOver AS boolean) THEN walk WHEN walk_again THEN 'changes' END,
    walk_scopes = CASE WHEN NOT CAST(:isOver AS boolean) THEN walk_scopes WHEN walk_again THEN walk_again_scopes END,
    walk_again_scopes = CASE WHEN NOT CAST(:isOver AS boolean) THEN walk_again_scopes END,
    walk_again = walk_again AND NOT CAST(:isOver AS boolean)
  WHERE channel = :channel AND leased_by = :pusher AND walk = :walk AND walked_to = :from`;
