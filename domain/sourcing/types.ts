import type { DeliveryMode, GeoPoint } from '../order/types';

export const sourcingStrategies = ['fewestSplitsThenNearest', 'locationPriority'] as const;
export type SourcingStrategy = (typeof sourcingStrategies)[number];

export interface Demand {
  lineId: string;
  sku: string;
  quantity: number;
}

/** A location as sourcing sees it: what it can do, and what it has of the SKUs in question. */
export interface Candidate {
  locationId: string;
  name: string;
  country: string;
  point: GeoPoint | null;
  capabilities: readonly string[];
  /** Lower goes first. */
  priority: number;
  available: Readonly<Record<string, number>>;
}

export interface SourcingRequest {
  strategy: SourcingStrategy;
  mode: DeliveryMode;
  /** The store the customer collects at. */
  pickupLocationId: string | null;
  destination: { country: string; point: GeoPoint | null };
  /** Locations that refused this order before. */
  excluded: readonly string[];
  lines: readonly Demand[];
  candidates: readonly Candidate[];
}

export interface Assignment {
  locationId: string;
  lines: { lineId: string; sku: string; quantity: number }[];
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
}

export interface SourcingDecision {
  ruleVersion: string;
  strategy: SourcingStrategy;
  demand: Demand[];
  assignments: Assignment[];
  /** What nobody can supply now. */
  short: { lineId: string; sku: string; quantity: number }[];
  candidates: CandidateVerdict[];
  summary: string;
}
