import type { Knex } from 'knex';
import type { FedChange, FeedRowResult } from '../../domain/stock/feed';
import type { OpenChunk } from './open-chunk';

/**
 * Writes what a chunk comes to, in one statement for the stock and one for the feed: counters, a ledger row for each
 * change with the feed behind it, the result of each row. Answers the SKUs of which there is more to sell now.
 */
export async function writeChunk(
  trx: Knex.Transaction,
  chunk: OpenChunk,
  changes: readonly FedChange[],
  results: readonly FeedRowResult[],
  at: string,
): Promise<string[]> {
  if (changes.length > 0)
    await trx.raw(moveStock, {
      feedId: chunk.feedId,
      locationId: chunk.locationId,
      actor: chunk.actor,
      at,
      lines: changes.map((change) => (change.line === null ? 'unnamed' : String(change.line))),
      skus: changes.map((change) => change.sku),
      onHand: changes.map((change) => change.onHand),
      unsellable: changes.map((change) => change.unsellable),
    });
  const grown = [...new Set(changes.filter((each) => each.onHand > each.unsellable).map((each) => each.sku))];
  await trx.raw(keepResults, { ...chunk, ...countsOf(chunk, results), grown, results: packed(results) });
  return grown;
}

const moveStock = `
  WITH changes AS (
    SELECT * FROM unnest(CAST(:lines AS text[]), CAST(:skus AS text[]), CAST(:onHand AS int[]),
                         CAST(:unsellable AS int[])) AS c (line, sku, on_hand, unsellable)
  ), total AS (
    SELECT sku, sum(on_hand)::int AS on_hand, sum(unsellable)::int AS unsellable FROM changes GROUP BY sku
  ), moved AS (
    UPDATE stock AS s SET on_hand = s.on_hand + t.on_hand, unsellable = s.unsellable + t.unsellable
    FROM total AS t WHERE s.sku = t.sku AND s.location_id = :locationId
    RETURNING s.sku, s.version
  )
  INSERT INTO stock_ledger (key, sku, location_id, cause, on_hand, unsellable, version, actor, reference, at)
  SELECT 'feed:' || :feedId || ':' || c.line, c.sku, :locationId, 'feed', c.on_hand, c.unsellable, m.version, :actor,
         :feedId, :at
  FROM changes AS c JOIN moved AS m ON m.sku = c.sku`;

const keepResults = `
  WITH kept AS (
    UPDATE stock_feed_chunks SET results = :results, grown = :grown
    WHERE feed_id = :feedId AND position = :position
  )
  UPDATE stock_feeds SET applied = applied + :applied, refused = refused + :refused,
    unchanged = unchanged + :unchanged, unnamed = unnamed + :unnamed
  WHERE id = :feedId`;

function countsOf(chunk: OpenChunk, results: readonly FeedRowResult[]) {
  const count = (outcome: FeedRowResult['outcome']) =>
    results.filter((result) => result.line !== null && result.outcome === outcome).length;
  const applied = count('applied');
  const refused = count('refused');
  const unnamed = results.filter((result) => result.line === null && result.outcome === 'applied').length;
  return { applied, refused, unnamed, unchanged: chunk.lines - applied - refused };
}

/** [line, sku, outcome, on hand before and after, unsellable before and after, reason]: a report reads it so. */
export type PackedResult = [
  number | null,
  string,
  FeedRowResult['outcome'],
  number | null,
  number | null,
  number | null,
  number | null,
  string | null,
];

const packed = (results: readonly FeedRowResult[]): string =>
  JSON.stringify(
    results.map(({ line, sku, outcome, before, after, reason }): PackedResult => [
      line,
      sku,
      outcome,
      before?.onHand ?? null,
      after?.onHand ?? null,
      before?.unsellable ?? null,
      after?.unsellable ?? null,
      reason,
    ]),
  );
