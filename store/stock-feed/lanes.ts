import type { Database } from '../connect';

/** Chunks that one connection applies, one portion after the other: from a position, until before another. */
export interface Lane {
  from: number;
  until: number;
}

/** Below so many rows a second connection is not worth its beginning. */
const worthTwo = 5_000;

/**
 * The chunks of a full feed that are still to be applied, in two parts with about as much to do: each names SKUs that no
 * other does, so they are applied side by side. What the feed does not name is in neither: whether that is taken off
 * depends on what comes of all the others. A delta may name a SKU again and again; it is applied in the order of its
 * file.
 */
export async function readLanes(db: Database, feedId: string): Promise<Lane[]> {
  const answer = await db.raw<{ rows: { first: number; middle: number; end: number; due: number }[] }>(
    halves,
    { feedId },
  );
  const open = answer.rows[0];
  if (!open || open.due < worthTwo || open.middle === open.first) return [];
  return [
    { from: open.first, until: open.middle },
    { from: open.middle, until: open.end },
  ];
}

const halves = `
  WITH open AS (
    SELECT c.position, cardinality(c.due_lines) AS due,
      sum(cardinality(c.due_lines)) OVER (ORDER BY c.position) AS so_far,
      sum(cardinality(c.due_lines)) OVER () AS whole
    FROM stock_feed_chunks AS c JOIN stock_feeds AS f ON f.id = c.feed_id
    WHERE c.feed_id = :feedId AND f.mode = 'full' AND c.results IS NULL AND c.lines IS NOT NULL
      AND c.due_lines IS NOT NULL
  )
  SELECT min(position) AS first, coalesce(min(position) FILTER (WHERE (so_far - due) * 2 >= whole), min(position)) AS middle,
         max(position) + 1 AS end, coalesce(sum(due), 0)::int AS due
  FROM open`;
