import type { Allocation, Scenario } from '../rules/types';
import type { Preference } from '../order/types';

/** How an order may be divided: what it asks for itself goes before the rules, where they respect it. */
export function allocationOf({ allocation }: Scenario, preference: Preference | undefined): Allocation {
  if (allocation.respectPreference !== true || preference === undefined) return allocation;
  return {
    ...allocation,
    split: preference.split ?? allocation.split,
    shipComplete: preference.shipComplete ?? allocation.shipComplete,
  };
}
