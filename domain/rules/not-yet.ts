import { asksFor } from './asks';
import type { RuleProblem } from './rule-problem';
import type { RuleSet } from './types';

/** What a rule set asks for that would be passed over in silence: it must not come into force. */
export function notYetProblems({ scenarios }: RuleSet): RuleProblem[] {
  return scenarios.flatMap((scenario, index) => {
    const problems: RuleProblem[] = [];
    if (asksFor(scenario.when, 'firstOrder'))
      problems.push({
        pointer: `/scenarios/${index}/when`,
        detail: 'Leave "firstOrder" out: only rules of holds look at the orders that a customer had before',
      });
    return problems;
  });
}
