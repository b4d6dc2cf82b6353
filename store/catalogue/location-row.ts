import type { Location } from '../../domain/catalogue/location';

export interface LocationRow {
  id: string;
  type: Location['type'];
  name: string;
  address: Location['address'];
  capabilities: Location['capabilities'];
  priority: number;
  act_within_ms: number;
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
  };
}
