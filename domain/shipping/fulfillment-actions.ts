import type { FulfillmentState } from '../order/states';

export type FulfillmentMode = 'ship' | 'pickup';
export const fulfillmentActions = ['pick', 'pack', 'ship', 'ready', 'collect', 'reject'] as const;
export type FulfillmentAction = (typeof fulfillmentActions)[number];

interface Rule {
  modes: readonly FulfillmentMode[];
  from: readonly FulfillmentState[];
  to: FulfillmentState;
}

/** Which action staff may take on a fulfillment, and where it leads. Serves API, console and tests. */
export const fulfillmentRules: Record<FulfillmentAction, Rule> = {
  // H1: picking may be skipped by small stores, so packing and making ready start from `allocated`, too.
  pick: { modes: ['ship', 'pickup'], from: ['allocated'], to: 'picking' },
  pack: { modes: ['ship'], from: ['allocated', 'picking'], to: 'packed' },
  // H5: what left, left as packed: a parcel needs its label first.
  ship: { modes: ['ship'], from: ['packed'], to: 'shipped' },
  // H7: pickup has no parcel and no carrier.
  ready: { modes: ['pickup'], from: ['allocated', 'picking'], to: 'readyForPickup' },
  collect: { modes: ['pickup'], from: ['readyForPickup'], to: 'delivered' },
  // R5: a location refuses before it has packed; the lines are sourced elsewhere.
  reject: { modes: ['ship', 'pickup'], from: ['allocated', 'picking'], to: 'cancelled' },
};

export function allowedFulfillmentActions(fulfillment: {
  mode: FulfillmentMode;
  status: FulfillmentState;
}): FulfillmentAction[] {
  return fulfillmentActions.filter((action) => isAllowed(action, fulfillment));
}

export function isAllowed(
  action: FulfillmentAction,
  fulfillment: { mode: FulfillmentMode; status: FulfillmentState },
): boolean {
  const rule = fulfillmentRules[action];
  return rule.modes.includes(fulfillment.mode) && rule.from.includes(fulfillment.status);
}

/** States that an action has behind it: asking for it again is an answer lost, not an error. */
export function isAlreadyDone(
  action: FulfillmentAction,
  fulfillment: { mode: FulfillmentMode; status: FulfillmentState; rejected: boolean },
): boolean {
  const rule = fulfillmentRules[action];
  if (!rule.modes.includes(fulfillment.mode)) return false;
  if (action === 'reject') return fulfillment.rejected;
  const path: FulfillmentState[] =
    fulfillment.mode === 'ship'
      ? ['picking', 'packed', 'shipped', 'delivered']
      : ['picking', 'readyForPickup', 'delivered'];
  const at = path.indexOf(fulfillment.status);
  return at >= 0 && path.indexOf(rule.to) <= at;
}
