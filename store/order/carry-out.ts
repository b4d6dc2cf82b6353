import type { Knex } from 'knex';
import { fulfillmentIdOf } from '../../domain/ids';
import type { PlacedOrder } from '../../domain/order/types';
import type { Database } from '../connect';
import { countWait } from '../stock/count-wait';
import { makePlaces } from '../stock/lock-places';
import { recordStep, type StepWait } from '../story/record-step';
import { inTransaction } from '../transaction';

export interface CarriedOut {
  fulfillmentId: string;
  locationId: string;
  mode: 'pickup';
  actWithinMs: number;
  lines: { lineId: string; quantity: number }[];
}

/**
 * A customer carried goods out of a store: they are off its shelf, whatever the counters knew. Pieces that nobody knew
 * to be there are found first, so that no promise to others is broken, and people are asked to count. Twice is once.
 */
export async function carryOut(db: Database, input: { orderId: string; at: string }): Promise<CarriedOut> {
  return inTransaction(db, async (trx) => {
    const { content: order } = await trx('orders').where('id', input.orderId).forUpdate().first('content');
    const carried = carriedOutOf(order);
    if (await trx('fulfillments').where('id', carried.fulfillmentId).first('id')) return carried;
    const waits: StepWait[] = [];
    for (const [sku, quantity] of piecesBySku(order)) {
      const found = await takeOffShelf(trx, { order, ...carried, ...input, sku, quantity });
      if (found > 0) waits.push(waitForCount(sku, found, carried.locationId, input.at));
    }
    await writeWork(trx, order, carried);
    await recordStep(trx, {
      orderId: order.id,
      at: input.at,
      status: 'confirmed',
      decision: 'confirmed',
      waits,
      waitsOver: ['order'],
      events: [
        {
          key: 'carriedOut',
          type: 'carriedOut',
          actor: `channel:${order.channel}`,
          data: { fulfillmentId: carried.fulfillmentId, locationId: carried.locationId },
        },
      ],
    });
    return carried;
  });
}

const carriedOutOf = (order: PlacedOrder): CarriedOut => ({
  fulfillmentId: fulfillmentIdOf(order.id, 1, 1),
  locationId: order.delivery.locationId!,
  mode: 'pickup',
  actWithinMs: 0,
  lines: order.lines.map(({ id, quantity }) => ({ lineId: id, quantity })),
});

/** In the order in which stock rows are locked. */
function piecesBySku({ lines }: PlacedOrder): [string, number][] {
  const pieces = new Map<string, number>();
  for (const { sku, quantity } of lines) pieces.set(sku, (pieces.get(sku) ?? 0) + quantity);
  return [...pieces].sort(([a], [b]) => (a < b ? -1 : 1));
}

interface Taking {
  order: PlacedOrder;
  fulfillmentId: string;
  locationId: string;
  sku: string;
  quantity: number;
  at: string;
}

/** How many pieces had to be found: the till sold more than the shelf could spare. */
async function takeOffShelf(trx: Knex.Transaction, taking: Taking): Promise<number> {
  const { sku, locationId, quantity } = taking;
  await makePlaces(trx, sku, [locationId]);
  const answer = await trx.raw<{ rows: { free: number }[] }>(
    `SELECT on_hand - unsellable - reserved - allocated AS free FROM stock
     WHERE sku = ? AND location_id = ? FOR UPDATE`,
    [sku, locationId],
  );
  const found = Math.max(0, quantity - answer.rows[0]!.free);
  if (found > 0) await move(trx, taking, 'foundAtTill', found);
  await move(trx, taking, 'tillSale', -quantity);
  return found;
}

async function move(trx: Knex.Transaction, taking: Taking, cause: string, onHand: number): Promise<void> {
  const { order, fulfillmentId, sku, locationId, at } = taking;
  await trx.raw(
    `WITH moved AS (
       UPDATE stock SET on_hand = on_hand + :onHand WHERE sku = :sku AND location_id = :locationId RETURNING version
     )
     INSERT INTO stock_ledger (key, sku, location_id, cause, on_hand, version, order_id, actor, reference, at)
     SELECT :key, :sku, :locationId, :cause, :onHand, version, :orderId, :actor, :reference, :at FROM moved`,
    {
      ...{ sku, locationId, cause, onHand, at, key: `${cause}:${fulfillmentId}`, orderId: order.id },
      ...{ actor: `channel:${order.channel}`, reference: fulfillmentId },
    },
  );
}

const waitForCount = (sku: string, found: number, locationId: string, at: string): StepWait => ({
  key: countWait(sku),
  what: `somebody to count ${sku} at ${locationId}: its till sold ${found} more than were known to be free`,
  until: at,
  then: 'it stays among the exceptions until the shelf is counted',
});

async function writeWork(
  trx: Knex.Transaction,
  order: PlacedOrder,
  { fulfillmentId, locationId, mode }: CarriedOut,
): Promise<void> {
  const at = order.placedAt;
  await trx('fulfillments').insert({
    ...{ id: fulfillmentId, order_id: order.id, location_id: locationId, mode, status: 'delivered' },
    ...{ released_at: at, shipped_at: at, delivered_at: at },
  });
  const lines = order.lines.map(({ id, sku, quantity }) => ({
    ...{ line_id: id, sku, quantity },
    key: `${fulfillmentId}:${id}`,
  }));
  await trx('fulfillment_lines').insert(
    lines.map(({ key, ...line }) => ({ ...line, fulfillment_id: fulfillmentId, allocation_key: key })),
  );
  await trx('allocations').insert(
    lines.map((line) => ({ ...line, order_id: order.id, location_id: locationId, state: 'shipped' })),
  );
}
