import { destinationOf, goesToSeveral } from '../domain/order/destination';
import { methodToStore } from '../domain/order/to-store';
import type { EditPreview } from '../domain/order/edit-preview';
import type { PlacedOrder } from '../domain/order/types';
import { wholePromise } from '../domain/promise/order-promise';
import { partPromises, type PromiseFacts, type PromiseWay } from '../domain/promise/part-promise';
import type { ApplyEditInput } from '../store/order/apply-edit';
import type { DecidedPart } from './decide-parts';
import type { Foretold } from './foretell-sourcing';

const wayOf = (order: PlacedOrder): PromiseWay => {
  const { country, postalCode } = destinationOf(order);
  const { delivery, shipping } = order;
  return {
    mode: delivery.mode === 'pickup' ? 'pickup' : 'ship',
    ...{ service: shipping.method, country, postalCode },
    shopCarrier: delivery.parcelShop?.carrier ?? null,
  };
};

/** What is on its way to a store, or there, goes on as it did. */
const withWay = (each: PromiseFacts['work'][number], way: PromiseWay): PromiseFacts['work'][number] =>
  each.way.mode === 'shipToStore' ? each : { ...each, way };

/** What others send goes to the store, which the request knows as its destination. */
function wayFor(order: PlacedOrder, { mode, request, decision }: DecidedPart): PromiseWay {
  if (mode !== 'shipToStore') return wayOf(order);
  const { sentTo } = decision;
  const { country } = request.destination;
  const postalCode = request.order?.postalCode ?? '';
  const store = { locationId: sentTo!.locationId, name: sentTo!.name, country, postalCode, actWithinMs: 0 };
  return { mode, service: methodToStore, country, postalCode, shopCarrier: null, store };
}

/** The promise of an order with work that it does not have yet, and without what it would lose. */
export function promiseWith(
  order: PlacedOrder,
  facts: PromiseFacts,
  { takeOut, toSource }: ApplyEditInput,
  { decision, parts, seen }: Foretold,
  at: string,
): EditPreview['promise'] {
  const lost = new Set(toSource.length > 0 ? takeOut.fromWork.map(({ fulfillmentId }) => fulfillmentId) : []);
  const way = wayOf(order);
  const assigned = parts.flatMap((part) =>
    part.decision.assignments.map((assignment) => ({ ...assignment, way: wayFor(order, part) })),
  );
  const work = assigned.map(({ locationId, service, way: newWay }) => {
    const candidate = seen.candidates.find((each) => each.locationId === locationId)!;
    const calendar = seen.calendars[locationId];
    return {
      fulfillmentId: `new:${locationId}`,
      place: {
        ...{ locationId, name: candidate.name, country: candidate.country },
        actWithinMs: seen.actWithinMs[locationId] ?? 0,
        ...(calendar && { calendar }),
      },
      progress: { stage: 'toPrepare' as const },
      way: newWay,
      chosen: service ? { carrier: service.carrier, service: service.service } : null,
    };
  });
  // Of an order that goes to several places only pieces change, and each keeps its way.
  const isOneWay = !goesToSeveral(order);
  const kept = facts.work.filter(({ fulfillmentId }) => !lost.has(fulfillmentId));
  return wholePromise(
    partPromises(
      {
        ...facts,
        work: [...(isOneWay ? kept.map((each) => withWay(each, way)) : kept), ...work],
        waiting: [
          ...facts.waiting,
          ...decision.short.map(({ sku }) => ({ sku, expectedAt: null, place: null, way })),
        ],
      },
      at,
    ),
  );
}
