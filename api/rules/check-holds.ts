import { conditionProblems } from '../../domain/rules/condition-problems';
import type { KnownReferences, RuleProblem } from '../../domain/rules/rule-problem';
import type { Condition } from '../../domain/rules/types';
import type { HoldRuleBody } from '../contract/holds';
import { conditionShapeProblems } from './check-shape';

/** What is wrong with the conditions of a channel's rules of holds, each at its place in the channel. */
export function holdRuleProblems(rules: readonly HoldRuleBody[], known: KnownReferences): RuleProblem[] {
  return rules.flatMap(({ when }, index) => {
    const at = `/settings/holds/${index}/when`;
    const shape = conditionShapeProblems(when).map(({ pointer, detail }) => ({
      pointer: `${at}${pointer}`,
      detail,
    }));
    return shape.length > 0 ? shape : conditionProblems(when as unknown as Condition, at, known);
  });
}
