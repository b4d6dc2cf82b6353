import { openForTaking } from './cancel-pieces';
import type { OrderStatus } from './states';

/**
 * What may be done to an order and to a return, and when: one table each, asked by the API (409 says what is
 * allowed), the console (which buttons to show) and the tests. Fulfillments have theirs with the shipping rules.
 */
export interface OrderSituation {
  status: OrderStatus;
  /** Statuses of the order's fulfillments. */
  fulfillments: readonly string[];
  /** It was confirmed once, whatever holds it now. */
  isConfirmed?: boolean;
  /** Pieces of it wait for stock. */
  waitsForStock?: boolean;
  /** Pieces at work come later than the customer was told, and can still be let go. */
  hasLatePieces?: boolean;
  /** Its goods go to a place of ours. */
  isInternal?: boolean;
  /** Some bank transfer is still awaited. */
  awaitsTransfer: boolean;
  /** A change of it waits for its money. */
  awaitsEdit?: boolean;
}

/** A fulfillment in this state has left the house: it can come back, but not be cancelled. */
export const hasLeftHouse = (status: string): boolean =>
  ['shipped', 'delivered', 'returned'].includes(status);

/** What waits in its store for the rest of its pickup is on a shelf of ours. */
const isOpenForTaking = (status: string): boolean => openForTaking.includes(status);

const hasLeft = (situation: OrderSituation) => situation.fulfillments.some(hasLeftHouse);
const hasArrived = (situation: OrderSituation) =>
  situation.fulfillments.some((status) => ['shipped', 'delivered'].includes(status));
const isOpen = (situation: OrderSituation) => !['completed', 'cancelled'].includes(situation.status);

/** Before it is confirmed all of it; afterwards as long as some of it waits for stock or to be packed. */
const canBeChanged = (order: OrderSituation) =>
  isOpen(order) &&
  (order.isConfirmed !== true || order.waitsForStock === true || order.fulfillments.some(isOpenForTaking));

const orderRules = {
  // Once a parcel is with the carrier, the way back is a return.
  cancel: (order) => isOpen(order) && !hasLeft(order),
  // Pieces that wait for stock or are not packed yet, whatever has become of the others.
  cancelLines: (order) => canBeChanged(order),
  edit: (order) => canBeChanged(order),
  withdrawEdit: (order) => isOpen(order) && order.awaitsEdit === true,
  // A hold keeps work from moving, for one reason or several; what has left cannot be held.
  hold: (order) => isOpen(order) && !hasLeft(order),
  // What waits for stock, by the rules of now, or at a location that a person chooses.
  sourceAgain: (order) =>
    order.status === 'confirmed' && order.waitsForStock === true && !order.awaitsTransfer,
  // Something else instead of what waits for stock, or comes later than was told.
  askForOffers: (order) =>
    order.status === 'confirmed' &&
    (order.waitsForStock === true || order.hasLatePieces === true) &&
    order.isInternal !== true,
  release: (order) => order.status === 'onHold',
  // Until the return window closes, and that completes the order.
  requestReturn: (order) => isOpen(order) && hasArrived(order) && order.isInternal !== true,
  // Money for an order that is over is not taken in silently: it belongs to the customer.
  recordTransfer: (order) => isOpen(order) && order.awaitsTransfer,
} satisfies Record<string, (situation: OrderSituation) => boolean>;
export type OrderAction = keyof typeof orderRules;

const returnRules = {
  receive: ['requested'],
  inspect: ['received'],
} satisfies Record<string, readonly string[]>;
export type ReturnAction = keyof typeof returnRules;

export function allowedOrderActions(situation: OrderSituation): OrderAction[] {
  return keysOf(orderRules).filter((action) => orderRules[action](situation));
}

export function allowedReturnActions(status: string): ReturnAction[] {
  return keysOf(returnRules).filter((action) => (returnRules[action] as readonly string[]).includes(status));
}

const keysOf = <T extends object>(table: T) => Object.keys(table) as (keyof T & string)[];
