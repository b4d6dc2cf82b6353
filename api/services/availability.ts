import type { Location } from '../../domain/catalogue/location';
import type { StockLevel } from '../../store/stock/stock-level';
import type { AvailabilityQuery } from '../contract/stock';
import type { ApiDependencies } from '../dependencies';
import { invalidInput } from '../problem';

/** Locations change rarely and are asked of all the time. */
const rememberedForMs = 2_000;

export function createAvailability({ store, now }: ApiDependencies) {
  let remembered: { locations: Map<string, Location>; until: number } | null = null;

  async function locationsById(): Promise<Map<string, Location>> {
    if (remembered && remembered.until > now().getTime()) return remembered.locations;
    const page = await store.listLocations({ limit: 100_000 });
    const locations = new Map(page.items.map((location) => [location.id, location]));
    remembered = { locations, until: now().getTime() + rememberedForMs };
    return locations;
  }

  /** SKUs without any stock row are either products that nobody has, or nothing we know. */
  async function refuseUnknown(skus: string[], levels: StockLevel[]): Promise<void> {
    const seen = new Set(levels.map((level) => level.sku));
    const unseen = skus.filter((sku) => !seen.has(sku));
    if (unseen.length === 0) return;
    const known = await store.knownSkus(unseen);
    const unknown = unseen.filter((sku) => !known.includes(sku));
    if (unknown.length === 0) return;
    throw invalidInput(
      unknown.map((sku) => ({
        pointer: '/sku',
        detail: `No product has the SKU "${sku}"`,
        in: 'query' as const,
      })),
    );
  }

  return {
    /** What could be sold now, by location, and what is on its way. */
    async read(query: AvailabilityQuery) {
      const skus = [...new Set(query.sku)];
      const [levels, locations] = await Promise.all([store.readLevels(skus), locationsById()]);
      await refuseUnknown(skus, levels);
      const coming = levels.some((level) => level.incoming > 0) ? await store.readIncoming(skus) : [];
      const supplies = (id: string) => canSupply(locations.get(id), query.country);
      return {
        items: skus.map((sku) => {
          const places = levels
            .filter((level) => level.sku === sku && supplies(level.locationId))
            .map((level) => placeOf(level, locations.get(level.locationId)!))
            .sort(nearestFirst(locations, query.country));
          return {
            sku,
            available: places.reduce((so, place) => so + place.available, 0),
            locations: places,
            incoming: coming
              .filter((supply) => supply.sku === sku && supplies(supply.locationId))
              .map(({ sku: _, ...supply }) => supply),
          };
        }),
      };
    },

    /** A location was changed here: the next question sees it. */
    forget(): void {
      remembered = null;
    },
  };
}

export type AvailabilityService = ReturnType<typeof createAvailability>;

/** For a destination it must ship; without one, handing over in the place counts as well. */
function canSupply(location: Location | undefined, country: string | undefined): boolean {
  if (!location) return false;
  const { capabilities } = location;
  return capabilities.includes('ship') || (country === undefined && capabilities.includes('pickup'));
}

const placeOf = (level: StockLevel, location: Location) => ({
  locationId: level.locationId,
  type: location.type,
  available: level.available,
  capabilities: location.capabilities,
});

/** Places in the country of destination first, then by their priority. */
function nearestFirst(locations: Map<string, Location>, country: string | undefined) {
  const rank = (id: string) => {
    const location = locations.get(id)!;
    return [location.address.country === country ? 0 : 1, location.priority] as const;
  };
  return (a: { locationId: string }, b: { locationId: string }) => {
    const [abroadA, priorityA] = rank(a.locationId);
    const [abroadB, priorityB] = rank(b.locationId);
    return abroadA - abroadB || priorityA - priorityB || a.locationId.localeCompare(b.locationId);
  };
}
