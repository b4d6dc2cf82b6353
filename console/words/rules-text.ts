import type { RuleSet } from '../../domain/rules/types';
import { compactJson } from './compact-json';

const parts = ['name', 'currency', 'scenarios'];
const partsOfScenario = ['code', 'when', 'decides', 'order', 'filters', 'scores', 'allocation', 'onShortage'];

/** A rule set as somebody would write it, in the order in which it is read; its version is not theirs to write. */
export function rulesText({ version: _, ...rules }: RuleSet): string {
  const scenarios = rules.scenarios.map((scenario) => inOrder(scenario, partsOfScenario));
  return compactJson(inOrder({ ...rules, scenarios }, parts));
}

/** What is not named comes last: the database keeps no order of keys. */
function inOrder(value: object, names: readonly string[]): object {
  const given = value as Record<string, unknown>;
  const others = Object.keys(given).filter((name) => !names.includes(name));
  const known = names.filter((name) => name in given);
  return Object.fromEntries([...known, ...others].map((name) => [name, given[name]]));
}
