import type { Knex } from 'knex';
import { planFeedRows } from '../../domain/stock/feed';
import type { Database } from '../connect';
import { assignBackorders } from '../stock/assign-backorders';
import { inTransaction } from '../transaction';
import type { Lane } from './lanes';
import { lockFedPlaces } from './lock-fed-places';
import { lockNextPortion, type OpenPortion } from './open-portion';
import { readDueRows, type DueRow } from './read-due-rows';
import { readToldRows } from './read-told-rows';
import { lockWaitedFor, readGrownOf } from './serve-waited-for';
import { setPlainRows } from './set-plain-rows';
import { writePortion } from './write-portion';

export type ApplyPortionResult =
  /** Up to which chunk, and whether there is more of anything to sell. */
  { outcome: 'applied'; last: number; hasGrown: boolean } | { outcome: 'none' };

/** About as many rows as one transaction changes. */
const mostDue = 5_000;
const wholeFeed: Lane = { from: 0, until: 2 ** 31 - 1 };

/**
 * Applies the next chunks of a feed in one transaction: counters, ledger, results, and new stock given to lines that
 * wait for it. Rows that the counters agree with already are not looked at. A chunk is applied once; asked again, the
 * next ones are.
 */
export async function applyPortion(
  db: Database,
  feedId: string,
  at: string,
  lane: Lane = wholeFeed,
): Promise<ApplyPortionResult> {
  return inTransaction(db, async (trx) => {
    const portion = await lockNextPortion(trx, feedId, lane, mostDue);
    if (!portion) return { outcome: 'none' };
    if (portion.isUnnamed && !portion.hasGoodRows) return concludeNothing(trx, portion);
    const waiting = portion.due > 0 ? await lockWaitedFor(trx, portion) : [];
    const { set, others } = await setWhatIsPlain(trx, portion, at);
    const places = await lockFedPlaces(trx, portion, others);
    const { results, changes } = planFeedRows(portion.mode, others, places);
    const told = portion.isToldOf ? await readToldRows(trx, portion) : [];
    const positions = others.map(({ position }) => position);
    const planned = results.map((result, index) => ({ ...result, position: positions[index]! }));
    const { hasGrown } = await writePortion(trx, portion, {
      set,
      results: [...planned, ...told],
      changes,
      at,
    });
    await assignBackorders(trx, { skus: await readGrownOf(trx, portion, waiting), at });
    return { outcome: 'applied', last: portion.last, hasGrown };
  });
}

/** Most rows of a full feed are done by one statement; the others, and those of a delta, are planned one by one. */
async function setWhatIsPlain(
  trx: Knex.Transaction,
  portion: OpenPortion,
  at: string,
): Promise<{ set: number; others: DueRow[] }> {
  if (portion.due === 0) return { set: 0, others: [] };
  const isPlanned = portion.mode === 'delta' || portion.isUnnamed;
  return isPlanned ? { set: 0, others: await readDueRows(trx, portion) } : setPlainRows(trx, portion, at);
}

/** A file of nothing but errors says nothing about what it does not name either. */
async function concludeNothing(trx: Knex.Transaction, { feedId, last }: OpenPortion) {
  await trx('stock_feed_chunks').where({ feed_id: feedId, lines: null }).delete();
  const remark = 'No row could be applied: what the feed does not name was left as it is';
  await trx('stock_feeds').where({ id: feedId }).update({ remark });
  return { outcome: 'applied' as const, last, hasGrown: false };
}
