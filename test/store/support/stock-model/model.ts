import type { WaitingCounts } from '../../../../workflows/supply/waiting-counts';

/** The counters of a SKU at a location, as a simple mind keeps them. */
export interface Shelf {
  onHand: number;
  unsellable: number;
  reserved: number;
  allocated: number;
  incoming: number;
  safetyStock: number;
  /** Counted up with each change of onHand or unsellable. */
  version: number;
}

export interface Pieces {
  sku: string;
  locationId: string;
  quantity: number;
}

/** Something that happened on a shelf: a feed asks what it could not have seen. */
interface Happening {
  sku: string;
  locationId: string;
  minute: number;
  onHand: number;
  unsellable: number;
  by: 'feed' | 'count' | 'other';
}

/** A part of an order that a location does. */
export interface Work {
  id: string;
  orderId: string;
  locationId: string;
  mode: 'ship' | 'pickup' | 'shipToStore';
  /** Of what is sent there: the store at which it is collected. */
  sentTo?: string;
  /** Where it goes, where the order names several places. */
  destination?: string;
  /** Its location may begin: it is not joined with other work any more. */
  isShown?: true;
  lines: { lineId: string; sku: string; quantity: number }[];
  /** `toStore`: on no shelf; `atStore`: kept there for the rest of its pickup; `gathered`: another one holds its pieces. */
  state:
    'open' | 'shipped' | 'returned' | 'toStore' | 'atStore' | 'ready' | 'collected' | 'gathered' | 'gone';
}

/** Work that holds pieces, where it holds them, and by which key. */
export const holds = ({ state }: Work): boolean => ['open', 'atStore', 'ready'].includes(state);
export const heldAt = ({ locationId, sentTo, state }: Work): string =>
  state === 'atStore' ? (sentTo ?? locationId) : locationId;
export const holdKeyOf = ({ id, sentTo, state }: Work, lineId: string): string =>
  `${id}:${lineId}${state === 'atStore' && sentTo !== undefined ? ':atStore' : ''}`;

/** Pieces that left and come back. */
export interface Return {
  id: string;
  lines: Work['lines'];
  state: 'requested' | 'received' | 'inspected';
  /** Where they are looked at. */
  locationId?: string;
}

/** Pieces of an order that wait for stock. */
export interface Waiting {
  id: number;
  round: number;
  orderId: string;
  lineId: string;
  sku: string;
  channel: string;
  /** The minute in which it began to wait: its place in the queue. */
  since: number;
  destination?: string;
  open: number;
  excluded: string[];
  /** The store at which it is collected; others may send it there. */
  collectedAt?: string;
  /** The place that collects it: nobody else supplies it. */
  onlyLocation?: string;
  /** All of it from one place, or nothing. */
  isWhole?: boolean;
}

export interface Order {
  id: string;
  channel: string;
  rounds: number;
  isCancelled: boolean;
  collectedAt?: string;
  /** Nothing of it is divided: one place collects what the others send. */
  isGathered?: true;
  /** Lines of which nobody sends all, and of which nothing was decided yet. */
  unsent: string[];
  /** What its workflow is told of pieces that wait. */
  counts: WaitingCounts;
  /** What it is of, less what was cancelled or given up. */
  lines: {
    lineId: string;
    sku: string;
    quantity: number;
    destination?: string;
    /** What it stands in for. */
    insteadOf?: string;
  }[];
  /** Locations that refused. */
  excluded: string[];
  /** Pieces of refused work, to be sourced again. */
  dropped: { lineId: string; sku: string; quantity: number }[];
}

/** Something else for pieces of a line that were short in a round. */
export interface Offer {
  id: string;
  orderId: string;
  lineId: string;
  round: number;
  /** What stands in. */
  sku: string;
  state: 'open' | 'over';
}

export interface Cart {
  id: string;
  channel: string;
  pieces: Pieces[];
  expires: number;
  state: 'held' | 'released' | 'expired' | 'converted';
}

export interface Transfer {
  id: string;
  sku: string;
  from: string;
  to: string;
  quantity: number;
  underWay: number;
  state: 'requested' | 'shipped' | 'received' | 'cancelled';
  /** The order for which it was asked, and the places of that in the queue. */
  orderId?: string;
  awaitedBy?: number[];
}

/** Supply of a purchase order, in the order in which it is expected. */
export interface Supply {
  expects: number;
  isOnItsWay: boolean;
  quantity: number;
  received: number;
}

export interface Purchase {
  id: string;
  sku: string;
  locationId: string;
  supply: Supply[];
  over: number;
  /** Announced beyond what was ordered, since the supplier confirmed. */
  beyond: number;
  state: 'draft' | 'sent' | 'confirmed' | 'partlyReceived' | 'received' | 'closed' | 'cancelled';
}

export interface Buffer {
  id: string;
  sku: string;
  channel?: string;
  locationId?: string;
  pieces: number;
}

/**
 * What the stock should be: numbers in memory and the few rules of the glossary, written anew, so that it can be held
 * against what the store makes of the same commands.
 */
export interface Model {
  skus: readonly string[];
  /** In the order in which they are asked. */
  locations: readonly string[];
  minute: number;
  shelves: Map<string, Shelf>;
  happenings: Happening[];
  buffers: Map<string, Buffer>;
  /** First come, first served. */
  queue: Waiting[];
  works: Work[];
  orders: Order[];
  offers: Offer[];
  returns: Return[];
  carts: Cart[];
  transfers: Transfer[];
  /** Of transfers, what does not come, and nobody was asked for yet. */
  missed: { orderId: string; transferId: string; key: string; round: number }[];
  purchases: Purchase[];
  announcements: (Pieces & { reference: string })[];
  /** By location, the newest feed and the newest full one, in minutes. */
  feeds: Map<string, { newest: number; full: number }>;
}

