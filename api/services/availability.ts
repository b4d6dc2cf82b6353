import { availableNow } from '../../domain/stock/availability';
import type { StockLevel } from '../../store/stock/stock-level';
import type { Principal } from '../authenticate';
import type { AvailabilityQuery } from '../contract/stock';
import type { ApiDependencies } from '../dependencies';
import { offerInstead } from './alternatives';
import { invalidInput } from '../problem';
import { readFuture, type PiecesAt } from './future';
import { soonest } from './foretelling';
import { createKnownLocations, type Supplier } from './known-locations';
import { pickupPlaces } from './pickup-places';

export function createAvailability({ store, settings, now }: ApiDependencies) {
  const knownLocations = createKnownLocations({ store, now });

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
  async function sellableOf(
    skus: string[],
    channel: string | null,
    suppliers: ReadonlyMap<string, Supplier>,
  ): Promise<(sku: string) => number> {
    const { levels, keepBack } = await store.readSellable(skus);
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
      const [{ levels, keepBack }, locations] = await Promise.all([
        store.readSellable(skus),
        knownLocations.read(),
      ]);
      await refuseUnknown(skus, levels);
      const coming = levels.some((level) => level.incoming > 0) ? await store.readIncoming(skus) : [];
      const keptBack: PiecesAt = (sku, locationId) => keepBack({ sku, locationId, channel });
      const future =
        query.at === undefined ? null : await readFuture({ store, now }, skus, query.at, keptBack);
      const { country, postalCode, service = 'standard' } = query;
      const suppliers = locations.suppliersTo(country);
      const foretell =
        country === undefined ? null : await locations.foretelling({ country, postalCode, service });
      const at = now().toISOString();
      const levelsOf = groupBySku(levels);
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
            promise: soonest(foretell, locations.byId, { places, supplies, at }),
            pickup: pickupPlaces(
              foretell,
              locations.storesIn(foretell.country),
              levelsOf(sku).flatMap(({ locationId, ...level }) => {
                const location = locations.byId.get(locationId);
                const available = availableNow(level, keptBack(sku, locationId));
                // A location that is younger than what is remembered of them shows a moment later.
                return location ? [{ location, available }] : [];
              }),
              at,
            ),
          }),
        };
      });
      const gone = items.filter(({ available }) => available === 0).map(({ sku }) => sku);
      if (gone.length === 0) return { items };
      const alertUrl = `${settings.publicUrl}/v1/stock-alerts`;
      const instead = await offerInstead(store, gone, (others) => sellableOf(others, channel, suppliers));
      return {
        items: items.map((item) =>
          item.available === 0 ? { ...item, alternatives: instead(item.sku), alertUrl } : item,
        ),
      };
    },

    /** A location was changed here: the next question sees it. */
    forget: knownLocations.forget,
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
