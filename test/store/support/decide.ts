import type { PlacedOrder } from '../../../domain/order/types';
import type { SourcingDecision } from '../../../domain/sourcing/types';
import type { CommitSourcingInput } from '../../../store/sourcing/sourcing-outcome';
import { at } from './warehouse';

/** A decision made by hand: which location supplies each line, in the order of the lines. */
export function decide(
  order: PlacedOrder,
  locationIds: string[],
  keepBack?: CommitSourcingInput['keepBack'],
): CommitSourcingInput {
  const demand = order.lines.map(({ id, sku, quantity }) => ({ lineId: id, sku, quantity }));
  const assignments = [...new Set(locationIds)].map((locationId) => ({
    locationId,
    lines: demand.filter((_, index) => locationIds[index] === locationId),
  }));
  const decision = { ruleVersion: 'test', demand, assignments, short: [], candidates: [], summary: '' };
  return {
    ...{ orderId: order.id, round: 1, excluded: [], actWithinMs: {} },
    ...inForce(decision as Partial<SourcingDecision> as SourcingDecision),
    at,
    ...(keepBack ? { keepBack } : {}),
  };
}

/** The decision as it is put into force, for an order that goes to its own address. */
export const inForce = (decision: SourcingDecision): Pick<CommitSourcingInput, 'decision' | 'parts'> => ({
  decision,
  parts: [{ destination: null, mode: 'ship', pickupLocationId: null, decision, terms: null }],
});
