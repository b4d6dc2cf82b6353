import { builtInRuleSets } from '../../domain/rules/built-in';
import type { RuleSet } from '../../domain/rules/types';
import type { SourcingStrategy } from '../../domain/sourcing/types';
import type { Store } from '../../store';

/** So many versions are kept at hand; orders under way began with few. */
const keptAtMost = 50;

/**
 * The rules that an order began with. Published versions never change, so each is read once for a process.
 * Throws on a version that was never published.
 */
export function createRulesOf({ findRuleVersion }: Pick<Store, 'findRuleVersion'>) {
  const known = new Map<number, RuleSet>();
  return async (version: number | null, strategy: SourcingStrategy): Promise<RuleSet> => {
    if (version === null) return builtInRuleSets[strategy];
    const kept = known.get(version);
    if (kept) return kept;
    const found = await findRuleVersion(version);
    if (!found) throw new Error(`Version ${version} of the rules was never published`);
    if (known.size >= keptAtMost) known.delete(known.keys().next().value!);
    known.set(version, found.rules);
    return found.rules;
  };
}
