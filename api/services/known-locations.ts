import { canSupply, type Location } from '../../domain/catalogue/location';
import type { Tariff } from '../../domain/tariffs/tariff';
import type { ApiDependencies } from '../dependencies';
import { createForetelling, type Foretelling } from './foretelling';

/** Who can supply a country, and its place among them. */
export interface Supplier {
  location: Location;
  rank: number;
}

/** Where it is to go, and by which shipping method. */
interface Destination {
  country: string;
  postalCode?: string;
  service: string;
}

/** The locations and tariffs at a moment, and what follows from them alone: it is the same for everybody who asks. */
export interface KnownLocations {
  byId: ReadonlyMap<string, Location>;
  /** In the order they are told: those in the country of destination first, then by priority. */
  suppliersTo(country: string | undefined): ReadonlyMap<string, Supplier>;
  foretelling(asked: Destination): Promise<Foretelling>;
  /** At which customers collect in a country. */
  storesIn(country: string): readonly Location[];
}

/** Locations and tariffs change rarely and are asked of all the time. */
const rememberedForMs = 2_000;
const destinationsAtMost = 500;

/** Locations and tariffs as they were within the last seconds; `forget` when one was changed here. */
export function createKnownLocations({ store, now }: Pick<ApiDependencies, 'store' | 'now'>) {
  let remembered: { known: KnownLocations; until: number } | null = null;
  return {
    async read(): Promise<KnownLocations> {
      if (remembered && remembered.until > now().getTime()) return remembered.known;
      const page = await store.listLocations({ limit: 100_000 });
      const day = now().toISOString().slice(0, 10);
      const known = knownLocations(page.items, ({ country, service }) =>
        store.readTariffs({ country, method: service, day }),
      );
      remembered = { known, until: now().getTime() + rememberedForMs };
      return known;
    },
    forget(): void {
      remembered = null;
    },
  };
}

function knownLocations(
  locations: readonly Location[],
  readTariffs: (to: Destination) => Promise<Tariff[]>,
): KnownLocations {
  const suppliers = new Map<string, ReadonlyMap<string, Supplier>>();
  const foretellings = new Map<string, Foretelling>();
  const tariffs = new Map<string, Tariff[]>();
  const stores = new Map<string, readonly Location[]>();
  return {
    byId: new Map(locations.map((location) => [location.id, location])),
    suppliersTo: (country) => remember(suppliers, country ?? '', () => suppliersOf(locations, country)),
    storesIn: (country) =>
      remember(stores, country, () =>
        locations.filter(
          ({ capabilities, address }) => capabilities.includes('pickup') && address.country === country,
        ),
      ),
    async foretelling(asked) {
      const { country, service, postalCode } = asked;
      const lane = JSON.stringify([country, service]);
      const found = tariffs.get(lane) ?? (await readTariffs(asked));
      remember(tariffs, lane, () => found);
      return remember(foretellings, JSON.stringify([lane, postalCode]), () =>
        createForetelling({ ...asked, tariffs: found }),
      );
    },
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
