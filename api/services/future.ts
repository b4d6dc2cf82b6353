import { availableAt } from '../../domain/stock/available-at';
import type { ApiDependencies } from '../dependencies';
import { invalidInput } from '../problem';

/** Pieces of a SKU at a location: those that can be sold by a date, or those kept back from a channel. */
export type PiecesAt = (sku: string, locationId: string) => number;

/**
 * What can be sold by `at`: an instant, or a date, which means until the end of that day in UTC. A day that is
 * over is refused: nothing can be sold then any more.
 */
export async function readFuture(
  { store, now }: Pick<ApiDependencies, 'store' | 'now'>,
  skus: string[],
  at: string,
  keepBack: PiecesAt,
): Promise<PiecesAt> {
  const from = now().toISOString();
  const until = new Date(at.length === 10 ? `${at}T23:59:59.999Z` : at).toISOString();
  if (until < from)
    throw invalidInput([{ pointer: '/at', detail: 'Must not be in the past', in: 'query' as const }]);
  const outlooks = await store.readOutlook(skus);
  const pieces = new Map(
    outlooks.map(({ sku, ...outlook }) => [
      sku,
      availableAt(outlook, until, from, (locationId) => keepBack(sku, locationId)),
    ]),
  );
  return (sku, locationId) => pieces.get(sku)?.get(locationId) ?? 0;
}
