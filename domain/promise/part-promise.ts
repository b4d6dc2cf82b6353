import type { DeliveryMode } from '../order/types';
import type { Progress, PromisePlace } from './leaving';
import { wholePromise } from './order-promise';
import { promiseOf, type DeliveryPromise } from './promise';

/** The part of an order that waits for stock. */
export const waitingPart = 'waiting';

export interface PartPromise extends DeliveryPromise {
  /** A fulfillment, or all that waits. */
  part: string;
}

/** What is known of an order when its promise is reckoned. */
export interface PromiseFacts {
  mode: DeliveryMode;
  service: string;
  country: string;
  /** Fulfillments under way. */
  work: { fulfillmentId: string; place: PromisePlace; progress: Progress }[];
  /** Lines that wait for stock, with what is promised to them; a null place: nothing is. */
  waiting: { sku: string; expectedAt: string | null; place: PromisePlace | null }[];
}

/** The promise of each part: fulfillments one by one, and what waits together, by its last piece. */
export function partPromises(facts: PromiseFacts, at: string): PartPromise[] {
  const { mode, service } = facts;
  const ask = (place: PromisePlace, progress: Progress) =>
    promiseOf({ mode, service, place, progress, at, destination: { country: facts.country } });
  const parts = facts.work.map(({ fulfillmentId, place, progress }) => ({
    part: fulfillmentId,
    ...ask(place, progress),
  }));
  if (facts.waiting.length === 0) return parts;
  const waiting = facts.waiting.map(({ sku, place, expectedAt }) => {
    const promise = place === null ? unsupplied : ask(place, { stage: 'toArrive', expectedAt });
    return { ...promise, reasons: promise.reasons.map((reason) => `${sku}: ${reason}`) };
  });
  const { earliest, latest } = wholePromise(waiting)!;
  const reasons = waiting.flatMap((each) => each.reasons);
  return [...parts, { part: waitingPart, earliest, latest, leavesBy: null, reasons }];
}

const unsupplied: DeliveryPromise = {
  earliest: null,
  latest: null,
  leavesBy: null,
  reasons: ['No supply is promised to it yet'],
};
