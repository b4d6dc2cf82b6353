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
      updated_at: db.fn.now(),
    })
    .onConflict('id')
    .merge();
}
