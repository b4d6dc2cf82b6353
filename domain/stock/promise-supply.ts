import type { Candidate } from '../sourcing/types';
import { canSupplyBy, type WantedWay } from '../sourcing/may-send';
import { reasonAgainstSupplying, type WaitingTerms } from '../sourcing/waiting-terms';
import { availableNow, type StockCounters } from './availability';

/** Pieces of a line that wait for stock, and who may serve them. */
export interface Claim extends WantedWay {
  id: number;
  quantity: number;
  onlyLocation: string | null;
  excluded: readonly string[];
  /** What the rules of its order ask of who supplies it; none where nothing is said. */
  terms?: WaitingTerms | null;
  sku?: string;
  /** Pieces that its channel may not touch, by location (a channel's buffer); none where nothing is said. */
  keepBack: Readonly<Record<string, number>>;
}

/** Pieces of one SKU that are still to come to a location. */
export interface Supply {
  id: number;
  locationId: string;
  quantity: number;
  /** RFC 3339 in UTC. */
  expectedAt: string;
  /** Pieces of it that were sent for claims, and are nobody else's as long as these need them. */
  meantFor?: readonly { claimId: number; quantity: number }[];
  /** Of a transfer that has not left: nobody but whom it is meant for may count on it. */
  requestedTransferId?: string;
}

/** A location that has or expects the SKU. */
export interface SupplyPlace {
  locationId: string;
  capabilities: readonly string[];
  counters: StockCounters;
  /** As the rules see it; told where they ask. */
  candidate?: Candidate;
}

export interface SupplyPromise {
  claimId: number;
  supplyId: number;
  quantity: number;
  expectedAt: string;
}

/**
 * Promises what is to come to those who wait, in their order: each takes the earliest pieces that it may have. What is
 * meant for somebody who comes later is left alone, unless they find something earlier.
 * Pieces that a location lacks below its safety stock are not to be had: what comes first fills its shelf. And a
 * claim leaves as many pieces at a location as are kept back from its channel, of what is there or comes until then.
 * So more or earlier supply makes nobody's date worse, and who waits longer depends on nobody behind.
 *
 * @param claims in the order in which they began to wait
 */
export function promiseSupply(
  claims: readonly Claim[],
  supplies: readonly Supply[],
  places: readonly SupplyPlace[],
): SupplyPromise[] {
  const placeOf = new Map(places.map((place) => [place.locationId, place]));
  const open = afterShelves(supplies, placeOf);
  const left = meantPieces(supplies);
  return claims.flatMap((claim) => {
    let wanted = claim.quantity;
    const promises: SupplyPromise[] = [];
    left.delete(claim.id);
    for (const supply of open) {
      const place = placeOf.get(supply.locationId);
      if (place === undefined || !mayServe(claim, place) || !mayCountOn(claim, supply)) continue;
      const quantity = Math.min(
        wanted,
        supply.quantity - keptFor(left, supply),
        piecesUntil(supply, open, place) - keptBack(claim, place),
      );
      if (quantity <= 0) continue;
      supply.quantity -= quantity;
      wanted -= quantity;
      promises.push({ claimId: claim.id, supplyId: supply.id, quantity, expectedAt: supply.expectedAt });
    }
    return promises;
  });
}

/** When a claim has all its pieces; null when not all of them are promised. */
export function promisedFor(claim: Claim, promises: readonly SupplyPromise[]): string | null {
  const own = promises.filter(({ claimId }) => claimId === claim.id);
  if (own.reduce((sum, { quantity }) => sum + quantity, 0) < claim.quantity) return null;
  return own.reduce<string | null>(
    (last, { expectedAt }) => (last && last > expectedAt ? last : expectedAt),
    null,
  );
}

/** By claim that has not had its turn, then by supply: the pieces that are meant for it. */
type MeantPieces = Map<number, Map<number, number>>;

function meantPieces(supplies: readonly Supply[]): MeantPieces {
  const meant: MeantPieces = new Map();
  for (const { id, meantFor = [] } of supplies)
    for (const { claimId, quantity } of meantFor)
      meant.set(claimId, (meant.get(claimId) ?? new Map<number, number>()).set(id, quantity));
  return meant;
}

const keptFor = (left: MeantPieces, { id, meantFor = [] }: Supply): number =>
  meantFor.reduce((sum, { claimId }) => sum + (left.get(claimId)?.get(id) ?? 0), 0);

const mayCountOn = ({ id }: Claim, { requestedTransferId, meantFor = [] }: Supply): boolean =>
  requestedTransferId === undefined || meantFor.some(({ claimId }) => claimId === id);

/** Earliest first, less what the shelf of their location lacks. */
function afterShelves(supplies: readonly Supply[], placeOf: ReadonlyMap<string, SupplyPlace>): Supply[] {
  const lacking = new Map<string, number>();
  for (const { locationId, counters } of placeOf.values()) lacking.set(locationId, lackOf(counters));
  return [...supplies].sort(byDate).map((supply) => {
    const lack = lacking.get(supply.locationId) ?? 0;
    const kept = Math.min(lack, supply.quantity);
    lacking.set(supply.locationId, lack - kept);
    return { ...supply, quantity: supply.quantity - kept };
  });
}

/** All that a location has free or will have by the time that a supply comes. */
function piecesUntil(supply: Supply, inOrder: readonly Supply[], place: SupplyPlace): number {
  const coming = inOrder
    .slice(0, inOrder.indexOf(supply) + 1)
    .filter(({ locationId }) => locationId === place.locationId);
  return coming.reduce((sum, { quantity }) => sum + quantity, availableNow(place.counters));
}

const keptBack = (claim: Claim, { locationId }: SupplyPlace): number => claim.keepBack[locationId] ?? 0;

/** Pieces that must come before any can be sold. */
const lackOf = ({ onHand, unsellable, reserved, allocated, safetyStock }: StockCounters): number =>
  Math.max(0, unsellable + reserved + allocated + safetyStock - onHand);

const byDate = (a: Supply, b: Supply): number =>
  a.expectedAt === b.expectedAt ? a.id - b.id : a.expectedAt < b.expectedAt ? -1 : 1;

/** Whether a location may serve a claim at all, whatever lies there. */
export const mayServe = (claim: Claim, place: SupplyPlace): boolean =>
  canSupplyBy(place, claim) &&
  !claim.excluded.includes(place.locationId) &&
  (claim.onlyLocation === null || claim.onlyLocation === place.locationId) &&
  isWithinTerms(claim, place);

const isWithinTerms = ({ terms, sku = '' }: Claim, { candidate }: SupplyPlace): boolean =>
  !terms || !candidate || reasonAgainstSupplying(candidate, sku, terms) === null;
