import { orderQuantity, type SupplierItem } from '../purchasing/supplier';
import type { Outlook } from './available-at';
import type { StockCounters } from './availability';
import { mayServe, promiseSupply } from './promise-supply';

export const reorderModes = ['propose', 'send', 'off'] as const;
export type ReorderMode = (typeof reorderModes)[number];

/** What is known of a SKU at a location when it is asked whether to order more, in pieces. */
export interface InventoryPosition extends Omit<StockCounters, 'safetyStock'> {
  incoming: number;
  /** Owed to lines that wait. */
  waiting: number;
  /** What all that comes to. */
  position: number;
}

export type ReorderDecision = { outcome: 'enough' } | { outcome: 'order'; wanted: number; quantity: number };

/**
 * The inventory position of a place: what is there and not spoken for, plus what is to come, less what is owed.
 * It, and not what is on the shelf, is held against the reorder point, so that what is ordered already is not
 * ordered again (Silver, Pyke, Thomas: Inventory and Production Management in Supply Chains, 4th ed., ch. 6).
 */
export function inventoryPosition(outlook: Outlook, locationId: string, waiting: number): InventoryPosition {
  const counters = outlook.places.find((place) => place.locationId === locationId)?.counters;
  const { onHand = 0, unsellable = 0, reserved = 0, allocated = 0 } = counters ?? {};
  const incoming = outlook.supplies
    .filter((supply) => supply.locationId === locationId)
    .reduce((sum, { quantity }) => sum + quantity, 0);
  const position = onHand - unsellable - reserved - allocated + incoming - waiting;
  return { onHand, unsellable, reserved, allocated, incoming, waiting, position };
}

/**
 * Pieces owed to lines that wait, by location: where they are promised; what is promised nowhere is owed by the
 * first of the replenished locations that may serve it. Each piece is owed once.
 *
 * @param replenished locations that reorder the SKU, the best first
 */
export function waitingByLocation(outlook: Outlook, replenished: readonly string[]): Map<string, number> {
  const owed = new Map<string, number>();
  const owe = (locationId: string, pieces: number) =>
    owed.set(locationId, (owed.get(locationId) ?? 0) + pieces);
  const promises = promiseSupply(outlook.waiting, outlook.supplies, outlook.places);
  for (const claim of outlook.waiting) {
    let left = claim.quantity;
    for (const { supplyId, quantity } of promises.filter(({ claimId }) => claimId === claim.id)) {
      owe(outlook.supplies.find(({ id }) => id === supplyId)!.locationId, quantity);
      left -= quantity;
    }
    const places = replenished.flatMap((id) => outlook.places.filter(({ locationId }) => locationId === id));
    const place = places.find((each) => mayServe(claim, each));
    if (place && left > 0) owe(place.locationId, left);
  }
  return owed;
}

/**
 * At or below its point a place is filled up to its target (an order-up-to policy, s, S), in whole packs of the
 * supplier and at least its minimum.
 */
export function decideReorder(
  position: number,
  { point, target }: { point: number; target: number },
  packing: Pick<SupplierItem, 'packSize' | 'minimumQuantity'>,
): ReorderDecision {
  if (position > point) return { outcome: 'enough' };
  const wanted = target - position;
  if (wanted <= 0) return { outcome: 'enough' };
  return { outcome: 'order', wanted, quantity: orderQuantity(wanted, packing) };
}
