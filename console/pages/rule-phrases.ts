import { notFound } from '../../api/problem';
import { rulesInWords } from '../../domain/rules/in-words';
import {
  conditionPhrases,
  filterPhrases,
  scorePhrases,
  shortagePhrases,
  splitPhrases,
  type Phrase,
} from '../../domain/rules/phrases';
import { readyMade, withScenario } from '../../domain/rules/ready-made';
import { compactJson } from '../words/compact-json';

/** Rules as they were typed, with a ready-made scenario of this code; where there is none, a problem. */
export function textWithReadyMade(rules: Record<string, unknown>, code: string): string {
  const found = readyMade.find(({ scenario }) => scenario.code === code);
  if (!found) throw notFound(`There is no ready-made scenario "${code}"`);
  return compactJson(withScenario(rules, found));
}

const examples = (phrases: Record<string, Phrase>) =>
  Object.values(phrases).map(({ says, example }) => ({ text: compactJson(example), says }));

const names = (phrases: Record<string, string>) =>
  Object.entries(phrases).map(([text, says]) => ({ text: `"${text}"`, says }));

/** What whoever writes rules can begin with, and all that can be said. */
export const ruleHelp = (currency: string) => ({
  readyMade: readyMade.map(({ title, scenario }) => ({
    ...{ title, code: scenario.code },
    scenarios: rulesInWords({ name: '', version: '', currency, scenarios: [scenario] }),
  })),
  vocabulary: [
    { name: 'when', title: 'The order, if', entries: examples(conditionPhrases) },
    { name: 'filters', title: 'Only locations', entries: examples(filterPhrases) },
    {
      name: 'scores',
      title: 'What it costs',
      entries: Object.entries(scorePhrases).map(([score, { says, example }]) => ({
        text: `"${score}": ${example}`,
        says,
      })),
    },
    { name: 'split', title: 'How it may be divided', entries: names(splitPhrases) },
    { name: 'onShortage', title: 'What nobody has', entries: names(shortagePhrases) },
  ],
});
