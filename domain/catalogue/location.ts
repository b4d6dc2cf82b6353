import type { Money } from '../money';
import type { Address } from '../order/types';
import type { LocationCalendar } from '../time/calendar';

export const locationTypes = ['warehouse', 'store', 'supplier', 'reseller', 'thirdParty'] as const;
export type LocationType = (typeof locationTypes)[number];

export const locationCapabilities = ['ship', 'pickup', 'returns'] as const;
export type LocationCapability = (typeof locationCapabilities)[number];

/** What a store does when somebody wants to collect there what it does not have: wait for stock, be sent it, refuse. */
export const pickupWhenShort = ['wait', 'send', 'refuse'] as const;
export type PickupWhenShort = (typeof pickupWhenShort)[number];

export const assortments = ['all', 'listed'] as const;
export type Assortment = (typeof assortments)[number];

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
  /** Words of the retailer, for rules to look at. */
  tags?: string[];
  /** Fulfillments a day; no limit when left out. */
  capacityPerDay?: number;
  /** For each piece. */
  pickCost?: Money;
  calendar?: LocationCalendar;
  /** `listed`: it carries only what its assortment names. Default `all`. */
  assortment?: Assortment;
  /** Whether it may handle hazardous goods. Default no. */
  hazardAllowed?: boolean;
  /** Default `wait`. */
  pickupWhenShort?: PickupWhenShort;
}

export const defaultPriority = 100;
export const defaultActWithinMs = 48 * 3_600_000;

/** Who has a counter: there customers carry goods out, and its till tells us. */
export const sellsOverCounter = ({ type }: Pick<Location, 'type'>): boolean =>
  type === 'store' || type === 'reseller';

/** For a destination it must ship; without one, handing over in the place counts as well. */
export const canSupply = (
  { capabilities }: Pick<Location, 'capabilities'>,
  country: string | undefined,
): boolean => capabilities.includes('ship') || (country === undefined && capabilities.includes('pickup'));
