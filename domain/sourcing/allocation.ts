import type { AfterAction, Allocation, Scenario, SplitRule } from '../rules/types';
import type { Preference } from '../order/types';
import type { SourcingRequest } from './types';

/** How an order may be divided: what it asks for itself goes before the rules, where they respect it. */
export function allocationOf({ allocation }: Scenario, preference: Preference | undefined): Allocation {
  if (allocation.respectPreference !== true || preference === undefined) return allocation;
  return {
    ...allocation,
    split: preference.split ?? allocation.split,
    shipComplete: preference.shipComplete ?? allocation.shipComplete,
  };
}

/**
 * What is sent to a store and gathered there comes from as many locations as it takes: the store itself is the one that
 * collects it.
 */
export function scenarioFor(scenario: Scenario, { preference, isGathered }: Asking): Scenario {
  const { respectPreference: _, ...allocation } = allocationOf(scenario, preference);
  if (!isGathered || allocation.split !== 'consolidate') return scenario;
  return { ...scenario, allocation: { ...allocation, split: 'allow' } };
}

type Asking = Pick<SourcingRequest, 'preference' | 'isGathered'>;

/** Nothing of a pickup is handed over before all of it is at the store, what waits for stock included. */
export function gathersAll(scenario: Scenario, { preference, isGathered }: Asking): boolean {
  const { split, shipComplete } = allocationOf(scenario, preference);
  return isGathered === true && (split === 'consolidate' || shipComplete === true);
}

/** All of an order leaves from one location. */
export const isFromOnePlace = (split: SplitRule): boolean => split === 'never' || split === 'consolidate';

/** Whether others are to send what the one that supplies an order lacks. */
export const wantsTransfers = (scenario: Scenario, preference: Preference | undefined): boolean =>
  scenario.onShortage.then === 'waitForTransfer' ||
  allocationOf(scenario, preference).split === 'consolidate';

/**
 * What follows where others send: as the scenario says of transfers. Where it says something else about what nobody has,
 * the order is divided when they do not come in time, or the pieces are given up as the scenario has them.
 */
export function whileSent({ onShortage }: Scenario): AfterAction {
  if (onShortage.then === 'waitForTransfer') return onShortage;
  return { then: 'waitForTransfer', otherwise: onShortage.then === 'cancel' ? 'cancel' : 'split' };
}
