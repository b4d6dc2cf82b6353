import type { LocationType } from '../catalogue/location';
import type { DeliveryMode, TenderMethod } from '../order/types';

/** What a line must have to be meant; all that is given must hold. */
export interface LineTest {
  category?: string[];
  /** One of them. */
  tag?: string[];
  hazard?: boolean;
}

/** A span of a figure: `atLeast` is inside, `below` is not. */
export interface Span {
  atLeast?: number;
  below?: number;
}

/** Local time of a place; all that is given must hold. */
export interface TimeTest {
  /** IANA, such as Europe/Rome. */
  zone: string;
  /** 1 Monday … 7 Sunday. */
  weekdays?: number[];
  /** "HH:MM"; a window that ends before it begins goes over midnight. */
  from?: string;
  until?: string;
  /** "YYYY-MM-DD", both inside. */
  dateFrom?: string;
  dateUntil?: string;
}

/** Compared in capitals, without spaces and hyphens. A range compares as many characters as its ends have. */
export type PostalCodeTest = { from: string; to: string } | { prefix: string[] };

/** Exactly one key each. */
export type Leaf =
  | { channel: string[] }
  | { channelType: string[] }
  | { country: string[] }
  | { postalCode: PostalCodeTest }
  | { customerGroup: string[] }
  /** `other`: not the country of delivery. */
  | { billingCountry: 'same' | 'other' | string[] }
  /** One of the order's tenders is. */
  | { paymentMethod: TenderMethod[] }
  | { firstOrder: boolean }
  | { anyLine: LineTest }
  | { everyLine: LineTest }
  /** Minor units of the currency; an order of another currency does not match. */
  | { orderValue: Span & { currency: string } }
  | { weightGrams: Span }
  | { hazard: boolean }
  | { deliveryMode: DeliveryMode }
  | { time: TimeTest };

export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | Leaf;

/** A location passes when it holds. Exactly one key each. */
export type Filter =
  | { locationType: LocationType[] }
  | { locationIn: string[] }
  | { locationNotIn: string[] }
  | { country: 'same' | 'other' | string[] }
  | { maxDistanceKm: number }
  | { priorityAtMost: number }
  | { capacityLeft: true }
  /** 0: still today, before the cut-off of an open day. */
  | { shipsWithinDays: number }
  | { hasTag: string[] }
  | { hasNoTag: string[] }
  | { hazardAllowed: true }
  | { carriesSku: true }
  | { backlogBelow: number }
  /** What it sends comes by the day that the customer was promised, if any was. */
  | { keepsPromise: true };

/**
 * Weights that turn facts into cost, in minor units of the rule set's currency. Each is at least 0; the last two
 * are a bonus and lower the cost.
 */
export interface Scores {
  /** For each location beyond the first. */
  perSplit?: number;
  /** Times the quoted cost of the service: its base and what each kilogram adds. */
  shippingCost?: number;
  /** For each day in transit, for each location. */
  perDay?: number;
  /** For each day after the one that the customer was promised, for each location. */
  perDayLate?: number;
  /** In the place of `shippingCost` and `perDay` for a location that no tariff covers the way from; when left out it is a last resort. */
  withoutTariff?: number;
  perKm?: number;
  /** Times the share of the day's capacity that is used. */
  load?: number;
  /** Times the location's priority. */
  priority?: number;
  /** Times the location's cost of picking a piece. */
  pickCost?: number;
  /** For each piece, times the days that it lies there. */
  stockAge?: number;
  /** For each piece of which the location has too many. */
  overstock?: number;
}

/**
 * `never`: all from one location, or all waits. `byLine`: a line stays whole, the order may be divided. `consolidate`: all
 * from one location, and what it lacks the others send there first.
 */
export const splitRules = ['allow', 'never', 'byLine', 'consolidate'] as const;
export type SplitRule = (typeof splitRules)[number];

export interface Allocation {
  split: SplitRule;
  /** Nothing is supplied before all of it can be. */
  shipComplete?: boolean;
  maxLocations?: number;
  /** What the order itself asks for goes before `split` and `shipComplete`. */
  respectPreference?: boolean;
}

export const shortageActions = [
  'backorder',
  'purchaseRequest',
  'alternative',
  'waitForTransfer',
  'cancel',
] as const;

/** What follows where no alternative is taken, or no transfer comes in time; `backorder` unless it is said. */
export const otherwiseActions = ['backorder', 'cancel', 'split'] as const;

/** What is to become of pieces that nobody can supply now. */
export interface AfterAction {
  then: (typeof shortageActions)[number];
  /** ISO 8601 duration. */
  within?: string;
  owner?: string;
  /**
   * Of `alternative`: what follows when nothing can be offered, or what is offered is refused or not answered. Of
   * `waitForTransfer`: what follows when it has not come in time; `split` divides the order.
   */
  otherwise?: (typeof otherwiseActions)[number];
}

/** Who chooses: the least cost, the customer (where it is possible), or a list that goes from first to last. */
export const deciders = ['software', 'customer', 'configured'] as const;

export interface Scenario {
  code: string;
  when: Condition;
  decides: (typeof deciders)[number];
  /** For `configured`: location ids, or the order of the locations' priorities. Who is not listed is not asked. */
  order?: string[] | 'byPriority';
  filters: Filter[];
  scores: Scores;
  allocation: Allocation;
  onShortage: AfterAction;
}

/** The first scenario whose condition holds decides; the last one holds always. */
export interface RuleSet {
  name: string;
  version: string;
  /** ISO 4217. */
  currency: string;
  scenarios: Scenario[];
}
