import type { PickupStore } from '../../domain/order/to-store';
import type { ChannelSettings } from '../../domain/order/settings';
import type { PlacedOrder } from '../../domain/order/types';
import type { LocationCalendar } from '../../domain/time/calendar';
import type { Database } from '../connect';

export interface OrderFacts {
  order: PlacedOrder;
  status: string;
  /** Counts how often it was changed; 1 as it was placed. */
  version: number;
  /** In whose name it was sold. */
  channelName: string;
  channelType: string;
  /** Of the sourcing rules that the order began with; null: the built-in ones. */
  ruleVersion: number | null;
  settings: ChannelSettings;
  /** Some of its work lies at a supplier. */
  isDropship: boolean;
  /** By id, the stores at which the customer collects. */
  stores: Record<string, PickupStore>;
}

/** An order's content as it was placed, with what its channel sets; null when it is not recorded. */
export async function readOrderFacts(db: Database, orderId: string): Promise<OrderFacts | null> {
  const row = await db('orders')
    .join('channels', 'channels.code', 'orders.channel')
    .where('orders.id', orderId)
    .first(
      'orders.content',
      'orders.status',
      'orders.version',
      'orders.rule_version',
      'channels.name',
      'channels.type',
      'channels.settings',
      db.raw(suppliedBySomebody),
      db.raw(storesOfOrder),
    );
  if (!row) return null;
  return {
    order: row.content,
    status: row.status,
    version: row.version,
    channelName: row.settings.brand?.sellerName ?? row.name,
    channelType: row.type,
    ruleVersion: row.rule_version,
    settings: row.settings,
    isDropship: row.is_dropship,
    stores: storesOf(row.stores),
  };
}

type StoreRow = Omit<PickupStore, 'calendar'> & { calendar: LocationCalendar | null };

const storesOf = (stores: Record<string, StoreRow> | null): OrderFacts['stores'] =>
  Object.fromEntries(
    Object.entries(stores ?? {}).map(([id, { calendar, ...store }]) => [
      id,
      { ...store, ...(calendar && { calendar }) },
    ]),
  );

const suppliedBySomebody = `
  EXISTS (SELECT 1 FROM fulfillments AS f JOIN locations AS l ON l.id = f.location_id
          WHERE f.order_id = orders.id AND l.type = 'supplier') AS is_dropship`;

const storesOfOrder = `
  (SELECT jsonb_object_agg(l.id, jsonb_build_object('name', l.name, 'address', l.address,
     'whenShort', l.pickup_when_short, 'actWithinMs', l.act_within_ms, 'calendar', l.calendar)) FROM locations AS l
   WHERE l.id = ANY (ARRAY(
     SELECT orders.content #>> '{delivery,locationId}'
     UNION ALL
     SELECT d #>> '{delivery,locationId}'
     FROM jsonb_array_elements(coalesce(orders.content -> 'destinations', '[]')) AS d))) AS stores`;
