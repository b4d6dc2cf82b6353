import type { Location } from '../catalogue/location';
import { piecesWithout } from '../order/to-store';
import { withoutTaken } from './taken';
import { source } from './source';
import type { SourcingDecision, SourcingRequest } from './types';

/**
 * Where the pieces of a cart are held: as an order would be sourced. What is to be collected at a store comes from the
 * store, and the rest from those that send it there, where the store lets them; `short` is of both together.
 */
export function sourceCart(
  request: SourcingRequest,
  store: Pick<Location, 'id' | 'address' | 'pickupWhenShort'> | null,
): Pick<SourcingDecision, 'assignments' | 'short'> {
  const own = source(request);
  if (store?.pickupWhenShort !== 'send' || own.short.length === 0) return own;
  const had = piecesWithout(request.lines, own.short);
  const fromStore = had.length > 0 ? [source({ ...request, lines: had })] : [];
  const { country, point } = store.address;
  const sent = source({
    ...request,
    ...{ mode: 'ship', pickupLocationId: null, lines: own.short },
    destination: { country, point: point ?? null, locationId: store.id },
    candidates: withoutTaken(request.candidates, fromStore),
  });
  return {
    assignments: [...fromStore, sent].flatMap(({ assignments }) => assignments),
    short: sent.short,
  };
}
