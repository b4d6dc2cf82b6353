import type { Location } from '../catalogue/location';
import { leavesOf } from './leaves-of';
import type { RuleProblem } from './rule-problem';
import type { Condition, Filter, Leaf, LineTest, RuleSet, Scenario } from './types';

/** A location as far as filters look at what does not change by the hour, nor with the order. */
type KnownLocation = Pick<Location, 'id' | 'type' | 'priority' | 'tags'> & { country: string };

/** Words of conditions that are known by what has them alone. */
export interface AskedNames {
  categories: string[];
  /** Of products. */
  tags: string[];
  customerGroups: string[];
}

/** What there is now of what rules name. */
export interface KnownNames {
  locations: readonly KnownLocation[];
  channelTypes: readonly string[];
  /** Those of the named ones that some product has. */
  categories: readonly string[];
  tags: readonly string[];
  /** Those of the named ones that a customer of a recent order is in; null: there is no order to know it by. */
  customerGroups: readonly string[] | null;
}

/**
 * What a rule set may well mean, for it may still come, and which is a slip of the pen more often: words that nothing has,
 * filters that no location passes.
 */
export function warningsOf({ scenarios }: RuleSet, known: KnownNames): RuleProblem[] {
  return scenarios.flatMap((scenario, index) => {
    const at = `/scenarios/${index}`;
    return [...conditionWarnings(scenario.when, `${at}/when`, known), ...filterWarnings(scenario, at, known)];
  });
}

/** What conditions ask for, to be looked up. */
export function namesAsked(conditions: readonly Condition[]): AskedNames {
  const leaves = conditions.flatMap((when) => leavesOf(when, '')).map(({ leaf }) => leaf);
  const tests = leaves.flatMap((leaf) => testOf(leaf)?.test ?? []);
  const once = (words: string[]): string[] => [...new Set(words)];
  return {
    categories: once(tests.flatMap(({ category = [] }) => category)),
    tags: once(tests.flatMap(({ tag = [] }) => tag)),
    customerGroups: once(leaves.flatMap((leaf) => ('customerGroup' in leaf ? leaf.customerGroup : []))),
  };
}

function testOf(leaf: Leaf): { key: string; test: LineTest } | null {
  if ('anyLine' in leaf) return { key: 'anyLine', test: leaf.anyLine };
  return 'everyLine' in leaf ? { key: 'everyLine', test: leaf.everyLine } : null;
}

/** Words of a condition that nothing has now; `root` points to it. */
export function conditionWarnings(when: Condition, root: string, known: KnownNames): RuleProblem[] {
  return leavesOf(when, root).flatMap(({ leaf, at }) => {
    if ('channelType' in leaf)
      return unused(leaf.channelType, known.channelTypes, `${at}/channelType`, 'No channel is of type');
    if ('customerGroup' in leaf) return groupWarnings(leaf.customerGroup, `${at}/customerGroup`, known);
    const asked = testOf(leaf);
    if (!asked) return [];
    const { category = [], tag = [] } = asked.test;
    const pointer = `${at}/${asked.key}`;
    return [
      ...unused(category, known.categories, `${pointer}/category`, 'No product is of category'),
      ...unused(tag, known.tags, `${pointer}/tag`, 'No product has the tag'),
    ];
  });
}

const groupWarnings = (groups: readonly string[], at: string, { customerGroups }: KnownNames) =>
  customerGroups === null
    ? []
    : unused(groups, customerGroups, at, 'No recent order is of a customer in group');

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
  if (locations.length === 0) return [];
  const single = filters.map((filter, index) =>
    locations.some((location) => passes(filter, location))
      ? tagWarnings(filter, `${at}/filters/${index}`, locations)
      : [{ pointer: `${at}/filters/${index}`, detail: 'No location passes it now: nobody would supply' }],
  );
  return [...single.flat(), ...togetherWarnings({ filters, order }, at, locations)];
}

/** Of a filter that some location passes: tags that none has. */
function tagWarnings(filter: Filter, at: string, locations: readonly KnownLocation[]): RuleProblem[] {
  const tags = locations.flatMap(({ tags = [] }) => tags);
  if ('hasTag' in filter) return unused(filter.hasTag, tags, `${at}/hasTag`, 'No location has the tag');
  if (!('hasNoTag' in filter)) return [];
  return unused(filter.hasNoTag, tags, `${at}/hasNoTag`, 'No location is kept out by the tag');
}

/** Of filters that each let somebody pass: whether anybody passes all of them. */
function togetherWarnings(
  { filters, order }: Pick<Scenario, 'filters' | 'order'>,
  at: string,
  locations: readonly KnownLocation[],
): RuleProblem[] {
  if (!filters.every((filter) => locations.some((location) => passes(filter, location)))) return [];
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
