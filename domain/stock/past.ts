import { availableNow, type StockCounters } from './availability';

/** The counters of a SKU at a location, or by how much a row of the ledger changed them. */
export interface PastPlace extends StockCounters {
  sku: string;
  locationId: string;
}

/** A row of the ledger. */
export interface PastChange extends PastPlace {
  id: number;
}

/** SKUs, and the last row of the ledger that counts; 0: none does. */
export interface PastQuestion {
  skus: readonly string[];
  position: number;
}

/** By location, then SKU: pieces that were available. A place of which the ledger did not know is not named. */
export type PastAvailability = Record<string, Record<string, number>>;

/**
 * What was available at several moments: the counters at the earliest of them, and on from there change by change.
 * The answers come in the order of the questions.
 */
export function playBack(
  questions: readonly PastQuestion[],
  counters: readonly PastPlace[],
  changes: readonly PastChange[],
): PastAvailability[] {
  const bySku = new Map<string, Map<string, StockCounters>>();
  for (const place of counters) add(bySku, place);
  const answers: PastAvailability[] = [];
  const order = questions.map((_, index) => index);
  order.sort((a, b) => questions[a]!.position - questions[b]!.position);
  let next = 0;
  for (const index of order) {
    const { position, skus } = questions[index]!;
    for (; next < changes.length && changes[next]!.id <= position; next += 1) add(bySku, changes[next]!);
    answers[index] = availabilityOf(bySku, skus);
  }
  return answers;
}

function add(bySku: Map<string, Map<string, StockCounters>>, change: PastPlace): void {
  const places = bySku.get(change.sku) ?? new Map<string, StockCounters>();
  bySku.set(change.sku, places);
  const so = places.get(change.locationId);
  places.set(change.locationId, {
    onHand: (so?.onHand ?? 0) + change.onHand,
    unsellable: (so?.unsellable ?? 0) + change.unsellable,
    reserved: (so?.reserved ?? 0) + change.reserved,
    allocated: (so?.allocated ?? 0) + change.allocated,
    safetyStock: (so?.safetyStock ?? 0) + change.safetyStock,
  });
}

function availabilityOf(
  bySku: ReadonlyMap<string, ReadonlyMap<string, StockCounters>>,
  skus: readonly string[],
): PastAvailability {
  const there: PastAvailability = {};
  for (const sku of skus)
    for (const [locationId, counters] of bySku.get(sku) ?? [])
      (there[locationId] ??= {})[sku] = availableNow(counters);
  return there;
}
