/** How pieces are to be supplied, and where they are collected when others may send them there. */
export interface WantedWay {
  /** A delivery mode, or `shipToStore`. */
  capability: string;
  pickupLocationId?: string | null;
}

/** Whether a location can supply in the way that is wanted: a store itself hands over what others must ship to it. */
export const canSupplyBy = (
  { locationId, capabilities }: { locationId: string; capabilities: readonly string[] },
  { capability, pickupLocationId }: WantedWay,
): boolean => capabilities.includes(capabilityWanted(locationId, { capability, pickupLocationId }));

/** What it must be able to do. */
export function capabilityWanted(locationId: string, { capability, pickupLocationId }: WantedWay): string {
  if (capability !== 'shipToStore') return capability;
  return locationId === pickupLocationId ? 'pickup' : 'ship';
}
