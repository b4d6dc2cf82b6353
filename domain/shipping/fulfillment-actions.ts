import type { FulfillmentState } from '../order/states';

export const fulfillmentModes = ['ship', 'pickup', 'shipToStore'] as const;
/** To the customer, from the store's own shelf, or to the store at which the customer collects. */
export type FulfillmentMode = (typeof fulfillmentModes)[number];
export const fulfillmentActions = [
  'confirm',
  'pick',
  'pack',
  'ship',
  'arrive',
  'ready',
  'collect',
  'reject',
] as const;
export type FulfillmentAction = (typeof fulfillmentActions)[number];

interface Rule {
  /** Where it leads, by mode; modes that are left out are not asked. */
  to: Partial<Record<FulfillmentMode, FulfillmentState>>;
  from: readonly FulfillmentState[];
  /** Where it leads as long as others of the same pickup are on their way. */
  toFirst?: FulfillmentState;
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

const whateverMode = (to: FulfillmentState): Rule['to'] => ({ ship: to, pickup: to, shipToStore: to });

/** Which action staff may take on a fulfillment, and where it leads. Serves API, console and tests. */
export const fulfillmentRules: Record<FulfillmentAction, Rule> = {
  // O5: a supplier says that it will; from then on only people take the work away.
  confirm: {
    to: { ship: 'picking', shipToStore: 'picking' },
    from: ['allocated'],
    atSupplier: { from: ['allocated'], only: true },
  },
  // H1: picking may be skipped by small stores, so packing and making ready start from `allocated`, too.
  pick: { to: whateverMode('picking'), from: ['allocated'] },
  pack: { to: { ship: 'packed', shipToStore: 'packed' }, from: ['allocated', 'picking'] },
  // H5: what left, left as packed: a parcel needs its label first.
  // O5: a supplier that books its own carrier has no label of ours.
  ship: {
    to: { ship: 'shipped', shipToStore: 'toStore' },
    from: ['packed'],
    atSupplier: { from: ['allocated', 'picking', 'packed'] },
  },
  // O7: the store takes in what is collected there, even if nobody said that it had left.
  arrive: { to: { shipToStore: 'atStore' }, from: ['packed', 'toStore'] },
  // H7: pickup has no parcel and no carrier.
  ready: { to: { pickup: 'readyForPickup' }, toFirst: 'atStore', from: ['allocated', 'picking'] },
  collect: { to: { pickup: 'delivered' }, from: ['readyForPickup'] },
  // R5: a location refuses before it has packed; the lines are sourced elsewhere.
  reject: { to: whateverMode('cancelled'), from: ['allocated', 'picking'] },
};

export function allowedFulfillmentActions(fulfillment: FulfillmentSituation): FulfillmentAction[] {
  return fulfillmentActions.filter((action) => isAllowed(action, fulfillment));
}

export function isAllowed(action: FulfillmentAction, fulfillment: FulfillmentSituation): boolean {
  const { from, atSupplier } = fulfillmentRules[action];
  if (!isAsked(action, fulfillment)) return false;
  return (fulfillment.isDropship ? (atSupplier?.from ?? from) : from).includes(fulfillment.status);
}

/** Whether work of this mode, at this kind of place, is ever asked for it. */
function isAsked(action: FulfillmentAction, { mode, isDropship = false }: FulfillmentSituation): boolean {
  const { to, atSupplier } = fulfillmentRules[action];
  return to[mode] !== undefined && (atSupplier?.only !== true || isDropship);
}

/** The states that work of a mode goes through when all goes well. */
const paths: Record<FulfillmentMode, readonly FulfillmentState[]> = {
  ship: ['picking', 'packed', 'shipped', 'delivered'],
  pickup: ['picking', 'atStore', 'readyForPickup', 'delivered'],
  shipToStore: ['picking', 'packed', 'toStore', 'atStore', 'gathered'],
};

/** States that an action has behind it: asking for it again is an answer lost, not an error. */
export function isAlreadyDone(
  action: FulfillmentAction,
  fulfillment: FulfillmentSituation & { rejected: boolean },
): boolean {
  const { mode, status, rejected } = fulfillment;
  if (!isAsked(action, fulfillment)) return false;
  if (action === 'reject') return rejected;
  const { to, toFirst } = fulfillmentRules[action];
  const path = paths[mode];
  const at = path.indexOf(status);
  return at >= 0 && path.indexOf(toFirst ?? to[mode]!) <= at;
}
