import { money } from '../../domain/money';
import type { Location } from '../../domain/catalogue/location';

export interface LocationRow {
  id: string;
  type: Location['type'];
  name: string;
  address: Location['address'];
  capabilities: Location['capabilities'];
  priority: number;
  act_within_ms: number;
  tags: string[];
  capacity_per_day: number | null;
  pick_cost_amount: number | null;
  pick_cost_currency: string | null;
  hazard_allowed: boolean;
  calendar: NonNullable<Location['calendar']> | null;
  assortment: NonNullable<Location['assortment']>;
  pickup_when_short: NonNullable<Location['pickupWhenShort']>;
}

export function locationOf(row: LocationRow): Location {
  return {
    id: row.id,
    type: row.type,
    name: row.name,
    address: row.address,
    capabilities: row.capabilities,
    priority: row.priority,
    actWithinMs: row.act_within_ms,
    tags: row.tags,
    assortment: row.assortment,
    hazardAllowed: row.hazard_allowed,
    pickupWhenShort: row.pickup_when_short,
    ...(row.capacity_per_day !== null && { capacityPerDay: row.capacity_per_day }),
    ...(row.pick_cost_amount !== null &&
      row.pick_cost_currency !== null && { pickCost: money(row.pick_cost_amount, row.pick_cost_currency) }),
    ...(row.calendar !== null && { calendar: row.calendar }),
  };
}
