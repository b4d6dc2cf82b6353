import type { AllocationRequest } from './allocation';

/** What one order of a batch wants of each place, as the statement reads it: three arrays side by side. */
interface Wants {
  /** Places by their number in the batch, from 1. */
  places: number[];
  quantities: number[];
  keepBacks: number[];
}

export interface Filling {
  /** The batch's places, numbered; parameter `:places`. */
  places: { place: number; sku: string; locationId: string }[];
  /** In the order of the batch. */
  wants: Wants[];
}

/** Sums up what each order of a batch wants of each place: lines of one order share a place's pieces. */
export function planFilling(orders: readonly (readonly AllocationRequest[])[]): Filling {
  const places = new Map<string, Filling['places'][number]>();
  const numberOf = ({ sku, locationId }: AllocationRequest): number => {
    const name = JSON.stringify([sku, locationId]);
    const known = places.get(name);
    if (known) return known.place;
    places.set(name, { place: places.size + 1, sku, locationId });
    return places.size;
  };
  const wants = orders.map((allocations) => {
    const byPlace = new Map<number, { quantity: number; keepBack: number }>();
    for (const wanted of allocations) {
      const place = numberOf(wanted);
      const { quantity, keepBack } = byPlace.get(place) ?? { quantity: 0, keepBack: wanted.keepBack };
      byPlace.set(place, {
        quantity: quantity + wanted.quantity,
        keepBack: Math.max(keepBack, wanted.keepBack),
      });
    }
    const sums = [...byPlace.values()];
    return {
      places: [...byPlace.keys()],
      quantities: sums.map(({ quantity }) => quantity),
      keepBacks: sums.map(({ keepBack }) => keepBack),
    };
  });
  return { places: [...places.values()], wants };
}

/** The columns of `asked` that `fillInTurn` reads, as a record set's definition. */
export const wantsColumns = 'n int, places int[], quantities int[], "keepBacks" int[]';

/**
 * Common table expressions of a statement WITH RECURSIVE over `asked`, the orders numbered from 1 by arrival:
 * locks the stock rows in key order, then lets each order in its turn take all that it wants of what those before
 * it have left, or nothing. `fitting` are those that may take; who is `isKnown` may not take again. Turns are only
 * taken where the orders together want more than there is.
 */
export const fillInTurn = `
  place AS (
    SELECT * FROM jsonb_to_recordset(:places) AS p (place int, sku text, "locationId" text)
  ), locked AS (
    SELECT s.sku, s.location_id,
           s.on_hand - s.unsellable - s.reserved - s.allocated - s.safety_stock AS available
    FROM stock AS s WHERE (s.sku, s.location_id) IN (SELECT sku, "locationId" FROM place)
    ORDER BY s.sku, s.location_id FOR UPDATE
  ), offer AS (
    SELECT p.place, coalesce(l.available, 0) AS available
    FROM place AS p LEFT JOIN locked AS l ON l.sku = p.sku AND l.location_id = p."locationId"
  ), scarce AS (
    SELECT o.place
    FROM asked AS a, unnest(a.places, a.quantities, a."keepBacks") AS w (place, quantity, keep_back)
    JOIN offer AS o ON o.place = w.place
    WHERE NOT a."isKnown"
    GROUP BY o.place, o.available HAVING o.available - max(w.keep_back) < sum(w.quantity)
  ), turn (n, fits, rest) AS (
    SELECT 0, false, (SELECT array_agg(available ORDER BY place) FROM offer)
    WHERE EXISTS (SELECT 1 FROM scarce)
    UNION ALL
    SELECT a.n, own.fits, CASE WHEN own.fits THEN (
      SELECT array_agg(r.available - coalesce(w.quantity, 0) ORDER BY r.place)
      FROM unnest(t.rest) WITH ORDINALITY AS r (available, place)
      LEFT JOIN unnest(a.places, a.quantities) AS w (place, quantity) ON w.place = r.place) ELSE t.rest END
    FROM turn AS t JOIN asked AS a ON a.n = t.n + 1
    CROSS JOIN LATERAL (SELECT NOT a."isKnown" AND NOT EXISTS (
      SELECT 1 FROM unnest(a.places, a.quantities, a."keepBacks") AS w (place, quantity, keep_back)
      WHERE t.rest[w.place] - w.keep_back < w.quantity) AS fits) AS own
  ), fitting AS (
    SELECT n FROM turn WHERE fits
    UNION ALL
    SELECT n FROM asked WHERE NOT "isKnown" AND NOT EXISTS (SELECT 1 FROM scarce)
  )`;

/**
 * What follows for `taker` (n, order_id, at), the orders that take, and `line`, what each takes: counters, holds,
 * ledger. The rows are locked and were looked at as they are now, so nothing is asked of them again: a condition here
 * would be tried on the statement's older snapshot first, which may lack what was freed while it waited for the lock.
 * That nothing is oversold is a constraint of the table.
 */
export const takeStock = `
  demand AS (
    SELECT l.sku, l."locationId", sum(l.quantity)::int AS quantity
    FROM line AS l JOIN taker AS t ON t.n = l.n GROUP BY 1, 2
  ), taken AS (
    UPDATE stock AS s SET allocated = s.allocated + d.quantity
    FROM demand AS d
    WHERE s.sku = d.sku AND s.location_id = d."locationId"
    RETURNING s.sku, s.location_id
  ), held AS (
    INSERT INTO allocations (key, order_id, line_id, sku, location_id, quantity, at)
    SELECT l.key, t.order_id, l."lineId", s.sku, s.location_id, l.quantity, t.at
    FROM line AS l JOIN taker AS t ON t.n = l.n
    LEFT JOIN taken AS s ON s.sku = l.sku AND s.location_id = l."locationId"
    RETURNING key, order_id, sku, location_id, quantity, at
  ), ledger AS (
    INSERT INTO stock_ledger (key, sku, location_id, cause, allocated, order_id, at)
    SELECT 'allocate:' || key, sku, location_id, 'allocation', quantity, order_id, at FROM held
  )`;
