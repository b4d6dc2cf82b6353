import type { Knex } from 'knex';
import { parcelsEnd, type Parcel } from '../../domain/shipping/parcels-end';
import type { Database } from '../connect';
import { recordStep } from '../story/record-step';
import { keepAsStock } from '../stock-transfer/keep-as-stock';
import { inTransaction } from '../transaction';

export type GiveUpSentResult = { outcome: 'givenUp' } | { outcome: 'arrived' };

/**
 * Nothing of what was sent to a store will come: it is lost, or on its way back. What comes back is a stock transfer to
 * its sender. The row decides whether the store was first, which may have taken it in at this moment. Twice is once.
 */
export async function giveUpSent(
  db: Database,
  input: { orderId: string; fulfillmentId: string; at: string },
): Promise<GiveUpSentResult> {
  return inTransaction(db, async (trx) => {
    const { orderId, fulfillmentId: id, at } = input;
    const row = await trx('fulfillments').where({ id }).forUpdate().first('status');
    if (row.status === 'cancelled') return { outcome: 'givenUp' };
    if (row.status !== 'toStore') return { outcome: 'arrived' };
    const { fromLocationId, toLocationId, orderNumber, lines, parcels } = await readSent(trx, id);
    await trx('fulfillments').where({ id }).update({ status: 'cancelled' });
    const end = parcelsEnd(parcels);
    const back = end.outcome === 'undelivered' ? end.pieces.returned : [];
    const isBack = back.length > 0;
    if (isBack)
      await keepAsStock(
        trx,
        {
          ...{ fulfillmentId: id, orderNumber, fromLocationId: toLocationId, toLocationId: fromLocationId },
          lines: back.map(({ lineId, quantity }) => ({
            quantity,
            sku: lines.find((line) => line.lineId === lineId)!.sku,
          })),
        },
        { actor: 'system', at },
      );
    await recordStep(trx, {
      orderId,
      at,
      waitsOver: [id],
      events: [
        {
          key: `notAtStore:${id}`,
          type: 'notAtStore',
          actor: 'system',
          data: { fulfillmentId: id, locationId: toLocationId, status: isBack ? 'returned' : 'lost' },
        },
      ],
    });
    return { outcome: 'givenUp' };
  });
}

export interface SentWork {
  fromLocationId: string;
  toLocationId: string;
  orderNumber: string;
  lines: { lineId: string; sku: string; quantity: number }[];
  parcels: Parcel[];
}

async function readSent(trx: Knex.Transaction, fulfillmentId: string): Promise<SentWork> {
  const answer = await trx.raw<{ rows: SentWork[] }>(
    `SELECT f.location_id AS "fromLocationId", f.pickup_location_id AS "toLocationId", o.number AS "orderNumber",
       (SELECT jsonb_agg(jsonb_build_object('lineId', l.line_id, 'sku', l.sku, 'quantity', l.quantity)
                         ORDER BY l.line_id)
        FROM fulfillment_lines AS l WHERE l.fulfillment_id = f.id) AS lines,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('status', p.status, 'lines', p.lines)), '[]')
        FROM packages AS p WHERE p.fulfillment_id = f.id) AS parcels
     FROM fulfillments AS f JOIN orders AS o ON o.id = f.order_id WHERE f.id = ?`,
    [fulfillmentId],
  );
  return answer.rows[0]!;
}

/** What of a cancelled order is on its way to a store becomes that store's stock when it comes. */
export async function divertSent(
  trx: Knex.Transaction,
  fulfillmentIds: readonly string[],
  by: { actor: string; at: string },
): Promise<void> {
  for (const fulfillmentId of fulfillmentIds)
    await keepAsStock(trx, { fulfillmentId, ...(await readSent(trx, fulfillmentId)) }, by);
}
