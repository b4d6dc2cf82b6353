import { instantOrNull } from '../instant';

/** That a channel is told what it can sell, and how that goes. */
export interface Subscription {
  channel: string;
  url: string;
  /** Null: all that can supply. */
  locations: string[] | null;
  /** Of the newest message that was tried. */
  sequence: number;
  /** A walk over SKUs that is under way. */
  walk: 'changes' | 'snapshot' | null;
  /** In a row. */
  failures: number;
  retryAt: string | null;
  lastError: string | null;
  lastDeliveredAt: string | null;
}

/** Of a walk: one SKU, or of what is there that of a category, at a location, or all of it. */
export type WalkScope = { sku: string } | { category?: string; locationId?: string };

export interface SubscriptionRow {
  channel: string;
  url: string;
  secret: string;
  locations: string[] | null;
  sequence: number;
  seen_id: number;
  settled_id: number;
  settling_id: number | null;
  settling_xid: number | null;
  walk: Subscription['walk'];
  walk_scopes: WalkScope[] | null;
  walked_to: string;
  failures: number;
  retry_at: Date | null;
  last_error: string | null;
  last_delivered_at: Date | null;
}

export const subscriptionOf = (row: SubscriptionRow): Subscription => ({
  channel: row.channel,
  url: row.url,
  locations: row.locations,
  sequence: row.sequence,
  walk: row.walk,
  failures: row.failures,
  retryAt: instantOrNull(row.retry_at),
  lastError: row.last_error,
  lastDeliveredAt: instantOrNull(row.last_delivered_at),
});
