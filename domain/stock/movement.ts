import { unclaimed } from './availability';

export const movementTypes = [
  'receipt',
  'count',
  'adjustment',
  'transfer',
  'quarantine',
  'reinstate',
  'scrap',
] as const;
export type MovementType = (typeof movementTypes)[number];

/** What somebody says happened to the pieces of a SKU at a place. */
export interface StockMovement {
  sku: string;
  locationId: string;
  type: MovementType;
  /**
   * Pieces: received, counted, added (negative: taken away), moved, found unsellable (`quarantine`), found good
   * again (`reinstate`), or thrown away (`scrap`).
   */
  quantity: number;
  /** Of a count: the version of the stock that the counter saw. */
  version?: number;
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

/** What is added to the counters of one place. */
export interface PlaceChange {
  locationId: string;
  onHand: number;
  unsellable: number;
}

export type MovementPlan =
  { outcome: 'moves'; changes: PlaceChange[] } | { outcome: 'refused'; detail: string };

/**
 * What a movement does to the counters, or why it may not: pieces that orders hold can neither be counted
 * away, moved, nor put aside, and no more can be found good or thrown away than were put aside.
 *
 * @param at counters by location id, of the place and of the destination of a transfer
 */
export function planMovement(movement: StockMovement, at: ReadonlyMap<string, PlaceCounters>): MovementPlan {
  const here = at.get(movement.locationId) ?? { onHand: 0, unsellable: 0, reserved: 0, allocated: 0 };
  const change = changeOf(movement, here);
  const after = {
    ...here,
    onHand: here.onHand + change.onHand,
    unsellable: here.unsellable + change.unsellable,
  };
  if (after.unsellable < 0)
    return {
      outcome: 'refused',
      detail: `Only ${here.unsellable} of the ${here.onHand} on hand are unsellable: ${movement.quantity} cannot be ${movement.type === 'scrap' ? 'scrapped' : 'reinstated'}`,
    };
  if (unclaimed(after) < 0) return { outcome: 'refused', detail: whyNot(movement, here) };
  const changes = [{ locationId: movement.locationId, ...change }];
  if (movement.type !== 'transfer') return { outcome: 'moves', changes };
  const to = movement.toLocationId;
  if (to === undefined || to === movement.locationId)
    return { outcome: 'refused', detail: 'A transfer needs another location to go to (toLocationId)' };
  return {
    outcome: 'moves',
    changes: [...changes, { locationId: to, onHand: movement.quantity, unsellable: 0 }],
  };
}

function changeOf(
  { type, quantity }: StockMovement,
  here: PlaceCounters,
): { onHand: number; unsellable: number } {
  switch (type) {
    case 'receipt':
    case 'adjustment':
      return { onHand: quantity, unsellable: 0 };
    case 'transfer':
      return { onHand: -quantity, unsellable: 0 };
    case 'count':
      return { onHand: quantity - here.onHand, unsellable: 0 };
    case 'quarantine':
      return { onHand: 0, unsellable: quantity };
    case 'reinstate':
      return { onHand: 0, unsellable: -quantity };
    case 'scrap':
      return { onHand: -quantity, unsellable: -quantity };
  }
}

function whyNot(movement: StockMovement, here: PlaceCounters): string {
  const claimed = here.onHand - unclaimed(here);
  const claims = `${here.allocated} allocated, ${here.reserved} reserved, ${here.unsellable} unsellable`;
  if (movement.type === 'count')
    return `Counted ${movement.quantity}, but ${claimed} are spoken for (${claims}): release or reject that work first`;
  return `Only ${unclaimed(here)} of the ${here.onHand} on hand are free (${claims})`;
}
