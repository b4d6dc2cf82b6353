import type { LocationType } from '../catalogue/location';
import type { DeliveryMode, GeoPoint, Preference } from '../order/types';
import type { OrderFacts } from '../rules/facts';
import type { AfterAction, RuleSet, Scenario, Scores } from '../rules/types';

export const sourcingStrategies = ['fewestSplitsThenNearest', 'locationPriority'] as const;
export type SourcingStrategy = (typeof sourcingStrategies)[number];

export interface Demand {
  lineId: string;
  sku: string;
  quantity: number;
}

/** What a carrier asks for what goes from a location to the destination. */
export interface Quote {
  carrier: string;
  service: string;
  /** Minor units for all that goes, and for each kilogram of it. */
  base: number;
  perKg: number;
  /** Working days, at most. */
  transitDays: number;
  /** Where it stands written. */
  tariff?: { id: string; zone: string };
}

/** A location as sourcing sees it: what it can do, and what it has of the SKUs in question. */
export interface Candidate {
  locationId: string;
  name: string;
  country: string;
  postalCode?: string;
  point: GeoPoint | null;
  capabilities: readonly string[];
  /** Lower goes first. */
  priority: number;
  available: Readonly<Record<string, number>>;
  type?: LocationType;
  tags?: readonly string[];
  /** Fulfillments a day; no limit when left out. */
  capacityPerDay?: number;
  usedToday?: number;
  /** The day on which an order of now leaves, by calendar and cut-off. */
  shipping?: { shipsOn: string } | 'closed';
  /** "YYYY-MM-DD" there; the request's day when left out. */
  today?: string;
  /** Fulfillments that wait there. */
  backlog?: number;
  /** Minor units for each piece. */
  pickCost?: number;
  /** Left out where nobody asked for them; empty where no tariff covers the way. */
  quotes?: readonly Quote[];
  /** By SKU, days that the oldest pieces have lain there. */
  stockAgeDays?: Readonly<Record<string, number>>;
  /** By SKU, whether the location has more than it should. */
  overstock?: Readonly<Record<string, boolean>>;
  hazardAllowed?: boolean;
  /** By SKU; what is left out is carried. */
  carries?: Readonly<Record<string, boolean>>;
}

export interface SourcingRequest {
  /** A built-in rule set; `ruleSet` goes before it. */
  strategy: SourcingStrategy;
  ruleSet?: RuleSet;
  mode: DeliveryMode;
  /** The store the customer collects at. */
  pickupLocationId: string | null;
  /** `locationId`: a place of ours, which cannot supply itself. */
  destination: { country: string; point: GeoPoint | null; locationId?: string };
  /** Locations that refused this order before. */
  excluded: readonly string[];
  lines: readonly Demand[];
  candidates: readonly Candidate[];
  /** What conditions look at; without it they know mode, country and lines. */
  order?: OrderFacts;
  preference?: Preference;
  /** The shipping method; `standard` when left out. */
  method?: string;
  /**
   * What is there is set aside for an order of which nothing may leave before all is there. Without it such an order
   * is given nothing.
   */
  setsAside?: boolean;
  /** It is collected at a store that joins what others send there with what it has itself. */
  isGathered?: true;
  /** "YYYY-MM-DD", for filters on the day of shipping. */
  today?: string;
}

export interface Assignment {
  locationId: string;
  lines: { lineId: string; sku: string; quantity: number }[];
  /** The service that it was reckoned with, and will be booked with. */
  service?: Quote;
}

/** Thousandths of a minor unit, so that weights with three decimals sum exactly. */
export type CostParts = Partial<Record<keyof Scores, number>>;

export interface Cost {
  /** Thousandths of a minor unit: the sum of the parts. */
  total: number;
  parts: CostParts;
}

export interface CandidateVerdict {
  locationId: string;
  name: string;
  outcome: 'chosen' | 'lost' | 'filtered';
  /** Plain sentences, in the order in which the pipeline found them. */
  reasons: string[];
  distanceKm: number | null;
  priority: number;
  /** Pieces of the demand that the location could supply alone. */
  covers: number;
  /** What the pieces would cost that it could supply alone, with its cheapest service. */
  cost?: Cost;
}

/** The best set of locations that lacks one of the chosen. */
export interface RunnerUp {
  locationIds: string[];
  cost: Cost;
  /** By how much it lost; 0 when only the order of ties decided. */
  dearerBy: number;
  /** What would have made it win. */
  wouldWinIf: string;
  /** Whether it is certain that no better one exists. */
  isProven: boolean;
}

/** A filter of the rules, and how many locations it keeps from supplying. */
export interface Exclusion {
  /** As it is called in the rules. */
  filter: string;
  locations: number;
}

/** Pieces that locations send to the one that supplies the order. */
export interface Consolidation {
  toLocationId: string;
  transfers: { fromLocationId: string; lines: { sku: string; quantity: number }[] }[];
}

export interface SourcingDecision {
  ruleVersion: string;
  /** The rule set, or for a built-in one its strategy. */
  strategy: string;
  scenario?: { code: string; because: string; passedOver: { code: string; because: string }[] };
  decidedBy?: { who: Scenario['decides']; because: string };
  demand: Demand[];
  assignments: Assignment[];
  /** What nobody can supply now. */
  short: { lineId: string; sku: string; quantity: number }[];
  /** The rules leave nobody: which filters keep how many locations from supplying. */
  excludedBy?: Exclusion[];
  /** Nothing of the order leaves before all of it is there: what there is, is set aside. */
  waitsTogether?: true;
  /** Nothing of what goes to one place leaves before all of that is there, whatever other places wait for. */
  leavesAsOne?: true;
  /** The store at which it is collected; the chosen locations send it there. */
  sentTo?: { locationId: string; name: string };
  /** All of it is to become one pickup, what waits for stock included. */
  gathersAll?: true;
  /** One location collects it: what the others send. */
  consolidation?: Consolidation;
  /** What is to become of it. */
  onShortage?: AfterAction;
  candidates: CandidateVerdict[];
  /** Of what was chosen; in the currency of the rule set. */
  cost?: Cost & { currency: string };
  runnerUp?: RunnerUp | null;
  /** How much cheaper a better choice could at most be, as a share of the cost; 0: there is none. */
  gap?: number;
  /**
   * Of an order whose goods go to several places, or are collected where others send some of them: how each part was
   * decided; the rest of it is all of them together.
   */
  destinations?: { destination: string | null; decision: SourcingDecision }[];
  summary: string;
}
