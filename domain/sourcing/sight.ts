import type { GeoPoint } from '../order/types';
import type { Candidate, Demand, SourcingRequest } from './types';

/** What lines ask for together, by SKU: lines of the same SKU share what there is. */
export interface SkuDemand {
  sku: string;
  quantity: number;
}

export function demandBySku(lines: readonly Demand[]): SkuDemand[] {
  const bySku = new Map<string, number>();
  for (const { sku, quantity } of lines) bySku.set(sku, (bySku.get(sku) ?? 0) + quantity);
  return [...bySku].map(([sku, quantity]) => ({ sku, quantity }));
}

/** A candidate with the figures that filters and scores look at. */
export interface Sighted {
  candidate: Candidate;
  distanceKm: number | null;
  /** Pieces that it can give of each SKU of the demand. */
  supply: number[];
  covers: number;
  /** What "near" means when there is no point: same country before another. */
  remoteness: number;
}

const farAwayKm = 20_000;
const anotherCountryKm = 2_000;
const sameCountryKm = 500;

export function sight(candidate: Candidate, request: SourcingRequest, demand: readonly SkuDemand[]): Sighted {
  const distanceKm = distanceBetween(candidate.point, request.destination.point);
  const supply: number[] = [];
  let covers = 0;
  for (const { sku, quantity } of demand) {
    const pieces = Math.min(quantity, Math.max(0, candidate.available[sku] ?? 0));
    supply.push(pieces);
    covers += pieces;
  }
  return {
    candidate,
    distanceKm,
    supply,
    covers,
    remoteness:
      distanceKm ?? (candidate.country === request.destination.country ? sameCountryKm : anotherCountryKm),
  };
}

/** Great-circle distance in km by the haversine formula on a sphere of 6371 km; null when a point is unknown. */
export function distanceBetween(a: GeoPoint | null, b: GeoPoint | null): number | null {
  if (a === null || b === null) return null;
  const rad = Math.PI / 180;
  const dLat = (b.lat - a.lat) * rad;
  const dLng = (b.lng - a.lng) * rad;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(dLng / 2) ** 2;
  return Math.min(farAwayKm, Math.round(2 * 6371 * Math.asin(Math.min(1, Math.sqrt(h)))));
}
