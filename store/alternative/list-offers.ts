import type { Database } from '../connect';
import { offerOf, waitingNow, type Offer, type OfferRow } from './offer';

/** Every offer that an order's customer was ever made, the newest round first. */
export async function listOffers(db: Database, orderId: string): Promise<Offer[]> {
  const rows: OfferRow[] = await db('alternative_offers as o')
    .where('o.order_id', orderId)
    .orderBy([{ column: 'o.round', order: 'desc' }, 'o.id'])
    .select('o.*', db.raw(waitingNow));
  return rows.map(offerOf);
}

export async function findOffer(db: Database, id: string): Promise<Offer | null> {
  const row: OfferRow | undefined = await db('alternative_offers as o')
    .where('o.id', id)
    .first('o.*', db.raw(waitingNow));
  return row ? offerOf(row) : null;
}
