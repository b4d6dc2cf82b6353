import { serviceFor } from '../../domain/sourcing/service-for';
import type { Store } from '../../store';
import type { WorkToShip } from '../../store/fulfillment/read-work-to-ship';
import { createAskForOrder } from './ask-for-order';
import { asksOf, readAskedFacts } from './asked-facts';
import { sourcingRequestOf, type Asked, type AskedFacts } from './sourcing-request';

type ServiceStore = Pick<
  Store,
  | 'findRuleVersion'
  | 'keepServices'
  | 'readOrderFacts'
  | 'readOverstock'
  | 'readPromisedBy'
  | 'readSourcingFacts'
  | 'readStockAges'
  | 'readTariffs'
  | 'readWorkToShip'
>;

/**
 * Chooses the services of work that came about without: its goods waited for stock, or were gathered. By the order's own
 * rules and the tariffs of now, for the weight of the work itself. Twice is once: what has a service keeps it.
 */
export function createChooseServices(store: ServiceStore) {
  const ask = createAskForOrder(store);

  return async function chooseServices({
    orderId,
    release,
    at,
  }: {
    orderId: string;
    release: readonly string[];
    at: string;
  }): Promise<void> {
    const works = release.length > 0 ? await store.readWorkToShip(release) : [];
    if (works.length === 0) return;
    const asked = await ask(orderId, at);
    const { quotes, promise } = asksOf(asked.rules);
    if (!quotes) return;
    const skus = [...new Set(works.flatMap(({ lines }) => lines.map(({ sku }) => sku)))];
    const asks = { load: false, quotes, stockAge: false, overstock: false, promise };
    const seen = await readAskedFacts(store, asked, skus, asks);
    await store.keepServices(works.flatMap((work) => chosenFor(work, { ...asked, lines: work.lines }, seen)));
  };
}

/** As if the location were the only one, and had these pieces and no others. */
function chosenFor(
  { fulfillmentId, locationId, destination, pickupLocationId, lines }: WorkToShip,
  asked: Asked,
  seen: AskedFacts,
) {
  const available: Record<string, number> = {};
  for (const { sku, quantity } of lines) available[sku] = (available[sku] ?? 0) + quantity;
  const candidates = seen.candidates
    .filter((candidate) => candidate.locationId === locationId)
    .map((candidate) => ({ ...candidate, available }));
  const store = pickupLocationId === null ? undefined : asked.facts.stores[pickupLocationId];
  const sentTo = store && { ...store, locationId: pickupLocationId! };
  const about = { ...asked, destination, ...(sentTo && { sentTo }) };
  const quote = serviceFor(sourcingRequestOf(about, { ...seen, candidates }));
  return quote ? [{ fulfillmentId, carrier: quote.carrier, service: quote.service }] : [];
}
