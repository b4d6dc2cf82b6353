/** The three axes of state of an order. Each is one closed list and one transition table. */
export const orderStatuses = ['placed', 'onHold', 'confirmed', 'completed', 'cancelled'] as const;
export type OrderStatus = (typeof orderStatuses)[number];

export const fulfillmentStates = [
  'unsourced',
  'backordered',
  'allocated',
  'picking',
  'packed',
  'shipped',
  'toStore',
  'atStore',
  'gathered',
  'readyForPickup',
  'delivered',
  'returned',
  'cancelled',
] as const;
export type FulfillmentState = (typeof fulfillmentStates)[number];

export const paymentStatuses = [
  'pending',
  'authorized',
  'partiallyCaptured',
  'captured',
  'partiallyRefunded',
  'refunded',
  'failed',
] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

type Table<State extends string> = Record<State, readonly State[]>;

export const orderTransitions: Table<OrderStatus> = {
  placed: ['onHold', 'confirmed', 'cancelled'],
  onHold: ['placed', 'confirmed', 'cancelled'],
  confirmed: ['onHold', 'completed', 'cancelled'],
  completed: [],
  cancelled: [],
};

export const fulfillmentTransitions: Table<FulfillmentState> = {
  unsourced: ['backordered', 'allocated', 'cancelled'],
  backordered: ['allocated', 'cancelled'],
  // A supplier ships without a word in between.
  allocated: [
    'picking',
    'packed',
    'shipped',
    'toStore',
    'atStore',
    'readyForPickup',
    'unsourced',
    'cancelled',
  ],
  picking: ['packed', 'shipped', 'toStore', 'atStore', 'readyForPickup', 'unsourced', 'cancelled'],
  packed: ['shipped', 'toStore', 'atStore', 'unsourced', 'cancelled'],
  shipped: ['delivered', 'returned'],
  // Sent to the store at which it is collected; there it waits for the rest of its pickup.
  toStore: ['atStore', 'unsourced', 'cancelled'],
  atStore: ['gathered', 'readyForPickup', 'cancelled'],
  // Joined with others into one pickup, which holds the pieces from then on.
  gathered: ['cancelled'],
  readyForPickup: ['delivered', 'cancelled'],
  delivered: ['returned'],
  returned: [],
  cancelled: [],
};

export const paymentTransitions: Table<PaymentStatus> = {
  pending: ['authorized', 'partiallyCaptured', 'captured', 'failed'],
  // A void takes back what was promised.
  authorized: ['pending', 'partiallyCaptured', 'captured', 'failed'],
  partiallyCaptured: ['captured', 'partiallyRefunded', 'refunded', 'failed'],
  captured: ['partiallyRefunded', 'refunded'],
  partiallyRefunded: ['captured', 'refunded', 'partiallyRefunded'],
  refunded: [],
  // A failed tender may be replaced while others of the order are still awaited.
  failed: ['pending', 'authorized', 'partiallyCaptured', 'captured'],
};

const tables = {
  order: orderTransitions,
  fulfillment: fulfillmentTransitions,
  payment: paymentTransitions,
} as const;
interface States {
  order: OrderStatus;
  fulfillment: FulfillmentState;
  payment: PaymentStatus;
}

export type Transition<State> =
  | { outcome: 'moved'; to: State }
  | { outcome: 'unchanged'; to: State }
  | { outcome: 'refused'; from: State; to: State; allowed: readonly State[] };

/** The one transition function of all three axes. Staying where one is is `unchanged`, not an error. */
export function transition<Axis extends keyof States>(
  axis: Axis,
  from: States[Axis],
  to: States[Axis],
): Transition<States[Axis]> {
  if (from === to) return { outcome: 'unchanged', to };
  const table = tables[axis] as unknown as Table<States[Axis]>;
  const allowed = table[from];
  return allowed.includes(to) ? { outcome: 'moved', to } : { outcome: 'refused', from, to, allowed };
}

/** States of an axis from which `to` can be reached in one step: what a conditional UPDATE may start from. */
export function statesBefore<Axis extends keyof States>(axis: Axis, to: States[Axis]): States[Axis][] {
  const table = tables[axis] as unknown as Table<States[Axis]>;
  return (Object.keys(table) as States[Axis][]).filter((from) => table[from].includes(to));
}
