import { rulesInWords, type ScenarioInWords } from './in-words';
import type { RuleSet } from './types';

/** A line of a rule set in words: it stays, is new, or is gone. */
export interface ComparedLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
  /** Names a scenario; what follows belongs to it. */
  isHeading: boolean;
}

/** What changes from one rule set to another, line by line in words. */
export function compareInWords(from: RuleSet, to: RuleSet): ComparedLine[] {
  return shortestChange(linesOf(from), linesOf(to));
}

interface Line {
  text: string;
  isHeading: boolean;
}

const linesOf = (rules: RuleSet): Line[] => [
  { text: `${rules.name}, costs in ${rules.currency}`, isHeading: true },
  ...rulesInWords(rules).flatMap(scenarioLines),
];

const scenarioLines = ({
  code,
  when,
  decides,
  filters,
  scores,
  allocation,
  shortage,
}: ScenarioInWords): Line[] => [
  { text: code, isHeading: true },
  ...[
    `For ${when}`,
    ...filters.map((filter) => `Only locations ${filter}`),
    decides,
    ...scores.map((score) => `Costs ${score}`),
    allocation,
    shortage,
  ].map((text) => ({ text, isHeading: false })),
];

/** By the longest common subsequence: as many lines as possible stay. */
function shortestChange(from: readonly Line[], to: readonly Line[]): ComparedLine[] {
  const isSame = (a: number, b: number): boolean =>
    from[a]!.text === to[b]!.text && from[a]!.isHeading === to[b]!.isHeading;
  const kept = Array.from({ length: from.length + 1 }, () => new Array<number>(to.length + 1).fill(0));
  for (let a = from.length - 1; a >= 0; a -= 1)
    for (let b = to.length - 1; b >= 0; b -= 1)
      kept[a]![b] = isSame(a, b) ? kept[a + 1]![b + 1]! + 1 : Math.max(kept[a + 1]![b]!, kept[a]![b + 1]!);
  const lines: ComparedLine[] = [];
  for (let a = 0, b = 0; a < from.length || b < to.length;) {
    if (a < from.length && b < to.length && isSame(a, b)) {
      lines.push({ kind: 'same', ...from[a]! });
      [a, b] = [a + 1, b + 1];
    } else if (b >= to.length || (a < from.length && kept[a + 1]![b]! >= kept[a]![b + 1]!))
      lines.push({ kind: 'removed', ...from[a++]! });
    else lines.push({ kind: 'added', ...to[b++]! });
  }
  return lines;
}
