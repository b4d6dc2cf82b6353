import {
  playBack,
  type PastAvailability,
  type PastChange,
  type PastPlace,
  type PastQuestion,
} from '../../domain/stock/past';
import type { Database } from '../connect';

/**
 * The stock as it was: what was available of SKUs at all locations after a row of the ledger, for several moments at
 * once, in their order. Costs what the ledger has of these SKUs once, however many moments there are.
 */
export async function readPastStock(
  db: Database,
  questions: readonly PastQuestion[],
): Promise<PastAvailability[]> {
  if (questions.length === 0) return [];
  const skus = [...new Set(questions.flatMap((question) => question.skus))];
  const positions = questions.map(({ position }) => position);
  const bindings = { skus, from: Math.min(...positions), to: Math.max(...positions) };
  const counters = await db.raw<{ rows: PastPlace[] }>(sums, bindings);
  const changes =
    bindings.from === bindings.to ? null : await db.raw<{ rows: PastChange[] }>(rowsBetween, bindings);
  return playBack(questions, counters.rows, changes?.rows ?? []);
}

/**
 * The last row of the ledger that tells of these SKUs and is not younger than an instant: with it and all rows before
 * it, the stock is as it really was once. 0 when there is none.
 */
export async function positionAt(db: Database, skus: readonly string[], at: string): Promise<number> {
  const answer = await db.raw<{ rows: { position: string | null }[] }>(
    'SELECT max(id) AS position FROM stock_ledger WHERE sku = ANY (:skus) AND at <= :at',
    { skus: [...skus], at },
  );
  return Number(answer.rows[0]!.position ?? 0);
}

const sums = `
  SELECT sku, location_id AS "locationId", sum(on_hand)::int AS "onHand", sum(unsellable)::int AS unsellable,
         sum(reserved)::int AS reserved, sum(allocated)::int AS allocated, sum(safety_stock)::int AS "safetyStock"
  FROM stock_ledger WHERE sku = ANY (:skus) AND id <= :from
  GROUP BY sku, location_id`;

const rowsBetween = `
  SELECT id, sku, location_id AS "locationId", on_hand AS "onHand", unsellable, reserved, allocated,
         safety_stock AS "safetyStock"
  FROM stock_ledger WHERE sku = ANY (:skus) AND id > :from AND id <= :to
  ORDER BY id`;
