import type { OrderFacts } from './facts';
import { judgeLeaf, type Verdict } from './leaves';
import type { Condition, RuleSet, Scenario } from './types';

/** Whether a condition holds for an order, and which part of it decided that. */
export function judge(condition: Condition, facts: OrderFacts): Verdict {
  if ('all' in condition) return judgeAll(condition.all, facts);
  if ('any' in condition) return judgeAny(condition.any, facts);
  if ('not' in condition) {
    const { holds, because } = judge(condition.not, facts);
    return { holds: !holds, because };
  }
  return judgeLeaf(condition, facts);
}

function judgeAll(conditions: readonly Condition[], facts: OrderFacts): Verdict {
  const reasons: string[] = [];
  for (const condition of conditions) {
    const verdict = judge(condition, facts);
    if (!verdict.holds) return verdict;
    reasons.push(verdict.because);
  }
  return { holds: true, because: reasons.length === 0 ? 'holds always' : reasons.join('; ') };
}

function judgeAny(conditions: readonly Condition[], facts: OrderFacts): Verdict {
  const reasons: string[] = [];
  for (const condition of conditions) {
    const verdict = judge(condition, facts);
    if (verdict.holds) return verdict;
    reasons.push(verdict.because);
  }
  return { holds: false, because: reasons.length === 0 ? 'holds never' : reasons.join('; ') };
}

export interface ScenarioChoice {
  scenario: Scenario;
  because: string;
  /** The scenarios before it, and why they did not match. */
  passedOver: { code: string; because: string }[];
}

/** The first scenario whose condition holds. Throws when none does: the last one of a checked rule set always does. */
export function chooseScenario({ name, scenarios }: RuleSet, facts: OrderFacts): ScenarioChoice {
  const passedOver: ScenarioChoice['passedOver'] = [];
  for (const scenario of scenarios) {
    const { holds, because } = judge(scenario.when, facts);
    if (holds) return { scenario, because, passedOver };
    passedOver.push({ code: scenario.code, because });
  }
  throw new Error(`No scenario of the rule set "${name}" matches: its last one must hold always`);
}
