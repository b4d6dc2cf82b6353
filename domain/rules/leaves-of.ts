import type { Condition, Leaf } from './types';

/** All that a condition is joined of, each with the pointer to it; `at` points to the condition. */
export function leavesOf(condition: Condition, at: string): { leaf: Leaf; at: string }[] {
  if ('all' in condition) return condition.all.flatMap((each, index) => leavesOf(each, `${at}/all/${index}`));
  if ('any' in condition) return condition.any.flatMap((each, index) => leavesOf(each, `${at}/any/${index}`));
  return 'not' in condition ? leavesOf(condition.not, `${at}/not`) : [{ leaf: condition, at }];
}
