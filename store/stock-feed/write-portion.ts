import type { Knex } from 'knex';
import type { FedChange, FeedRowResult } from '../../domain/stock/feed';
import type { OpenPortion } from './open-portion';
import type { ChunkResult } from './read-told-rows';

export interface WrittenPortion {
  /** Rows that are set already, with all that belongs to it. */
  set: number;
  /** Of all other rows that are not simply unchanged. */
  results: readonly ChunkResult[];
  changes: readonly FedChange[];
  at: string;
}

/**
 * Writes what a portion comes to, in one statement for the stock and one for the feed: counters, a ledger row for each
 * change with the feed behind it, the result of each row. Answers whether there is more of anything to sell now.
 */
export async function writePortion(
  trx: Knex.Transaction,
  portion: OpenPortion,
  { set, results, changes, at }: WrittenPortion,
): Promise<{ hasGrown: boolean }> {
  if (changes.length > 0)
    await trx.raw(moveStock, {
      feedId: portion.feedId,
      locationId: portion.locationId,
      actor: portion.actor,
      at,
      lines: changes.map((change) => (change.line === null ? 'unnamed' : String(change.line))),
      skus: changes.map((change) => change.sku),
      onHand: changes.map((change) => change.onHand),
      unsellable: changes.map((change) => change.unsellable),
    });
  const chunks = JSON.stringify(chunksOf(results, changes));
  const counts = countsOf(portion, set, results);
  const answer = await trx.raw<{ rows: { hasGrown: boolean }[] }>(keepResults, {
    ...portion,
    ...counts,
    chunks,
  });
  return answer.rows[0]!;
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
  WITH told AS (
    SELECT * FROM json_to_recordset(:chunks) AS t (position int, results json, grown text[])
  ), kept AS (
    UPDATE stock_feed_chunks AS c SET
      results = coalesce((SELECT t.results FROM told AS t WHERE t.position = c.position), '[]'),
      grown = CASE WHEN EXISTS (SELECT 1 FROM told AS t WHERE t.position = c.position)
              THEN c.grown || (SELECT t.grown FROM told AS t WHERE t.position = c.position) ELSE c.grown END
    WHERE c.feed_id = :feedId AND c.position BETWEEN :first AND :last
    RETURNING c.grown <> '{}' AS has_grown
  ), counted AS (
    UPDATE stock_feeds SET applied = applied + :applied, refused = refused + :refused,
      unchanged = unchanged + :unchanged, unnamed = unnamed + :unnamed
    WHERE id = :feedId
  )
  SELECT bool_or(has_grown) AS "hasGrown" FROM kept`;

function countsOf(portion: OpenPortion, set: number, results: readonly ChunkResult[]) {
  const count = (outcome: FeedRowResult['outcome']) =>
    results.filter((result) => result.line !== null && result.outcome === outcome).length;
  const applied = set + count('applied');
  const refused = count('refused');
  const unnamed = results.filter((result) => result.line === null && result.outcome === 'applied').length;
  return { applied, refused, unnamed, unchanged: portion.lines - applied - refused };
}

/** What is told of each chunk of which something is; SKUs that grew are noted with a chunk that named them. */
function chunksOf(results: readonly ChunkResult[], changes: readonly FedChange[]) {
  const skus = new Set(changes.filter((each) => each.onHand > each.unsellable).map((each) => each.sku));
  const chunks = new Map<number, { position: number; results: PackedResult[]; grown: string[] }>();
  for (const result of results) {
    const { position } = result;
    const chunk = chunks.get(position) ?? { position, results: [], grown: [] };
    chunk.results.push(pack(result));
    if (skus.delete(result.sku)) chunk.grown.push(result.sku);
    chunks.set(position, chunk);
  }
  return [...chunks.values()];
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

const pack = ({ line, sku, outcome, before, after, reason }: FeedRowResult): PackedResult => [
  line,
  sku,
  outcome,
  before?.onHand ?? null,
  after?.onHand ?? null,
  before?.unsellable ?? null,
  after?.unsellable ?? null,
  reason,
];
