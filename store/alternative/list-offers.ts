import type { Database } from '../connect';
import { offerOf, waitingNow, type Offer, type OfferRow } from './offer';

/** Every offer that an order's customer was ever made, the newest first; those made together by the place of their line. */
export async function listOffers(db: Database, orderId: string): Promise<Offer[]> {
  const rows: OfferRow[] = await db('alternative_offers as o')
    .where('o.order_id', orderId)
    .join('order_lines as l', 'l.id', 'o.line_id')
    .orderBy([{ column: 'o.offered_at', order: 'desc' }, 'l.position', 'o.id'])
    .select('o.*', db.raw(waitingNow));
  return rows.map(offerOf);
}

export async function findOffer(db: Database, id: string): Promise<Offer | null> {
  const row: OfferRow | undefined = await db('alternative_offers as o')
    .where('o.id', id)
    .first('o.*', db.raw(waitingNow));
  return row ? offerOf(row) : null;
}
