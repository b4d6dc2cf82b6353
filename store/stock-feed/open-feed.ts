import type { FeedMode } from '../../domain/stock/feed';
import type { Database } from '../connect';

export interface OpenFeedInput {
  id: string;
  locationId: string;
  mode: FeedMode;
  takenAt: string;
  reference?: string;
  actor: string;
}

/**
 * Makes room for a feed that is about to be received; it is none until it is accepted. Answers whether its rows can be
 * compared with the counters as they come: not while another feed of the location is still to change them.
 */
export async function openFeed(db: Database, input: OpenFeedInput): Promise<{ isFirstInLine: boolean }> {
  const answer = await db.raw<{ rows: { isFirstInLine: boolean }[] }>(open, {
    ...input,
    reference: input.reference ?? null,
  });
  return answer.rows[0]!;
}

/** Who reads the ledger for stock alerts keeps up to where no row is still to appear. */
const open = `
  INSERT INTO stock_feeds (id, location_id, mode, taken_at, reference, actor, seen_id, follows)
  SELECT :id, :locationId, :mode, :takenAt, :reference, :actor, (SELECT settled_id FROM stock_alert_reader),
    CASE WHEN bool_and(f.state = 'applied') IS NOT FALSE THEN coalesce(max(f.position), 0) END
  FROM stock_feeds AS f WHERE f.location_id = :locationId AND f.state <> 'receiving'
  RETURNING follows IS NOT NULL AS "isFirstInLine"`;

/** Forgets a feed that was not accepted, with all that was received of it. */
export async function discardFeed(db: Database, id: string): Promise<void> {
  await db('stock_feeds').where({ id, state: 'receiving' }).delete();
}

/** Forgets what was begun to be received and never finished: whoever received it is gone. */
export async function forgetUnfinishedFeeds(db: Database): Promise<void> {
  await db('stock_feeds')
    .where('state', 'receiving')
    .whereRaw(`received_at < now() - interval '1 day'`)
    .delete();
}
