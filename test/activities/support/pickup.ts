import { saveLocation } from '../../../store/catalogue/save-location';
import { shipped, type Climber } from './ladder';
import type { World } from './world';

/** A store at which customers collect what others send there; nobody else knows of it. */
export async function addPickupStore({ warehouse }: World): Promise<void> {
  const address = { name: 'Plaza', line1: 'Via Po 1', city: 'Torino', postalCode: '10121', country: 'IT' };
  await saveLocation(warehouse.db, {
    ...{ id: 'plaza', type: 'store', name: 'Plaza', address, capabilities: ['pickup'], priority: 900 },
    ...{ actWithinMs: 86_400_000, pickupWhenShort: 'send' },
  });
}

export const collectedAtPlaza = { mode: 'pickup', locationId: 'plaza' } as const;

/** Three pieces on their way to the store. */
export const sentToPlaza = (world: World): Promise<Climber> => shipped(world, collectedAtPlaza);

/** They lie there, and nothing of the pickup is missing. */
export async function arrivedAtPlaza(world: World): Promise<Climber> {
  const climber = await sentToPlaza(world);
  const { fulfillmentId, step } = climber;
  await world.warehouse.store.arriveFulfillment({ fulfillmentId, actor: 'test', at: step.at });
  return climber;
}
