import { asksFor } from './asks';
import type { RuleProblem } from './problems';
import type { RuleSet, Scenario } from './types';

/** Parts of the language of rules that the engine knows and the system has no deeds for. */
const shortageActions = {
  purchaseRequest: 'purchase requests are not made yet',
  waitForTransfer: 'transfers are not asked for yet',
} satisfies Partial<Record<Scenario['onShortage']['then'], string>>;

/** What a rule set asks for that would be passed over in silence: it must not come into force. */
export function notYetProblems({ scenarios }: RuleSet): RuleProblem[] {
  return scenarios.flatMap((scenario, index) => {
    const problems: RuleProblem[] = [];
    if (asksFor(scenario.when, 'firstOrder'))
      problems.push({
        pointer: `/scenarios/${index}/when`,
        detail: 'Leave "firstOrder" out: only rules of holds look at the orders that a customer had before',
      });
    const { then } = scenario.onShortage;
    if (then in shortageActions)
      problems.push({
        pointer: `/scenarios/${index}/onShortage/then`,
        detail: `Use "backorder" or "cancel": ${shortageActions[then as keyof typeof shortageActions]}`,
      });
    return problems;
  });
}
