import { destinationOf, ordersByDestination } from '../../domain/order/destination';
import { orderToStore } from '../../domain/order/to-store';
import {
  asksForOverstock,
  asksForPromise,
  asksForQuotes,
  asksForStockAge,
  asksHowBusy,
} from '../../domain/rules/asks';
import type { RuleSet } from '../../domain/rules/types';
import { joinTariffs } from '../../domain/tariffs/join-tariffs';
import type { Tariff } from '../../domain/tariffs/tariff';
import type { Store } from '../../store';
import type { Asked, AskedFacts } from './sourcing-request';

/** What rules look at that is read only for those that do. */
export interface Asks {
  load: boolean;
  quotes: boolean;
  stockAge: boolean;
  overstock: boolean;
  promise: boolean;
}

/** What any of these rules asks for. */
export const asksOf = (...rules: RuleSet[]): Asks => ({
  load: rules.some(asksHowBusy),
  quotes: rules.some(asksForQuotes),
  stockAge: rules.some(asksForStockAge),
  overstock: rules.some(asksForOverstock),
  promise: rules.some(asksForPromise),
});

/** Where they are read. */
export type FactStore = Pick<
  Store,
  'readSourcingFacts' | 'readTariffs' | 'readStockAges' | 'readOverstock' | 'readPromisedBy'
>;

/** Reads what sourcing looks at of some SKUs; of what costs a question of its own, only what is asked for. */
export async function readAskedFacts(
  store: FactStore,
  { facts: about, rules, at }: Pick<Asked, 'facts' | 'rules' | 'at'>,
  skus: string[],
  asks: Asks = asksOf(rules),
): Promise<AskedFacts> {
  const { order } = about;
  const [facts, tariffs, stockAgeDays, overstock, promisedBy] = await Promise.all([
    store.readSourcingFacts({
      ...{ orderId: order.id, channel: order.channel, skus, currency: rules.currency },
      ...(asks.load && { loadAt: at }),
    }),
    asks.quotes ? readTariffs(store, about, at.slice(0, 10)) : null,
    asks.stockAge ? store.readStockAges({ skus, at }) : null,
    asks.overstock ? store.readOverstock({ skus, at }) : null,
    asks.promise ? store.readPromisedBy({ orderId: order.id, at }) : null,
  ]);
  return { ...facts, tariffs, stockAgeDays, overstock, promisedBy };
}

/** To every place that something of the order is shipped to; null where all of it is at the stores that hand it over. */
async function readTariffs(
  store: FactStore,
  { order, stores }: Asked['facts'],
  day: string,
): Promise<Tariff[] | null> {
  const shipped = ordersByDestination(order).flatMap(({ order: there }) => {
    const { mode, locationId = '' } = there.delivery;
    if (mode === 'ship') return [there];
    const at = stores[locationId];
    return mode === 'pickup' && at?.whenShort === 'send' ? [orderToStore(there, at)] : [];
  });
  if (shipped.length === 0) return null;
  const read = await Promise.all(
    shipped.map((there) =>
      store.readTariffs({ method: there.shipping.method, country: destinationOf(there).country, day }),
    ),
  );
  return joinTariffs(read.flat());
}
