import type { Store } from '../../store';
import { createRulesOf } from './rules-of';
import type { Asked } from './sourcing-request';

export type AskForOrder = (orderId: string, at: string) => Promise<Omit<Asked, 'lines'>>;

/** An order with the rules that it began with, to be asked about some of its lines. */
export function createAskForOrder(store: Pick<Store, 'readOrderFacts' | 'findRuleVersion'>): AskForOrder {
  const rulesOf = createRulesOf(store);

  return async (orderId, at) => {
    const facts = await store.readOrderFacts(orderId);
    if (!facts) throw new Error(`Order ${orderId} is not recorded`);
    const strategy = facts.settings.strategy ?? 'fewestSplitsThenNearest';
    return { facts, strategy, rules: await rulesOf(facts.ruleVersion, strategy), at };
  };
}
