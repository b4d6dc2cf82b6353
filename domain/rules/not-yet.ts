import { asksFor } from './asks';
import type { RuleProblem } from './problems';
import type { RuleSet, Scenario } from './types';

/** Parts of the language of rules that the engine knows and the system has no facts or no deeds for. */
const scores = {
  shippingCost: 'no tariffs of carriers are kept yet',
  perDay: 'no transit days of carriers are kept yet',
  stockAge: 'how long pieces lie somewhere is not kept yet',
  overstock: 'how many pieces are too many is not kept yet',
} satisfies Partial<Record<keyof Scenario['scores'], string>>;

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
    for (const [score, why] of Object.entries(scores))
      if (score in scenario.scores)
        problems.push({ pointer: `/scenarios/${index}/scores/${score}`, detail: `Leave it out: ${why}` });
    const { then } = scenario.onShortage;
    if (then in shortageActions)
      problems.push({
        pointer: `/scenarios/${index}/onShortage/then`,
        detail: `Use "backorder" or "cancel": ${shortageActions[then as keyof typeof shortageActions]}`,
      });
    return problems;
  });
}
