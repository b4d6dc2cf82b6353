import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE stock_feed_chunks
      -- The rows that do not agree with the counters, whole, so that nothing else of a chunk need be read again to apply
      -- it; null where all of its rows are due.
      ADD COLUMN due_lines integer[],
      ADD COLUMN due_skus text[],
      ADD COLUMN due_quantities integer[],
      ADD COLUMN due_unsellable integer[],
      -- The lines that were set just as they say, and what was there before: what most results are, without a text each.
      ADD COLUMN set_lines integer[],
      ADD COLUMN set_from integer[],
      ADD COLUMN set_from_unsellable integer[];

    -- What was compared and not yet applied.
    UPDATE stock_feed_chunks AS c SET due_lines = d.lines, due_skus = d.skus, due_quantities = d.quantities,
      due_unsellable = d.unsellable
    FROM (
      SELECT o.feed_id, o.position, coalesce(array_agg(r.line) FILTER (WHERE r.line = ANY (o.different)), '{}') AS lines,
        coalesce(array_agg(r.sku) FILTER (WHERE r.line = ANY (o.different)), '{}') AS skus,
        coalesce(array_agg(r.quantity) FILTER (WHERE r.line = ANY (o.different)), '{}') AS quantities,
        coalesce(array_agg(r.unsellable) FILTER (WHERE r.line = ANY (o.different)), '{}') AS unsellable
      FROM stock_feed_chunks AS o
      CROSS JOIN LATERAL unnest(o.lines, o.skus, o.quantities, o.unsellable) AS r (line, sku, quantity, unsellable)
      WHERE o.results IS NULL AND o.different IS NOT NULL
      GROUP BY o.feed_id, o.position
    ) AS d
    WHERE c.feed_id = d.feed_id AND c.position = d.position;
    ALTER TABLE stock_feed_chunks DROP COLUMN different;

    -- As for the rows themselves: to compress them costs more than the room is worth.
    ALTER TABLE stock_feed_chunks
      ALTER COLUMN due_lines SET STORAGE EXTERNAL,
      ALTER COLUMN due_skus SET STORAGE EXTERNAL,
      ALTER COLUMN due_quantities SET STORAGE EXTERNAL,
      ALTER COLUMN due_unsellable SET STORAGE EXTERNAL,
      ALTER COLUMN set_lines SET STORAGE EXTERNAL,
      ALTER COLUMN set_from SET STORAGE EXTERNAL,
      ALTER COLUMN set_from_unsellable SET STORAGE EXTERNAL,
      ALTER COLUMN grown SET STORAGE EXTERNAL;
  `);
}
