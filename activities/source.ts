import { source } from '../domain/sourcing/source';
import { shippingOf } from '../domain/time/calendar';
import type { CommittedFulfillment } from '../store/sourcing/sourcing-outcome';
import type { ActivityDependencies } from './dependencies';

export interface SourceRequest {
  orderId: string;
  /** The n-th sourcing of the order. */
  round: number;
  /** Which pieces; all lines when left out. */
  lines?: { lineId: string; quantity: number }[];
  at: string;
}

export interface Sourced {
  fulfillments: (CommittedFulfillment & { isDropship?: true })[];
  backordered: { lineId: string; quantity: number }[];
}

/** Stock moves between looking and taking; after so many looks something else is wrong. */
const looks = 25;

export function createSourceActivities({ store }: ActivityDependencies) {
  return {
    /** Step 3: chooses locations, takes their stock and explains why; what nobody has waits for stock. */
    async sourceOrder(request: SourceRequest): Promise<Sourced> {
      const facts = await store.readOrderFacts(request.orderId);
      if (!facts) throw new Error(`Order ${request.orderId} is not recorded`);
      const { order } = facts;
      const wanted = request.lines ?? order.lines.map(({ id, quantity }) => ({ lineId: id, quantity }));
      const lines = wanted.map(({ lineId, quantity }) => ({
        lineId,
        quantity,
        sku: order.lines.find(({ id }) => id === lineId)!.sku,
      }));
      const { mode } = order.delivery;
      const pickupLocationId = order.delivery.locationId ?? null;
      for (let look = 1; look <= looks; look += 1) {
        const seen = await store.readSourcingFacts({
          orderId: order.id,
          channel: order.channel,
          skus: lines.map((line) => line.sku),
        });
        const decision = source({
          strategy: facts.settings.strategy ?? 'fewestSplitsThenNearest',
          mode,
          pickupLocationId,
          destination: {
            country: order.shippingAddress.country,
            point: order.shippingAddress.point ?? null,
          },
          excluded: seen.excluded,
          lines,
          candidates: seen.candidates.map((candidate) => {
            const shipping = shippingOf(seen.calendars[candidate.locationId], request.at);
            return shipping === null ? candidate : { ...candidate, shipping };
          }),
        });
        const committed = await store.commitSourcing({
          orderId: order.id,
          round: request.round,
          mode,
          pickupLocationId,
          excluded: seen.excluded,
          actWithinMs: seen.actWithinMs,
          keepBack: seen.keepBack,
          seen: Object.fromEntries(seen.candidates.map((each) => [each.locationId, each.available])),
          buffersVersion: seen.buffersVersion,
          decision,
          at: request.at,
        });
        const suppliers = new Set(
          seen.candidates.filter(({ type }) => type === 'supplier').map(({ locationId }) => locationId),
        );
        if (committed.outcome === 'committed')
          return {
            fulfillments: committed.sourced.fulfillments.map((each) =>
              suppliers.has(each.locationId) ? { ...each, isDropship: true as const } : each,
            ),
            backordered: committed.sourced.backordered.map(({ lineId, quantity }) => ({ lineId, quantity })),
          };
      }
      throw new Error(`Stock kept moving while ${request.orderId} was sourced`);
    },
  };
}
