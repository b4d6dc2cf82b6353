import type { FulfillmentState } from '../order/states';

export type FulfillmentMode = 'ship' | 'pickup';
export const fulfillmentActions = ['confirm', 'pick', 'pack', 'ship', 'ready', 'collect', 'reject'] as const;
export type FulfillmentAction = (typeof fulfillmentActions)[number];

interface Rule {
  modes: readonly FulfillmentMode[];
  from: readonly FulfillmentState[];
  to: FulfillmentState;
  /** Where a supplier ships for us: from these states instead; `only` nobody else is asked. */
  atSupplier?: { from: readonly FulfillmentState[]; only?: true };
}

/** What the rules look at. */
export interface FulfillmentSituation {
  mode: FulfillmentMode;
  status: FulfillmentState;
  /** The work lies at a supplier. */
  isDropship?: boolean;
}

/** Which action staff may take on a fulfillment, and where it leads. Serves API, console and tests. */
export const fulfillmentRules: Record<FulfillmentAction, Rule> = {
  // O5: a supplier says that it will; from then on only people take the work away.
  confirm: {
    modes: ['ship'],
    from: ['allocated'],
    to: 'picking',
    atSupplier: { from: ['allocated'], only: true },
  },
  // H1: picking may be skipped by small stores, so packing and making ready start from `allocated`, too.
  pick: { modes: ['ship', 'pickup'], from: ['allocated'], to: 'picking' },
  pack: { modes: ['ship'], from: ['allocated', 'picking'], to: 'packed' },
  // H5: what left, left as packed: a parcel needs its label first.
  // O5: a supplier that books its own carrier has no label of ours.
  ship: {
    modes: ['ship'],
    from: ['packed'],
    to: 'shipped',
    atSupplier: { from: ['allocated', 'picking', 'packed'] },
  },
  // H7: pickup has no parcel and no carrier.
  ready: { modes: ['pickup'], from: ['allocated', 'picking'], to: 'readyForPickup' },
  collect: { modes: ['pickup'], from: ['readyForPickup'], to: 'delivered' },
  // R5: a location refuses before it has packed; the lines are sourced elsewhere.
  reject: { modes: ['ship', 'pickup'], from: ['allocated', 'picking'], to: 'cancelled' },
};

export function allowedFulfillmentActions(fulfillment: FulfillmentSituation): FulfillmentAction[] {
  return fulfillmentActions.filter((action) => isAllowed(action, fulfillment));
}

export function isAllowed(action: FulfillmentAction, fulfillment: FulfillmentSituation): boolean {
  const { modes, from, atSupplier } = fulfillmentRules[action];
  if (!modes.includes(fulfillment.mode) || isForOthers(action, fulfillment)) return false;
  return (fulfillment.isDropship ? (atSupplier?.from ?? from) : from).includes(fulfillment.status);
}

const isForOthers = (action: FulfillmentAction, { isDropship = false }: FulfillmentSituation): boolean =>
  fulfillmentRules[action].atSupplier?.only === true && !isDropship;

/** States that an action has behind it: asking for it again is an answer lost, not an error. */
export function isAlreadyDone(
  action: FulfillmentAction,
  fulfillment: FulfillmentSituation & { rejected: boolean },
): boolean {
  const rule = fulfillmentRules[action];
  if (!rule.modes.includes(fulfillment.mode) || isForOthers(action, fulfillment)) return false;
  if (action === 'reject') return fulfillment.rejected;
  const path: FulfillmentState[] =
    fulfillment.mode === 'ship'
      ? ['picking', 'packed', 'shipped', 'delivered']
      : ['picking', 'readyForPickup', 'delivered'];
  const at = path.indexOf(fulfillment.status);
  return at >= 0 && path.indexOf(rule.to) <= at;
}
