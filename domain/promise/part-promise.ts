import type { Tariff } from '../tariffs/tariff';
import type { Progress, PromisePlace } from './leaving';
import { nameOfWaiting, nameTogether, type LeavesWith } from './leaves-with';
import { orderPromise, wholePromise } from './order-promise';
import { promiseOf, type DeliveryPromise, type PromiseQuestion } from './promise';
import type { PromiseWay } from './way';

/** The part of an order that waits for stock. */
export const waitingPart = 'waiting';

export interface PartPromise extends DeliveryPromise {
  /** A fulfillment, or all that waits. */
  part: string;
}

/** What is known of an order when its promise is reckoned. */
export interface PromiseFacts {
  /** That may hold for the order. */
  tariffs: Tariff[];
  /** Fulfillments under way; `chosen`: the service that was chosen with the location. */
  work: {
    fulfillmentId: string;
    place: PromisePlace;
    progress: Progress;
    chosen: { carrier: string; service: string } | null;
    way: PromiseWay;
    /** Which of the order's destinations it goes to; null: its own address. */
    destination?: string | null;
  }[];
  /** Lines that wait for stock, with what is promised to them; a null place: nothing is. */
  waiting: {
    sku: string;
    expectedAt: string | null;
    place: PromisePlace | null;
    way: PromiseWay;
    lineId?: string;
  }[];
  /** With what leaves, or is collected, what waits. */
  leavesWith?: LeavesWith;
}

/** The promise of each part: fulfillments one by one, and what waits together, by its last piece. */
export function partPromises(facts: PromiseFacts, at: string): PartPromise[] {
  const { tariffs } = facts;
  const ask = (
    { mode, service, country, postalCode, shopCarrier, store }: PromiseWay,
    place: PromisePlace,
    progress: Progress,
    chosen?: PromiseQuestion['by'] | null,
  ) => {
    const by = chosen ?? (shopCarrier === null ? undefined : { carrier: shopCarrier });
    return promiseOf({
      mode,
      service,
      by,
      place,
      progress,
      at,
      tariffs,
      destination: { country, postalCode },
      ...(store && { store }),
    });
  };
  const parts = facts.work.map(({ fulfillmentId, place, progress, chosen, way }) => ({
    part: fulfillmentId,
    ...ask(way, place, progress, chosen),
  }));
  if (facts.waiting.length === 0) return parts;
  const waiting = facts.waiting.map(({ sku, place, expectedAt, way }) => {
    const promise = place === null ? unsupplied : ask(way, place, { stage: 'toArrive', expectedAt });
    return { ...promise, reasons: promise.reasons.map((reason) => `${sku}: ${reason}`) };
  });
  const { earliest, latest } = wholePromise(waiting)!;
  const reasons = waiting.flatMap((each) => each.reasons);
  return [...parts, { part: waitingPart, earliest, latest, leavesBy: null, reasons }];
}

/** When all of an order is there; what leaves together, and what is collected at one store at once, is one part. */
export function promiseOfAll(facts: PromiseFacts, at: string): ReturnType<typeof orderPromise> {
  const names = new Map(facts.work.map((work) => [work.fulfillmentId, nameOf(work, facts)]));
  const waiting = nameOfWaiting(facts.leavesWith);
  return orderPromise(
    partPromises(facts, at).map((part) => ({ ...part, comesWith: names.get(part.part) ?? waiting })),
  );
}

function nameOf(
  { way, place, progress, destination }: PromiseFacts['work'][number],
  { leavesWith }: PromiseFacts,
): string | null {
  const isShown = progress.stage !== 'toPrepare' || progress.since !== undefined;
  const together = nameTogether(leavesWith, destination);
  if (together !== null && (!isShown || way.mode !== 'ship')) return together;
  if (way.mode === 'ship') return null;
  return `collected:${way.store?.locationId ?? place.locationId}`;
}

const unsupplied: DeliveryPromise = {
  earliest: null,
  latest: null,
  leavesBy: null,
  reasons: ['No supply is promised to it yet'],
};
