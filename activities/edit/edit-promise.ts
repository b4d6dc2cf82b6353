import { orderTo } from '../../domain/order/destination';
import type { EditPreview } from '../../domain/order/edit-preview';
import type { PlacedOrder } from '../../domain/order/types';
import { leavesWith } from '../../domain/promise/leaves-with';
import { promiseOfAll, type PromiseFacts } from '../../domain/promise/part-promise';
import { placeOf } from '../../domain/promise/place';
import { wayOf } from '../../domain/promise/way';
import type { Foretold } from '../sourcing/foretell-sourcing';
import { wayOfPart } from '../sourcing/way-of-part';

/** What is on its way to a store, or there, goes on as it did. */
const withWay = (each: PromiseFacts['work'][number], order: PlacedOrder): PromiseFacts['work'][number] =>
  each.way.mode === 'shipToStore' ? each : { ...each, way: wayOf(orderTo(order, each.destination ?? null)) };

/** What an edit changes of what is promised already. */
export interface PromiseChange {
  /** Work of which nothing is left. */
  emptied: readonly string[];
  /** Lines whose waiting pieces are asked for anew. */
  requeued: readonly string[];
}

/** The promise of an order with work that it does not have yet, and without what it would lose. */
export function promiseWith(
  order: PlacedOrder,
  facts: PromiseFacts,
  { emptied, requeued }: PromiseChange,
  { parts, seen, stores }: Foretold,
  at: string,
): EditPreview['promise'] {
  const ways = parts.map((part) => ({
    ...part,
    way: wayOfPart(orderTo(order, part.destination), part, stores),
  }));
  const news = ways.flatMap(({ destination, decision: { assignments }, way }) =>
    assignments.map(({ locationId, service }) => ({
      fulfillmentId: `new:${destination ?? ''}:${locationId}`,
      place: placeOf(
        seen.candidates.find((each) => each.locationId === locationId)!,
        seen,
      ),
      ...{ progress: { stage: 'toPrepare' as const }, way },
      chosen: service ? { carrier: service.carrier, service: service.service } : null,
    })),
  );
  const short = ways.flatMap(({ decision: made, way }) =>
    made.short.map(({ sku }) => ({ sku, expectedAt: null, place: null, way })),
  );
  const kept = facts.work.filter(({ fulfillmentId }) => !emptied.includes(fulfillmentId));
  const waiting = facts.waiting.filter(({ lineId }) => lineId === undefined || !requeued.includes(lineId));
  return promiseOfAll(
    {
      ...facts,
      leavesWith: leavesWith(parts, facts.leavesWith),
      work: [...kept.map((each) => withWay(each, order)), ...news],
      waiting: [...waiting, ...short],
    },
    at,
  );
}
