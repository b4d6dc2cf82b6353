import { shapeProblems } from '../../api/rules/check-shape';
import { builtInRuleSets } from '../../domain/rules/built-in';
import {
  conditionPhrases,
  filterPhrases,
  scorePhrases,
  shortagePhrases,
  splitPhrases,
} from '../../domain/rules/phrases';
import { problemsOf } from '../../domain/rules/problems';
import { readyMade, withScenario } from '../../domain/rules/ready-made';
import { shortageActions, splitRules, type RuleSet } from '../../domain/rules/types';

const builtIn = builtInRuleSets.fewestSplitsThenNearest;
const last = builtIn.scenarios[0]!;

test('what rules can say is told with examples that are rules', () => {
  const before = (part: object) => ({ ...builtIn, scenarios: [{ ...last, code: 'example', ...part }, last] });
  const parts = [
    ...Object.values(conditionPhrases).map(({ example }) => ({ when: example })),
    ...Object.values(filterPhrases).map(({ example }) => ({ when: { hazard: true }, filters: [example] })),
    ...Object.entries(scorePhrases).map(([score, { example }]) => ({ scores: { [score]: example } })),
    ...Object.keys(splitPhrases).map((split) => ({ allocation: { split } })),
    ...Object.keys(shortagePhrases).map((then) => ({ onShortage: { then } })),
  ];
  for (const part of parts)
    expect({ part, problems: shapeProblems(before(part)) }).toEqual({ part, problems: [] });
  expect(Object.keys(splitPhrases)).toEqual(splitRules);
  expect(Object.keys(shortagePhrases)).toEqual(shortageActions);
});

test('all ready-made scenarios can be added to rules, each twice', () => {
  let rules: Record<string, unknown> = { ...builtIn };
  for (const each of [...readyMade, ...readyMade]) rules = withScenario(rules, each);
  expect(shapeProblems(rules)).toEqual([]);
  const added = rules as unknown as RuleSet;
  const once = [...readyMade.map(({ scenario }) => scenario), last];
  expect(problemsOf({ ...added, scenarios: once })).toEqual([]);
  const codes = added.scenarios.map(({ code }) => code);
  expect(new Set(codes).size).toBe(2 * readyMade.length + 1);
  expect(codes).toContain('near-stores-2');
  expect(codes.at(-1)).toBe(last.code);
});

test('a scenario can be added to what is no rule set yet', () => {
  expect(withScenario({ name: 'mine' }, readyMade[0]!)).toEqual({
    name: 'mine',
    scenarios: [readyMade[0]!.scenario],
  });
  expect(withScenario({ scenarios: [null, 7] }, readyMade[0]!)).toEqual({
    scenarios: [null, readyMade[0]!.scenario, 7],
  });
});
