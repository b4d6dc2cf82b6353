import type { FeedLayout } from '../../domain/stock/feed-header';
import type { Database } from '../connect';
import { sortsByBytes } from './sorts-by-bytes';

/** What the last full feed of a location said of it, and where that may be true no more. */
export interface FeedBefore {
  layout: FeedLayout;
  /** SKUs that have moved since, or that the feed did not simply set: ascending by their bytes. */
  touched: Buffer[];
  /** All other lines of the feed, in pieces of whole lines, their SKUs ascending by their bytes. */
  texts: AsyncIterator<Buffer>;
}

/** Beyond it, to compare with the counters costs no more. */
const mostTouched = 100_000;
const textsAtOnce = 8;

/**
 * Finds the feed by which the next one of its location can be read: of a row that says what it said, and whose place was
 * not touched since, nothing is to be done. Null where there is none, its rows are forgotten or not ascending, or far too
 * much has moved. Good only for who is first in line: a feed that is still to be applied would change the counters.
 */
export async function findFeedBefore(db: Database, locationId: string): Promise<FeedBefore | null> {
  const found = await db.raw<{ rows: { id: string; layout: FeedLayout; seenId: string }[] }>(newest, {
    locationId,
  });
  const before = found.rows[0];
  if (!before) return null;
  const answer = await db.raw<{ rows: { skus: string[]; moved: number; texts: number }[] }>(touched, {
    ...{ feedId: before.id, seenId: before.seenId },
    ...{ locationId, mostTouched },
  });
  const { skus, moved, texts: count } = answer.rows[0]!;
  if (moved > mostTouched || skus.length > mostTouched) return null;
  return {
    layout: before.layout,
    touched: skus.map((sku) => Buffer.from(sku)),
    texts: readTexts(db, before.id, count),
  };
}

/** What comes behind the last row of the next feed is looked for by the order of the database. */
const newest = `
  SELECT id, layout, seen_id AS "seenId" FROM (
    SELECT * FROM stock_feeds
    WHERE location_id = :locationId AND mode = 'full' AND state <> 'receiving'
    ORDER BY position DESC LIMIT 1
  ) AS f
  WHERE state = 'applied' AND is_ascending AND compared_to IS NOT NULL AND layout IS NOT NULL AND seen_id IS NOT NULL
    AND remark IS NULL AND rows_forgotten_at IS NULL AND ${sortsByBytes}`;

/**
 * A row of the feed that has a result of its own was refused, corrected, or is of a SKU that it did not name. Of the
 * ledger only what came since is read: where it begins is given, for a join would look for it from the first row on.
 */
const touched = `
  WITH moved AS MATERIALIZED (
    SELECT sku, (on_hand <> 0 OR unsellable <> 0) AND (cause <> 'feed' OR reference IS DISTINCT FROM :feedId) AS is_touched
    FROM stock_ledger
    WHERE location_id = :locationId AND id > CAST(:seenId AS bigint)
    ORDER BY id LIMIT CAST(:mostTouched AS int) + 1
  ), chunks AS MATERIALIZED (
    SELECT results, problems, skus, text IS NULL AS is_listed FROM stock_feed_chunks WHERE feed_id = :feedId
  ), touched AS (
    SELECT sku FROM moved WHERE is_touched
    UNION SELECT r ->> 1 FROM chunks CROSS JOIN LATERAL json_array_elements(results) AS r
    UNION SELECT p ->> 'sku' FROM chunks CROSS JOIN LATERAL json_array_elements(problems) AS p
    UNION SELECT unnest(skus) FROM chunks WHERE is_listed
  )
  SELECT (SELECT count(*)::int FROM moved) AS moved, (SELECT count(*)::int FROM chunks WHERE NOT is_listed) AS texts,
    ARRAY(SELECT sku FROM touched WHERE sku <> '' ORDER BY sku COLLATE "C" LIMIT CAST(:mostTouched AS int) + 1) AS skus`;

/**
 * The next ones are asked for before those at hand are read. Throws when rows were forgotten meanwhile: what they named
 * would seem to be gone.
 */
async function* readTexts(db: Database, feedId: string, count: number): AsyncGenerator<Buffer> {
  let asked = askForTexts(db, feedId, -1);
  for (let read = 0; read < count;) {
    const found = await asked;
    if (found.length === 0)
      throw new Error(`Rows of feed ${feedId} were forgotten while the next one was read`);
    read += found.length;
    if (read < count) asked = askForTexts(db, feedId, found.at(-1)!.position);
    for (const { text } of found) yield text;
  }
}

interface KeptText {
  position: number;
  text: Buffer;
}

function askForTexts(db: Database, feedId: string, after: number): Promise<KeptText[]> {
  const answer = db.raw<{ rows: KeptText[] }>(texts, { feedId, after, textsAtOnce }).then(({ rows }) => rows);
  // Whoever reads may have stopped: the file is not one, or its sender is gone.
  answer.catch(() => undefined);
  return answer;
}

const texts = `
  SELECT position, text FROM stock_feed_chunks
  WHERE feed_id = :feedId AND position > :after AND text IS NOT NULL
  ORDER BY position LIMIT :textsAtOnce`;
