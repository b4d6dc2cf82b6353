import { canSupply, type Location } from '../../domain/catalogue/location';
import type { ApiDependencies } from '../dependencies';
import { createForetelling, type Foretelling } from './foretelling';

/** Who can supply a country, and its place among them. */
export interface Supplier {
  location: Location;
  rank: number;
}

/** The locations at a moment, and what follows from them alone: it is the same for everybody who asks. */
export interface KnownLocations {
  byId: ReadonlyMap<string, Location>;
  /** In the order they are told: those in the country of destination first, then by priority. */
  suppliersTo(country: string | undefined): ReadonlyMap<string, Supplier>;
  foretelling(asked: { country: string; service: string }): Foretelling;
}

/** Locations change rarely and are asked of all the time. */
const rememberedForMs = 2_000;
const destinationsAtMost = 500;

/** The locations as they were within the last seconds; `forget` when one was changed here. */
export function createKnownLocations({ store, now }: Pick<ApiDependencies, 'store' | 'now'>) {
  let remembered: { known: KnownLocations; until: number } | null = null;
  return {
    async read(): Promise<KnownLocations> {
      if (remembered && remembered.until > now().getTime()) return remembered.known;
      const page = await store.listLocations({ limit: 100_000 });
      const known = knownLocations(page.items);
      remembered = { known, until: now().getTime() + rememberedForMs };
      return known;
    },
    forget(): void {
      remembered = null;
    },
  };
}

function knownLocations(locations: readonly Location[]): KnownLocations {
  const suppliers = new Map<string, ReadonlyMap<string, Supplier>>();
  const foretellings = new Map<string, Foretelling>();
  return {
    byId: new Map(locations.map((location) => [location.id, location])),
    suppliersTo: (country) => remember(suppliers, country ?? '', () => suppliersOf(locations, country)),
    foretelling: (asked) =>
      remember(foretellings, `${asked.country} ${asked.service}`, () => createForetelling(asked)),
  };
}

function remember<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make();
  // Whoever asks chooses the keys.
  if (known.size >= destinationsAtMost) known.clear();
  known.set(key, value);
  return value;
}

function suppliersOf(
  locations: readonly Location[],
  country: string | undefined,
): ReadonlyMap<string, Supplier> {
  const isAbroad = (location: Location) => (location.address.country === country ? 0 : 1);
  const able = locations
    .filter((location) => canSupply(location, country))
    .sort((a, b) => isAbroad(a) - isAbroad(b) || a.priority - b.priority || (a.id < b.id ? -1 : 1));
  return new Map(able.map((location, rank) => [location.id, { location, rank }]));
}
