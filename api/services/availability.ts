import { canSupply, type Location } from '../../domain/catalogue/location';
import { availableNow } from '../../domain/stock/availability';
import type { StockLevel } from '../../store/stock/stock-level';
import type { Principal } from '../authenticate';
import type { AvailabilityQuery } from '../contract/stock';
import type { ApiDependencies } from '../dependencies';
import { offerInstead } from './alternatives';
import { invalidInput } from '../problem';
import { readFuture, type PiecesAt } from './future';
import { createForetelling, pickupPlaces, soonest } from './foretelling';

/** Locations change rarely and are asked of all the time. */
const rememberedForMs = 2_000;

export function createAvailability({ store, settings, now }: ApiDependencies) {
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

  /** Who would sell: buffers of other channels are of no concern; without a channel only those for all count. */
  async function channelOf(
    { role, boundTo }: Principal,
    { channel }: AvailabilityQuery,
  ): Promise<string | null> {
    const own = role === 'channel' ? boundTo : null;
    const refuse = (detail: string) => invalidInput([{ pointer: '/channel', detail, in: 'query' }]);
    if (own !== null && channel !== undefined && channel !== own)
      throw refuse(`This key asks for the channel "${own}"`);
    if (channel !== undefined && !(await store.findChannel(channel)))
      throw refuse(`No channel has the code "${channel}"`);
    return channel ?? own;
  }

  /** Pieces that a channel can sell of some SKUs, over all who can supply them. */
  async function readSellable(
    skus: string[],
    channel: string | null,
    suppliers: Map<string, Supplier>,
  ): Promise<(sku: string) => number> {
    const [levels, keepBack] = await Promise.all([store.readLevels(skus), store.readKeepBack(skus)]);
    const levelsOf = groupBySku(levels);
    return (sku) =>
      levelsOf(sku)
        .filter(({ locationId }) => suppliers.has(locationId))
        .reduce((so, level) => so + availableNow(level, keepBack({ ...level, channel })), 0);
  }

  return {
    /** What a channel can sell now (and by a date), by location, and what is on its way. */
    async read(principal: Principal, query: AvailabilityQuery) {
      const skus = [...new Set(query.sku)];
      const channel = await channelOf(principal, query);
      const [levels, keepBack, locations] = await Promise.all([
        store.readLevels(skus),
        store.readKeepBack(skus),
        locationsById(),
      ]);
      await refuseUnknown(skus, levels);
      const coming = levels.some((level) => level.incoming > 0) ? await store.readIncoming(skus) : [];
      const keptBack: PiecesAt = (sku, locationId) => keepBack({ sku, locationId, channel });
      const future =
        query.at === undefined ? null : await readFuture({ store, now }, skus, query.at, keptBack);
      const suppliers = suppliersOf(locations, query.country);
      const levelsOf = groupBySku(levels);
      const foretell =
        query.country === undefined
          ? null
          : createForetelling({
              at: now().toISOString(),
              country: query.country,
              service: query.service ?? 'standard',
            });
      const items = skus.map((sku) => {
        const places = levelsOf(sku)
          .flatMap((level) =>
            placeOf(level, suppliers.get(level.locationId), keptBack(level.sku, level.locationId), future),
          )
          .sort((a, b) => a.rank - b.rank)
          .map(({ rank: _, ...place }) => place);
        const supplies = coming
          .filter((supply) => supply.sku === sku && suppliers.has(supply.locationId))
          .map(({ sku: _, ...supply }) => supply);
        return {
          sku,
          available: places.reduce((so, place) => so + place.available, 0),
          ...(future && { availableAt: places.reduce((so, place) => so + (place.availableAt ?? 0), 0) }),
          locations: places,
          incoming: supplies,
          ...(foretell && {
            promise: soonest(foretell, locations, places, supplies),
            pickup: pickupPlaces(
              foretell,
              levelsOf(sku).map(({ locationId, ...level }) => ({
                location: locations.get(locationId)!,
                available: availableNow(level, keptBack(sku, locationId)),
              })),
            ),
          }),
        };
      });
      const gone = items.filter(({ available }) => available === 0).map(({ sku }) => sku);
      if (gone.length === 0) return { items };
      const alertUrl = `${settings.publicUrl}/v1/stock-alerts`;
      const instead = await offerInstead(store, gone, (others) => readSellable(others, channel, suppliers));
      return {
        items: items.map((item) =>
          item.available === 0 ? { ...item, alternatives: instead(item.sku), alertUrl } : item,
        ),
      };
    },

    /** A location was changed here: the next question sees it. */
    forget(): void {
      remembered = null;
    },
  };
}

function groupBySku(levels: readonly StockLevel[]): (sku: string) => StockLevel[] {
  const groups = new Map<string, StockLevel[]>();
  for (const level of levels) {
    const group = groups.get(level.sku);
    if (group) group.push(level);
    else groups.set(level.sku, [level]);
  }
  return (sku) => groups.get(sku) ?? [];
}

interface Supplier {
  location: Location;
  rank: number;
}

/** Who can supply, in the order they are told: those in the country of destination first, then by priority. */
function suppliersOf(locations: Map<string, Location>, country: string | undefined): Map<string, Supplier> {
  const isAbroad = (location: Location) => (location.address.country === country ? 0 : 1);
  const able = [...locations.values()]
    .filter((location) => canSupply(location, country))
    .sort((a, b) => isAbroad(a) - isAbroad(b) || a.priority - b.priority || (a.id < b.id ? -1 : 1));
  return new Map(able.map((location, rank) => [location.id, { location, rank }]));
}

const placeOf = (
  level: StockLevel,
  supplier: Supplier | undefined,
  channelBuffer: number,
  future: PiecesAt | null,
) =>
  supplier === undefined
    ? []
    : [
        {
          rank: supplier.rank,
          locationId: level.locationId,
          type: supplier.location.type,
          available: availableNow(level, channelBuffer),
          ...(future && { availableAt: future(level.sku, level.locationId) }),
          capabilities: supplier.location.capabilities,
        },
      ];
