/**
 * What follows a list of pieces that leave some counters: their sums by place, the rows locked in the order of
 * everybody, and the counters lowered.
 *
 * @param from the part of the statement that lists the pieces: sku, location_id, quantity
 * @returns the parts `total`, `locked` and `lowered` (sku, location_id, version), to stand after it
 */
export const lowerCounters = (
  from: string,
  counters: readonly ('on_hand' | 'allocated' | 'reserved')[],
): string => `
  total AS (
    SELECT sku, location_id, sum(quantity)::int AS quantity FROM ${from} GROUP BY 1, 2
  ), locked AS (
    SELECT s.sku, s.location_id FROM stock AS s
    WHERE (s.sku, s.location_id) IN (SELECT sku, location_id FROM total)
    ORDER BY s.sku, s.location_id FOR UPDATE
  ), lowered AS (
    UPDATE stock AS s SET ${counters.map((counter) => `${counter} = s.${counter} - t.quantity`).join(', ')}
    FROM total AS t JOIN locked AS l ON l.sku = t.sku AND l.location_id = t.location_id
    WHERE s.sku = t.sku AND s.location_id = t.location_id
    RETURNING s.sku, s.location_id, s.version
  )`;
