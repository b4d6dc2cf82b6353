import { canSupplyBy } from '../../domain/sourcing/may-send';
import type { Database } from '../connect';
import { keptBack, type CommitSourcingInput } from './sourcing-outcome';

interface Place {
  sku: string;
  locationId: string;
  capabilities: string[];
  available: number;
}

/**
 * Which of these orders, each with lines that are to begin to wait, would wait beside stock that has come since
 * their decision was made. The locks of the SKUs are held, so nothing comes until the transaction ends. What other
 * orders of the batch are about to take counts as there: they may yet not get it.
 */
export async function findStockAppeared(
  trx: Database,
  inputs: readonly CommitSourcingInput[],
): Promise<Set<CommitSourcingInput>> {
  const skus = [...new Set(inputs.flatMap(({ decision }) => decision.short.map(({ sku }) => sku)))];
  const answer = await trx.raw<{ rows: Place[] }>(sql, { skus });
  return new Set(inputs.filter((input) => answer.rows.some((place) => isLeftAt(place, input))));
}

/** More at a place that may supply the order than its decision saw there. */
function isLeftAt(place: Place, input: CommitSourcingInput): boolean {
  const { sku, locationId, capabilities, available } = place;
  if (input.excluded.includes(locationId)) return false;
  const maySupply = input.parts.some(
    ({ decision, mode, pickupLocationId }) =>
      decision.short.some((line) => line.sku === sku) &&
      canSupplyBy({ locationId, capabilities }, { capability: mode, pickupLocationId }) &&
      (mode !== 'pickup' || pickupLocationId === null || pickupLocationId === locationId),
  );
  if (!maySupply) return false;
  return available - keptBack(input, locationId, sku) > seenAt(place, input);
}

const seenAt = (place: Place, input: CommitSourcingInput): number =>
  input.seen ? (input.seen[place.locationId]?.[place.sku] ?? 0) : plannedAt(place, input);

function plannedAt({ sku, locationId }: Place, { decision }: CommitSourcingInput): number {
  const lines = decision.assignments
    .filter((assignment) => assignment.locationId === locationId)
    .flatMap((assignment) => assignment.lines.filter((line) => line.sku === sku));
  return lines.reduce((sum, line) => sum + line.quantity, 0);
}

const sql = `
  SELECT s.sku, s.location_id AS "locationId", l.capabilities,
         s.on_hand - s.unsellable - s.reserved - s.allocated - s.safety_stock AS available
  FROM stock AS s JOIN locations AS l ON l.id = s.location_id
  WHERE s.sku = ANY (:skus)`;
