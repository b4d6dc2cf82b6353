import type { Database } from '../connect';
import type { WorkLeft } from '../order/take-out';
import type { CommittedFulfillment } from '../sourcing/sourcing-outcome';

export interface AcceptedOffer {
  outcome: 'accepted';
  lineId: string;
  quantity: number;
  /** The round in which they were short; of pieces at work there is none. */
  shortIn?: number;
  /** The customer pays less. */
  isCheaper: boolean;
  /** Of pieces that were at work: what their work holds since. */
  workLeft?: WorkLeft[];
  fulfillments: (CommittedFulfillment & { isDropship?: true })[];
}

/** What came of an acceptance before; null when this request has not accepted it. */
export async function findOfferAnswer(
  db: Database,
  { orderId, offerId, key }: { orderId: string; offerId: string; key: string },
): Promise<AcceptedOffer | null> {
  const row = await db('alternative_offers')
    .where({ id: offerId, order_id: orderId, status: 'accepted', answer_key: key })
    .first('line_id', 'quantity', 'round', 'answer');
  if (!row) return null;
  const { line_id: lineId, quantity, round, answer } = row;
  return { outcome: 'accepted', lineId, quantity, ...(round !== null && { shortIn: round }), ...answer };
}
