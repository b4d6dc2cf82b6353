/** Colours by meaning; the style sheet has one rule for each. */
export type Tone = 'quiet' | 'info' | 'busy' | 'warn' | 'good' | 'bad';

/** One colour per state, the same on every page. */
const tones: Record<string, Tone> = {
  // Orders
  placed: 'quiet',
  onHold: 'warn',
  confirmed: 'info',
  completed: 'good',
  cancelled: 'bad',
  declined: 'bad',
  // Fulfillments
  unsourced: 'quiet',
  backordered: 'warn',
  allocated: 'info',
  picking: 'busy',
  packed: 'busy',
  shipped: 'busy',
  toStore: 'busy',
  atStore: 'busy',
  gathered: 'good',
  readyForPickup: 'busy',
  delivered: 'good',
  returned: 'quiet',
  // Payments
  pending: 'quiet',
  authorized: 'info',
  partiallyCaptured: 'busy',
  captured: 'good',
  partiallyRefunded: 'warn',
  refunded: 'quiet',
  failed: 'bad',
  voided: 'quiet',
  // Purchase orders
  draft: 'quiet',
  sent: 'info',
  partlyReceived: 'busy',
  closed: 'quiet',
  // Stock alerts
  unconfirmed: 'quiet',
  waiting: 'info',
  told: 'good',
  // Purchase requests
  open: 'warn',
  ordered: 'good',
  refused: 'bad',
  notNeeded: 'quiet',
  // Returns
  requested: 'info',
  received: 'busy',
  inspected: 'busy',
  rejected: 'bad',
  expired: 'quiet',
  // Stock feeds, simulations
  accepted: 'quiet',
  applying: 'busy',
  applied: 'good',
  running: 'busy',
  done: 'good',
  // Parcels
  inTransit: 'busy',
  outForDelivery: 'busy',
  lost: 'bad',
  // Candidates of a sourcing decision
  chosen: 'good',
  filtered: 'quiet',
};

const named: Record<string, string> = {
  onHold: 'on hold',
  readyForPickup: 'ready for pickup',
  toStore: 'on its way to the store',
  atStore: 'kept at the store',
  gathered: 'part of the pickup',
  partiallyCaptured: 'partly captured',
  partiallyRefunded: 'partly refunded',
  filtered: 'not eligible',
  unconfirmed: 'not confirmed',
  lost: 'lost',
};

export const toneOf = (state: string): Tone => (Object.hasOwn(tones, state) ? tones[state]! : 'quiet');

/** `readyForPickup` → "ready for pickup". */
export const nameOfState = (state: string): string =>
  Object.hasOwn(named, state) ? named[state]! : state.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
