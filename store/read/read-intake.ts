import type { LocationType, PickupWhenShort } from '../../domain/catalogue/location';
import type { Address } from '../../domain/order/types';
import type { Database } from '../connect';
import { prepared } from '../prepared';

export interface IntakeInput {
  channel: string;
  externalReference: string;
  skus: string[];
  /** Where the customer collects, the place of ours that the goods go to, who is wished to supply them. */
  locationIds: string[];
  /** The store whose staff sold it. */
  soldAt: string | null;
}

export interface KnownOrder {
  id: string;
  number: string;
  status: string;
  decision: string | null;
}

/** All that must be known before an order can be taken in. */
export interface IntakeFacts {
  /** Null when there is no such channel. */
  channelType: string | null;
  /** The order that this channel handed in under this reference before. */
  existing: KnownOrder | null;
  products: { sku: string; title: string; taxRateBps: number | null }[];
  /** Of those asked for; who is not there is left out. */
  locations: {
    id: string;
    type: LocationType;
    capabilities: string[];
    address: Address;
    pickupWhenShort: PickupWhenShort;
  }[];
  isSellerKnown: boolean;
  /** A fresh order number; none is drawn for an order that exists. */
  number: string | null;
}

/** One round trip, because every order waits for it. */
export async function readIntake(db: Database, input: IntakeInput): Promise<IntakeFacts> {
  const answer = await prepared<{ rows: IntakeRow[] }>(db, sql, { ...input });
  const row = answer.rows[0]!;
  return {
    channelType: row.channel_type,
    existing: row.existing,
    products: row.products ?? [],
    locations: row.locations ?? [],
    isSellerKnown: row.seller_known,
    number: row.number === null ? null : String(row.number),
  };
}

interface IntakeRow {
  channel_type: string | null;
  existing: KnownOrder | null;
  products: IntakeFacts['products'] | null;
  locations: IntakeFacts['locations'] | null;
  seller_known: boolean;
  number: number | null;
}

const sql = `
  WITH existing AS (
    SELECT json_build_object('id', id, 'number', number, 'status', status, 'decision', decision) AS found
    FROM orders WHERE channel = :channel AND external_reference = :externalReference
  )
  SELECT (SELECT type FROM channels WHERE code = :channel) AS channel_type,
         (SELECT found FROM existing) AS existing,
         (SELECT json_agg(json_build_object('sku', sku, 'title', title, 'taxRateBps', tax_rate_bps))
          FROM products WHERE sku = ANY (:skus)) AS products,
         (SELECT json_agg(json_build_object('id', id, 'type', type, 'capabilities', capabilities, 'address', address,
                                            'pickupWhenShort', pickup_when_short))
          FROM locations WHERE id = ANY (:locationIds)) AS locations,
         EXISTS (SELECT 1 FROM locations WHERE id = :soldAt) AS seller_known,
         CASE WHEN NOT EXISTS (SELECT 1 FROM existing) THEN nextval('order_number') END AS number`;
