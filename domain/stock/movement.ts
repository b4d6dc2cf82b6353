import { unclaimed } from './availability';

export const movementTypes = ['receipt', 'count', 'adjustment', 'transfer'] as const;
export type MovementType = (typeof movementTypes)[number];

/** What somebody says happened to the pieces of a SKU at a place. */
export interface StockMovement {
  sku: string;
  locationId: string;
  type: MovementType;
  /** Pieces: received, counted, added (negative: taken away) or moved. */
  quantity: number;
  /** Where a transfer goes. */
  toLocationId?: string;
  reason?: string;
  reference?: string;
}

/** Counters at one place before the movement. */
export interface PlaceCounters {
  onHand: number;
  unsellable: number;
  reserved: number;
  allocated: number;
}

export type MovementPlan =
  | { outcome: 'moves'; changes: { locationId: string; onHand: number }[] }
  | { outcome: 'refused'; detail: string };

/**
 * What a movement does to the counters, or why it may not: pieces that orders hold can neither be counted
 * away nor moved.
 *
 * @param at counters by location id, of the place and of the destination of a transfer
 */
export function planMovement(movement: StockMovement, at: ReadonlyMap<string, PlaceCounters>): MovementPlan {
  const here = at.get(movement.locationId) ?? { onHand: 0, unsellable: 0, reserved: 0, allocated: 0 };
  const change = changeOf(movement, here);
  const left = unclaimed({ ...here, onHand: here.onHand + change });
  if (left < 0) return { outcome: 'refused', detail: whyNot(movement, here) };
  const changes = [{ locationId: movement.locationId, onHand: change }];
  if (movement.type !== 'transfer') return { outcome: 'moves', changes };
  const to = movement.toLocationId;
  if (to === undefined || to === movement.locationId)
    return { outcome: 'refused', detail: 'A transfer needs another location to go to (toLocationId)' };
  return { outcome: 'moves', changes: [...changes, { locationId: to, onHand: movement.quantity }] };
}

function changeOf(movement: StockMovement, here: PlaceCounters): number {
  switch (movement.type) {
    case 'receipt':
    case 'adjustment':
      return movement.quantity;
    case 'transfer':
      return -movement.quantity;
    case 'count':
      return movement.quantity - here.onHand;
  }
}

function whyNot(movement: StockMovement, here: PlaceCounters): string {
  const claimed = here.onHand - unclaimed(here);
  const claims = `${here.allocated} allocated, ${here.reserved} reserved, ${here.unsellable} unsellable`;
  if (movement.type === 'count')
    return `Counted ${movement.quantity}, but ${claimed} are spoken for (${claims}): release or reject that work first`;
  return `Only ${unclaimed(here)} of the ${here.onHand} on hand are free (${claims})`;
}
