import type { Location } from '../catalogue/location';
import { leavesOf } from './leaves-of';
import type { RuleProblem } from './rule-problem';
import type { Condition, Filter, Leaf, LineTest, RuleSet, Scenario } from './types';

/** A location as far as filters look at what does not change by the hour, nor with the order. */
type KnownLocation = Pick<Location, 'id' | 'type' | 'priority' | 'tags'> & { country: string };

/** What there is now of what rules name. */
export interface KnownNames {
  locations: readonly KnownLocation[];
  channelTypes: readonly string[];
  /** Those of the named ones that some product has. */
  categories: readonly string[];
}

/**
 * What a rule set may well mean, for it may still come, and which is a slip of the pen more often: words that nothing has,
 * filters that no location passes.
 */
export function warningsOf({ scenarios }: RuleSet, known: KnownNames): RuleProblem[] {
  return scenarios.flatMap((scenario, index) => {
    const at = `/scenarios/${index}`;
    return [...wordsOf(scenario.when, `${at}/when`, known), ...filterWarnings(scenario, at, known)];
  });
}

/** The categories that conditions ask for. */
export const categoriesAsked = ({ scenarios }: RuleSet): string[] => [
  ...new Set(
    scenarios.flatMap(({ when }) =>
      leavesOf(when, '').flatMap(({ leaf }) => testOf(leaf)?.test.category ?? []),
    ),
  ),
];

function testOf(leaf: Leaf): { key: string; test: LineTest } | null {
  if ('anyLine' in leaf) return { key: 'anyLine', test: leaf.anyLine };
  return 'everyLine' in leaf ? { key: 'everyLine', test: leaf.everyLine } : null;
}

function wordsOf(when: Condition, root: string, { channelTypes, categories }: KnownNames): RuleProblem[] {
  return leavesOf(when, root).flatMap(({ leaf, at }) => {
    if ('channelType' in leaf)
      return unused(leaf.channelType, channelTypes, `${at}/channelType`, 'No channel is of type');
    const asked = testOf(leaf);
    if (!asked?.test.category) return [];
    return unused(
      asked.test.category,
      categories,
      `${at}/${asked.key}/category`,
      'No product is of category',
    );
  });
}

const unused = (
  words: readonly string[],
  known: readonly string[],
  at: string,
  what: string,
): RuleProblem[] =>
  words.flatMap((word, index) =>
    known.includes(word) ? [] : [{ pointer: `${at}/${index}`, detail: `${what} "${word}" now` }],
  );

function filterWarnings({ filters, order }: Scenario, at: string, { locations }: KnownNames): RuleProblem[] {
  const single = filters.flatMap((filter, index) =>
    locations.some((location) => passes(filter, location))
      ? []
      : [{ pointer: `${at}/filters/${index}`, detail: 'No location passes it now: nobody would supply' }],
  );
  if (single.length > 0 || locations.length === 0) return locations.length === 0 ? [] : single;
  const isListed = ({ id }: KnownLocation): boolean => !Array.isArray(order) || order.includes(id);
  return locations.some((each) => isListed(each) && filters.every((filter) => passes(filter, each)))
    ? []
    : [
        {
          pointer: `${at}/filters`,
          detail: `No location passes all of them${Array.isArray(order) ? ' and is on the list' : ''} now: nobody would supply`,
        },
      ];
}

/** What depends on the order or the hour passes. */
function passes(filter: Filter, { id, type, country, priority, tags = [] }: KnownLocation): boolean {
  if ('locationType' in filter) return filter.locationType.includes(type);
  if ('locationIn' in filter) return filter.locationIn.includes(id);
  if ('locationNotIn' in filter) return !filter.locationNotIn.includes(id);
  if ('country' in filter) return !Array.isArray(filter.country) || filter.country.includes(country);
  if ('priorityAtMost' in filter) return priority <= filter.priorityAtMost;
  if ('hasTag' in filter) return filter.hasTag.some((tag) => tags.includes(tag));
  return !('hasNoTag' in filter) || !filter.hasNoTag.some((tag) => tags.includes(tag));
}