export const emptyModel = (skus: readonly string[], locations: readonly string[], minute: number): Model => ({
  ...{
    skus,
    locations,
    minute,
    shelves: new Map(),
    happenings: [],
    buffers: new Map(),
    queue: [],
    works: [],
  },
  ...{
    orders: [],
    offers: [],
    returns: [],
    carts: [],
    transfers: [],
    missed: [],
    purchases: [],
    announcements: [],
    feeds: new Map(),
  },
});

export const emptyShelf = (): Shelf => ({
  ...{ onHand: 0, unsellable: 0, reserved: 0, allocated: 0, incoming: 0, safetyStock: 0, version: 0 },
});

export function shelfOf(model: Model, sku: string, locationId: string): Shelf {
  const key = `${sku}@${locationId}`;
  const known = model.shelves.get(key) ?? emptyShelf();
  model.shelves.set(key, known);
  return known;
}

export const orderOf = ({ orders }: Model, { orderId }: { orderId: string }): Order =>
  orders.find(({ id }) => id === orderId)!;

/** A store hands over itself what others send to it. */
export function wayFrom(locationId: string, collectedAt: string | undefined): Pick<Work, 'mode' | 'sentTo'> {
  if (collectedAt === undefined) return { mode: 'ship' };
  return locationId === collectedAt ? { mode: 'pickup' } : { mode: 'shipToStore', sentTo: collectedAt };
}

/** Pieces that nobody has a claim on. */
export const freeOn = ({ onHand, unsellable, reserved, allocated }: Shelf): number =>
  onHand - unsellable - reserved - allocated;

/** Pieces that a channel may have at a place. */
export function availableAt(model: Model, sku: string, locationId: string, channel: string): number {
  const shelf = shelfOf(model, sku, locationId);
  return Math.max(0, freeOn(shelf) - shelf.safetyStock - keptBack(model, sku, locationId, channel));
}

/** The buffer with the most conditions of its own; a location counts for more than a channel. */
export function keptBack(model: Model, sku: string, locationId: string, channel: string): number {
  const weight = (buffer: Buffer) => (buffer.locationId ? 2 : 0) + (buffer.channel ? 1 : 0);
  const [first] = [...model.buffers.values()]
    .filter((each) => each.sku === sku)
    .filter((each) => (each.locationId ?? locationId) === locationId && (each.channel ?? channel) === channel)
    .sort((a, b) => weight(b) - weight(a));
  return first?.pieces ?? 0;
}

/** Pieces come to a shelf, leave it, or become unsellable. */
export function moveOn(
  model: Model,
  { sku, locationId }: { sku: string; locationId: string },
  change: { onHand: number; unsellable: number; by?: Happening['by']; isOneWith?: boolean },
): void {
  const shelf = shelfOf(model, sku, locationId);
  const { onHand, unsellable, by = 'other', isOneWith = false } = change;
  shelf.onHand += onHand;
  shelf.unsellable += unsellable;
  if ((onHand !== 0 || unsellable !== 0) && !isOneWith) shelf.version += 1;
  model.happenings.push({ sku, locationId, minute: model.minute, onHand, unsellable, by });
}

/**
 * What a refusal says of a shelf is put right: of what nobody holds, all that is missing is counted away, and what was
 * to leave and is damaged is put aside.
 */
export function putRight(
  model: Model,
  at: { sku: string; locationId: string },
  { reason, quantity }: { reason: string | undefined; quantity: number },
): void {
  const free = Math.max(0, freeOn(shelfOf(model, at.sku, at.locationId)));
  if (free === 0) return;
  if (reason === 'outOfStock') moveOn(model, at, { onHand: -free, unsellable: 0, by: 'count' });
  if (reason === 'damaged') moveOn(model, at, { onHand: 0, unsellable: Math.min(free, quantity) });
}

/**
 * Whatever can be had goes to who waits longest: from one place that has all that is open, else from several in their
 * order. Nobody ever waits beside stock that he may have.
 *
 * @param first who is served before all others
 */
export function giveToWaiting(model: Model, first: readonly number[] = []): void {
  const isFirst = ({ id }: Waiting): boolean => first.includes(id);
  for (const line of [...model.queue.filter(isFirst), ...model.queue.filter((each) => !isFirst(each))]) {
    const able = model.locations
      .filter((locationId) => !line.excluded.includes(locationId))
      .filter((locationId) => (line.onlyLocation ?? locationId) === locationId)
      .map((locationId) => ({ locationId, has: availableAt(model, line.sku, locationId, line.channel) }))
      .filter(({ has }) => has > 0);
    const whole = able.find(({ has }) => has >= line.open);
    const divided = line.isWhole ? [] : able;
    for (const { locationId, has } of whole ? [whole] : divided)
      if (line.open > 0) give(model, line, locationId, Math.min(has, line.open));
  }
  model.queue = model.queue.filter((line) => line.open > 0);
}

function give(model: Model, line: Waiting, locationId: string, quantity: number): void {
  model.works.push({
    id: `ful_${line.orderId.replace(/^ord_/, '')}_b${line.id}_${line.open}`,
    orderId: line.orderId,
    locationId,
    ...wayFrom(locationId, line.collectedAt),
    ...(line.destination !== undefined && { destination: line.destination }),
    lines: [{ lineId: line.lineId, sku: line.sku, quantity }],
    state: 'open',
  });
  shelfOf(model, line.sku, locationId).allocated += quantity;
  line.open -= quantity;
}
