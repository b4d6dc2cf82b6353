import { wholePromise } from '../../domain/promise/order-promise';
import { partPromises, type PartPromise } from '../../domain/promise/part-promise';
import type { FirstPromise } from '../../store/supply/tell-first-promise';
import type { ActivityDependencies } from '../dependencies';

/** Days that a customer is told: the first and the last. */
export interface ToldPromise {
  earliest: string;
  latest: string;
}

/** What is promised of each part of an order, as it is now. */
export async function promisedParts(
  { store }: Pick<ActivityDependencies, 'store'>,
  orderId: string,
  at: string,
): Promise<PartPromise[]> {
  return partPromises((await store.readPromiseFacts({ orderId, at }))!, at);
}

/** When pieces that wait for stock should come, as the customer is told for the first time. */
export const firstPromises = async (
  { store }: Pick<ActivityDependencies, 'store'>,
  orderId: string,
  waiting: readonly { lineId: string }[],
): Promise<FirstPromise[]> =>
  waiting.length === 0
    ? []
    : store.tellFirstPromise({ orderId, lineIds: waiting.map(({ lineId }) => lineId) });

/** What a customer is told of a promise; null while nobody can say. */
export function toldOf(parts: readonly PartPromise[]): ToldPromise | null {
  const whole = wholePromise(parts);
  return whole?.earliest && whole.latest ? { earliest: whole.earliest, latest: whole.latest } : null;
}

/** While the money is still to come. */
export const asIfPaid = (part: PartPromise): PartPromise => ({
  ...part,
  reasons: ['Reckoned as if the bank transfer came at once', ...part.reasons],
});
