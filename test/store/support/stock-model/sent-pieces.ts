import { availableAt, shelfOf, type Model, type Order, type Transfer } from './model';
import type { Real } from './real';

export interface Offer {
  sku: string;
  locationId: string;
  quantity: number;
}

export const offersOf = (model: Model, { channel, excluded }: Order, sku: string): Offer[] =>
  model.locations
    .filter((locationId) => !excluded.includes(locationId))
    .map((locationId) => ({ sku, locationId, quantity: availableAt(model, sku, locationId, channel) }))
    .filter(({ quantity }) => quantity > 0);

export const sumOf = (offers: readonly { quantity: number }[]): number =>
  offers.reduce((sum, { quantity }) => sum + quantity, 0);

/** As much as is missing, and nobody sends more than he has. */
export function expectSent(made: readonly Transfer[], offers: readonly Offer[], pieces: number): void {
  expect(sumOf(made)).toBe(pieces);
  for (const { from, quantity } of made)
    expect(quantity).toBeLessThanOrEqual(offers.find(({ locationId }) => locationId === from)?.quantity ?? 0);
}

/** Transfers that were asked for an order and that the model does not know yet. */
export async function takeUpTransfers(
  model: Model,
  { warehouse: { db } }: Real,
  { id: orderId }: Order,
): Promise<Transfer[]> {
  const answer = await db.raw<{ rows: Transfer[] }>(
    `SELECT t.id, l.sku, t.from_location_id AS "from", t.to_location_id AS "to", l.quantity, 0 AS "underWay",
            t.status AS state, b.order_id AS "orderId", array_agg(b.id ORDER BY b.id) AS "awaitedBy"
     FROM stock_transfers AS t JOIN stock_transfer_lines AS l ON l.transfer_id = t.id
     JOIN awaited_transfers AS a ON a.transfer_id = t.id JOIN backorders AS b ON b.id = a.backorder_id
     WHERE b.order_id = ? AND NOT t.id = ANY (?)
     GROUP BY t.id, l.sku, l.quantity, b.order_id ORDER BY t.id`,
    [orderId, model.transfers.map(({ id }) => id)],
  );
  for (const made of answer.rows) {
    expect(made.state).toBe('requested');
    made.awaitedBy = made.awaitedBy!.map(Number);
    shelfOf(model, made.sku, made.from).allocated += made.quantity;
    model.transfers.push(made);
  }
  return answer.rows;
}
