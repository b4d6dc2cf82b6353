import type { Knex } from 'knex';
import type { OfferEnd } from '../../domain/catalogue/offer-end';
import type { OrderStep } from '../story/record-step';
import { isNoneOpen } from './end-offers';
import { isNothingLeft, offerWait, waitWithoutOffer } from './offer-wait';

export interface TouchedPieces {
  orderId: string;
  /** Places in the queue that pieces leave. */
  backorderIds?: readonly number[];
  /** Work that pieces are taken out of. */
  work?: readonly { fulfillmentId: string; lineId: string }[];
  /** All that the order has. */
  isAll?: true;
  because: OfferEnd;
  actor: string;
  at: string;
}

interface Ended {
  id: string;
  sku: string;
  quantity: number;
  /** Pieces that it was about are left, and wait. */
  waits: boolean;
}

type Story = Required<Pick<OrderStep, 'events' | 'waitsOver'>>;

/**
 * Ends the open offers that are about pieces which somebody has just changed, cancelled or asked for anew; those about
 * others stay. Answers what the order's story tells of it, for the step of whoever did that. The caller holds the order's
 * fulfillments, so that who accepts at this moment was first or finds the offer ended.
 */
export async function withdrawOffers(trx: Knex.Transaction, touched: TouchedPieces): Promise<Story> {
  const { orderId, backorderIds = [], work = [], isAll = false, because, actor, at } = touched;
  const answer = await trx.raw<{ rows: Ended[] }>(sql, {
    ...{ orderId, isAll, because, actor, at },
    ...{ backorderIds: [...backorderIds], work: JSON.stringify(work) },
  });
  const ended = answer.rows;
  const isOver = await isNothingLeft(trx, orderId);
  // Who waits with what is left may ask anew, until what was to follow without an answer follows.
  if (!isOver && ended.some(({ waits }) => waits) && (await isNoneOpen(trx, orderId)))
    await waitWithoutOffer(trx, orderId, at);
  return {
    waitsOver: isOver ? [offerWait] : [],
    events: ended.map(({ id, sku, quantity }) => ({
      ...{ key: `alternativeWithdrawn:${id}`, type: 'alternativeWithdrawn', actor },
      data: { sku, quantity, because },
    })),
  };
}

const sql = `
  UPDATE alternative_offers AS o
  SET status = 'withdrawn', ended_because = :because, answered_at = :at, answered_by = :actor
  WHERE o.order_id = :orderId AND o.status = 'open' AND (:isAll
    OR EXISTS (SELECT 1 FROM backorders AS b
               WHERE b.id = ANY (:backorderIds::bigint[]) AND b.line_id = o.line_id AND b.round = o.round)
    OR EXISTS (SELECT 1 FROM jsonb_to_recordset(:work) AS w ("fulfillmentId" text, "lineId" text)
               WHERE w."fulfillmentId" = o.fulfillment_id AND w."lineId" = o.line_id))
  RETURNING o.id, o.sku, o.quantity,
    EXISTS (SELECT 1 FROM backorders AS b WHERE b.line_id = o.line_id AND b.round = o.round AND b.open > 0) AS waits`;
