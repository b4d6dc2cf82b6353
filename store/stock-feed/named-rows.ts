/**
 * Rows of a feed as it names them (position, line, sku, quantity, unsellable), whether they are kept in lists or as the
 * text of a CSV file, in which a line that is no row has nothing in its place. `whichChunks` is a condition on the chunks, `c`.
 */
export const namedRows = (whichChunks: string): string => `
  SELECT c.position, r.line, r.sku, r.quantity, r.unsellable
  FROM stock_feed_chunks AS c
  CROSS JOIN LATERAL unnest(c.lines, c.skus, c.quantities, c.unsellable) AS r (line, sku, quantity, unsellable)
  WHERE ${whichChunks} AND c.text IS NULL
  UNION ALL
  SELECT c.position, (c.first_line + r.number - 1)::int, ${cell('sku')}, ${cell('quantity')}::int,
    CASE WHEN ${cell('unsellable')} <> '' THEN ${cell('unsellable')}::int END
  FROM stock_feed_chunks AS c
  JOIN stock_feeds AS f ON f.id = c.feed_id
  CROSS JOIN LATERAL (
    SELECT number, string_to_array(rtrim(line, E'\\r'), f.layout ->> 'separator') AS cells
    FROM string_to_table(convert_from(c.text, 'UTF8'), E'\\n') WITH ORDINALITY AS t (line, number)
    WHERE line <> ''
  ) AS r
  WHERE ${whichChunks} AND c.text IS NOT NULL`;

/** Columns are counted from 0, cells from 1; one that is not there is null. */
const cell = (column: string): string => `r.cells[(f.layout #>> '{columns,${column}}')::int + 1]`;
