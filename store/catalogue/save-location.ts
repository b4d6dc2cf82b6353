import type { Location } from '../../domain/catalogue/location';
import type { Database } from '../connect';

/** Creates a location or replaces it whole. */
export async function saveLocation(db: Database, location: Location): Promise<void> {
  await db('locations')
    .insert({
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
      updated_at: db.fn.now(),
    })
    .onConflict('id')
    .merge();
}
