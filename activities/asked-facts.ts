import { destinationOf } from '../domain/order/destination';
import { asksForOverstock, asksForQuotes, asksForStockAge, asksHowBusy } from '../domain/rules/asks';
import type { RuleSet } from '../domain/rules/types';
import type { Store } from '../store';
import type { Asked, AskedFacts } from './sourcing-request';

/** What rules look at that is read only for those that do. */
export interface Asks {
  load: boolean;
  quotes: boolean;
  stockAge: boolean;
  overstock: boolean;
}

/** What any of these rules asks for. */
export const asksOf = (...rules: RuleSet[]): Asks => ({
  load: rules.some(asksHowBusy),
  quotes: rules.some(asksForQuotes),
  stockAge: rules.some(asksForStockAge),
  overstock: rules.some(asksForOverstock),
});

/** Where they are read. */
export type FactStore = Pick<Store, 'readSourcingFacts' | 'readTariffs' | 'readStockAges' | 'readOverstock'>;

/** Reads what sourcing looks at of some SKUs; of what costs a question of its own, only what is asked for. */
export async function readAskedFacts(
  store: FactStore,
  { facts: { order }, rules, at }: Pick<Asked, 'facts' | 'rules' | 'at'>,
  skus: string[],
  asks: Asks = asksOf(rules),
): Promise<AskedFacts> {
  const { country } = destinationOf(order);
  const [facts, tariffs, stockAgeDays, overstock] = await Promise.all([
    store.readSourcingFacts({
      ...{ orderId: order.id, channel: order.channel, skus, currency: rules.currency },
      ...(asks.load && { loadAt: at }),
    }),
    asks.quotes && order.delivery.mode === 'ship'
      ? store.readTariffs({ method: order.shipping.method, country, day: at.slice(0, 10) })
      : null,
    asks.stockAge ? store.readStockAges({ skus, at }) : null,
    asks.overstock ? store.readOverstock({ skus, at }) : null,
  ]);
  return { ...facts, tariffs, stockAgeDays, overstock };
}
