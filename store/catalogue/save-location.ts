import type { Location } from '../../domain/catalogue/location';
import type { Database } from '../connect';
import { lookFirst, type Precondition } from '../precondition';
import { inTransaction } from '../transaction';
import { findLocation } from './find-location';

/** Creates a location or replaces it whole. */
export async function saveLocation(
  db: Database,
  location: Location,
  mayChange?: Precondition<Location>,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { id } = location;
    await lookFirst(trx, `location:${id}`, mayChange, () => findLocation(trx, id));
    const row = { ...rowOf(location), updated_at: trx.fn.now() };
    await trx('locations').insert(row).onConflict('id').merge();
  });
}

const rowOf = (location: Location) => ({
  id: location.id,
  type: location.type,
  name: location.name,
  address: JSON.stringify(location.address),
  capabilities: location.capabilities,
  priority: location.priority,
  act_within_ms: location.actWithinMs,
  tags: location.tags ?? [],
  capacity_per_day: location.capacityPerDay ?? null,
  pick_cost_amount: location.pickCost?.amount ?? null,
  pick_cost_currency: location.pickCost?.currency ?? null,
  hazard_allowed: location.hazardAllowed ?? false,
  calendar: location.calendar ? JSON.stringify(location.calendar) : null,
  assortment: location.assortment ?? 'all',
  pickup_when_short: location.pickupWhenShort ?? 'wait',
});
