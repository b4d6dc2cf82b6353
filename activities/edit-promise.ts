import { goesToSeveral } from '../domain/order/destination';
import type { EditPreview } from '../domain/order/edit-preview';
import type { PlacedOrder } from '../domain/order/types';
import { promiseOfAll, type PromiseFacts, type PromiseWay } from '../domain/promise/part-promise';
import type { ApplyEditInput } from '../store/order/apply-edit';
import type { Foretold } from './foretell-sourcing';
import { wayOf, wayOfPart } from './way-of-part';

/** What is on its way to a store, or there, goes on as it did. */
const withWay = (each: PromiseFacts['work'][number], way: PromiseWay): PromiseFacts['work'][number] =>
  each.way.mode === 'shipToStore' ? each : { ...each, way };

const comesTogether = ({ short, waitsTogether, gathersAll }: Foretold['decision']): boolean =>
  short.length > 0 && (waitsTogether ?? gathersAll ?? false);

/** The promise of an order with work that it does not have yet, and without what it would lose. */
export function promiseWith(
  order: PlacedOrder,
  facts: PromiseFacts,
  { takeOut, toSource }: ApplyEditInput,
  { decision, parts, seen, stores }: Foretold,
  at: string,
): EditPreview['promise'] {
  const lost = new Set(toSource.length > 0 ? takeOut.fromWork.map(({ fulfillmentId }) => fulfillmentId) : []);
  const way = wayOf(order);
  const assigned = parts.flatMap((part) =>
    part.decision.assignments.map((assignment) => ({ ...assignment, way: wayOfPart(order, part, stores) })),
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
  return promiseOfAll(
    {
      ...facts,
      leavesTogether: facts.leavesTogether === true || comesTogether(decision),
      work: [...(isOneWay ? kept.map((each) => withWay(each, way)) : kept), ...work],
      waiting: [
        ...facts.waiting,
        ...decision.short.map(({ sku }) => ({ sku, expectedAt: null, place: null, way })),
      ],
    },
    at,
  );
}
