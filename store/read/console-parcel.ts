import { destinationOf, orderTo } from '../../domain/order/destination';
import type { PlacedOrder } from '../../domain/order/types';
import type { Database } from '../connect';
import { instant } from '../instant';

/** A parcel as anybody with its number may see it: where it is going, by town, and what happened to it. */
export interface ParcelStory {
  trackingNumber: string;
  carrier: string;
  status: string;
  city: string;
  country: string;
  events: { status: string; occurredAt: string; description: string | null }[];
}

export async function findParcel(db: Database, trackingNumber: string): Promise<ParcelStory | null> {
  const answer = await db.raw<{ rows: Row[] }>(sql, [trackingNumber]);
  const row = answer.rows[0];
  if (!row) return null;
  const { order, destination, ...parcel } = row;
  const { city, country } = destinationOf(orderTo(order, destination));
  const events = row.events.map((event) => ({ ...event, occurredAt: instant(event.occurredAt) }));
  return { ...parcel, city, country, events };
}

type Row = Omit<ParcelStory, 'city' | 'country'> & { order: PlacedOrder; destination: string | null };

const sql = `
  SELECT p.tracking_number AS "trackingNumber", p.carrier, p.status,
         o.content AS "order", f.destination,
         (SELECT coalesce(json_agg(json_build_object('status', e.status, 'occurredAt', e.occurred_at,
                                                     'description', e.description) ORDER BY e.occurred_at), '[]')
          FROM carrier_events AS e
          WHERE e.carrier = p.carrier AND e.tracking_number = p.tracking_number) AS events
  FROM packages AS p
  JOIN fulfillments AS f ON f.id = p.fulfillment_id
  JOIN orders AS o ON o.id = f.order_id
  WHERE p.tracking_number = ?
  ORDER BY p.id LIMIT 1`;
