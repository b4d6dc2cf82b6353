import type { Candidate, Demand, SourcingDecision } from '../../domain/sourcing/types';
import type { PlacedOrder } from '../../domain/order/types';
import type { Store } from '../../store';
import type { OrderFacts } from '../../store/order/read-order-facts';
import type { SourcingFacts } from '../../store/sourcing/read-sourcing-facts';
import { createAskForOrder } from './ask-for-order';
import { readAskedFacts, type FactStore } from './asked-facts';
import { decideParts, type DecidedPart } from './decide-parts';

/** Pieces that the order holds at a location already: they count as available to it. */
export interface OwnPieces {
  locationId: string;
  sku: string;
  quantity: number;
}

export interface Foretold {
  decision: SourcingDecision;
  /** By how it goes on from the locations. */
  parts: DecidedPart[];
  seen: SourcingFacts;
  /** By id, the stores at which it is collected. */
  stores: OrderFacts['stores'];
}

export type ForetellStore = FactStore & Pick<Store, 'readOrderFacts' | 'findRuleVersion' | 'findLocation'>;

/** What sourcing would decide for an order that is not so yet; nothing is taken, and nothing written. */
export function createForetellSourcing(store: ForetellStore) {
  const ask = createAskForOrder(store);

  /** The customer may want to collect at other stores than before. */
  async function storesOf({ delivery, destinations = [] }: PlacedOrder, { stores }: OrderFacts) {
    const ids = [delivery, ...destinations.map((each) => each.delivery)]
      .flatMap(({ locationId }) => locationId ?? [])
      .filter((id) => !stores[id]);
    const found = await Promise.all([...new Set(ids)].map((id) => store.findLocation(id)));
    const more = found.flatMap((location) => {
      if (!location) return [];
      const { id, name, address, pickupWhenShort: whenShort = 'wait', actWithinMs, calendar } = location;
      return [[id, { name, address, whenShort, actWithinMs, ...(calendar && { calendar }) }] as const];
    });
    return { ...stores, ...Object.fromEntries(more) };
  }

  return async (asked: {
    order: PlacedOrder;
    lines: readonly Demand[];
    own: readonly OwnPieces[];
    at: string;
  }): Promise<Foretold> => {
    const { order, lines, own, at } = asked;
    const { facts, ...terms } = await ask(order.id, at);
    const stores = await storesOf(order, facts);
    const about = { ...terms, facts: { ...facts, order, stores }, lines };
    const seen = await readAskedFacts(store, about, [...new Set(lines.map(({ sku }) => sku))]);
    const candidates = seen.candidates.map((each) => withOwn(each, own));
    return { ...decideParts(about, { ...seen, candidates }), seen, stores };
  };
}

function withOwn(candidate: Candidate, own: readonly OwnPieces[]): Candidate {
  const available = { ...candidate.available };
  for (const { locationId, sku, quantity } of own)
    if (locationId === candidate.locationId && sku in available) available[sku]! += quantity;
  return { ...candidate, available };
}
