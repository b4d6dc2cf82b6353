import type { Address } from '../order/types';

export const locationTypes = ['warehouse', 'store', 'supplier', 'reseller', 'thirdParty'] as const;
export type LocationType = (typeof locationTypes)[number];

export const locationCapabilities = ['ship', 'pickup', 'returns'] as const;
export type LocationCapability = (typeof locationCapabilities)[number];

/** A place that can hold or supply stock. */
export interface Location {
  id: string;
  type: LocationType;
  name: string;
  address: Address;
  capabilities: LocationCapability[];
  /** Lower comes first where a strategy goes by priority. */
  priority: number;
  /** How long it may take to pack or make ready before the work goes elsewhere. */
  actWithinMs: number;
}

export const defaultPriority = 100;
export const defaultActWithinMs = 48 * 3_600_000;
