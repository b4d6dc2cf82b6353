import type { MoneyOfEdit } from '../payment/edited-money';
import type { Demand } from '../sourcing/types';
import { lineIdOf } from '../ids';
import type { Money } from '../money';
import { money } from '../money';
import type { AskedPieces, LinePlaces } from './cancel-pieces';
import { checkOrderSums, priceOrder, valueOfPieces } from './totals';
import type { OrderLine, PlacedOrder } from './types';

export type NewLine = Omit<OrderLine, 'id'>;

/** What is to become of an order; what is left out stays as it is. */
export interface OrderEdit {
  /** Pieces that a line is to have; 0 takes it out. */
  lines?: AskedPieces[];
  /** Pieces to be taken out of lines, as a cancellation names them. */
  cancel?: AskedPieces[];
  add?: NewLine[];
  shippingAddress?: PlacedOrder['shippingAddress'];
  delivery?: PlacedOrder['delivery'];
  shipping?: PlacedOrder['shipping'];
}

/** What an edit did, for the order's story and versions. */
export type EditChange =
  | { what: 'quantity'; lineId: string; sku: string; from: number; to: number }
  | { what: 'added'; lineId: string; sku: string; quantity: number; unitPrice: Money }
  | { what: 'removed'; lineId: string; sku: string; quantity: number }
  | { what: 'shippingAddress' }
  | { what: 'delivery' }
  | { what: 'shipping'; from: Money; to: Money };

/** A line as our books are to have it: one that was taken out keeps its row, with all of its pieces cancelled. */
export interface LineRow {
  id: string;
  sku: string;
  title: string;
  quantity: number;
  cancelled: number;
  /** Minor units of the whole line. */
  gross: number;
}

export interface EditedOrder {
  outcome: 'edited';
  /** With new lines, addresses and total; its tenders are those of before. */
  order: PlacedOrder;
  rows: LineRow[];
  /** Pieces fewer and more than before, by line. */
  fewer: AskedPieces[];
  more: AskedPieces[];
  changes: EditChange[];
  /** It may have to come from elsewhere, or go another way. */
  goesElsewhere: boolean;
}

export type EditRefusal =
  | { outcome: 'invalid'; problems: { pointer: string; detail: string }[] }
  | { outcome: 'refused'; because: string }
  /** Nothing would be left of it: it is to be cancelled. */
  | { outcome: 'whole' };

/** What an edit would do; nothing of it has happened. */
export interface EditPreview {
  outcome: 'planned';
  order: PlacedOrder;
  changes: EditChange[];
  /** The order's total as it is, in minor units. */
  before: number;
  money: MoneyOfEdit;
  /** Where pieces would come from that are new or come from elsewhere, and what would wait for stock. */
  stock: {
    assignments: { locationId: string; name: string; lines: Demand[] }[];
    short: Demand[];
    /** Fulfillments that would be taken away from their locations. */
    moved: string[];
  };
  promise: { earliest: string | null; latest: string | null; reasons: string[] } | null;
}

/**
 * The order as it would be, priced as if it had been placed so. Lines that are named and were cancelled in part have
 * the pieces that are left; a discount follows the pieces that stay. Lines of which pieces are packed or have left
 * keep their price, and so their quantity: what they were charged was a share of it.
 */
export function editOrder(
  order: PlacedOrder,
  places: readonly LinePlaces[],
  edit: OrderEdit,
): EditedOrder | EditRefusal {
  const problems = problemsOf(order, places, edit);
  if (problems.length > 0) return { outcome: 'invalid', problems };
  const targets = targetsOf(places, edit);
  const frozen = places.filter((line) => isFrozen(line) && isChanged(line, targets));
  if (frozen.length > 0) return { outcome: 'refused', because: frozen.map(whyFrozen).join('; ') };
  const kept = order.lines.flatMap((line) => resized(line, placeOf(places, line.id), targets));
  const added = (edit.add ?? []).map((line, index) => ({
    id: lineIdOf(order.id, places.length + index + 1),
    ...line,
  }));
  const lines = [...kept, ...added];
  if (lines.every(({ id }) => leftOf(placeOf(places, id), targets.get(id)) === 0))
    return { outcome: 'whole' };
  return priced(order, places, edit, { lines, targets, added });
}

function priced(
  order: PlacedOrder,
  places: readonly LinePlaces[],
  edit: OrderEdit,
  { lines, targets, added }: { lines: OrderLine[]; targets: Targets; added: OrderLine[] },
): EditedOrder | EditRefusal {
  const { shippingAddress, delivery, shipping } = edit;
  const next = {
    ...order,
    lines,
    ...(shippingAddress && { shippingAddress }),
    ...(delivery && { delivery }),
    ...(shipping && { shipping }),
  };
  const { total, lines: amounts } = priceOrder(next);
  const edited = { ...next, total };
  const tooMuch = checkOrderSums({ ...edited, tenders: [{ amount: total }] });
  if (tooMuch.length > 0) return { outcome: 'invalid', problems: tooMuch };
  const changes = changesOf(order, edited, places, targets, added);
  if (changes.length === 0)
    return { outcome: 'invalid', problems: [{ pointer: '', detail: 'Nothing would change' }] };
  const moved = places.flatMap((line) => differenceOf(line, targets));
  return {
    outcome: 'edited',
    order: edited,
    rows: rowsOf(edited, places, amounts, targets),
    fewer: moved
      .filter(({ quantity }) => quantity < 0)
      .map(({ lineId, quantity }) => ({ lineId, quantity: -quantity })),
    more: [
      ...moved.filter(({ quantity }) => quantity > 0),
      ...added.map(({ id, quantity }) => ({ lineId: id, quantity })),
    ],
    changes,
    goesElsewhere: isElsewhere(order, edited),
  };
}

/** Lines by id with the pieces that they are to have. */
type Targets = ReadonlyMap<string, number>;

function targetsOf(places: readonly LinePlaces[], { lines = [], cancel = [] }: OrderEdit): Targets {
  const targets = new Map(lines.map(({ lineId, quantity }) => [lineId, quantity]));
  for (const { lineId, quantity } of cancel)
    targets.set(lineId, activeOf(placeOf(places, lineId)) - quantity);
  return targets;
}

const activeOf = (line: LinePlaces | undefined): number => (line ? line.quantity - line.cancelled : 0);
const leftOf = (line: LinePlaces | undefined, target: number | undefined): number =>
  target ?? (line ? activeOf(line) : 1);
const placeOf = (places: readonly LinePlaces[], id: string) => places.find(({ lineId }) => lineId === id);

const isChanged = (line: LinePlaces, targets: Targets): boolean =>
  (targets.get(line.lineId) ?? activeOf(line)) !== activeOf(line);

/** Work of these states may still be changed. */
const isOpenWork = (status: string): boolean => ['allocated', 'picking', 'withSupplier'].includes(status);
const isFrozen = ({ work }: LinePlaces): boolean => work.some(({ status }) => !isOpenWork(status));
const whyFrozen = ({ sku }: LinePlaces): string =>
  `Pieces of ${sku} are packed or have left: cancel those that have not, or add a line`;

/** A line with the pieces that it is to have; nothing when it has none. */
function resized(line: OrderLine, place: LinePlaces | undefined, targets: Targets): OrderLine[] {
  const quantity = targets.get(line.id);
  if (quantity === undefined || (place && !isChanged(place, targets))) return [line];
  if (quantity === 0) return [];
  const { discount } = line;
  const stays =
    quantity < line.quantity ? valueOfPieces(discount.amount, line.quantity, 0, quantity) : discount.amount;
  return [{ ...line, quantity, discount: money(stays, discount.currency) }];
}

function differenceOf(line: LinePlaces, targets: Targets): AskedPieces[] {
  const quantity = (targets.get(line.lineId) ?? activeOf(line)) - activeOf(line);
  return quantity === 0 ? [] : [{ lineId: line.lineId, quantity }];
}

function rowsOf(
  { lines }: PlacedOrder,
  places: readonly LinePlaces[],
  amounts: readonly { gross: Money }[],
  targets: Targets,
): LineRow[] {
  const kept = lines.map(({ id, sku, title, quantity }, index): LineRow => {
    const place = placeOf(places, id);
    const cancelled = place && !isChanged(place, targets) ? place.cancelled : 0;
    return { id, sku, title, quantity, cancelled, gross: amounts[index]!.gross.amount };
  });
  const gone = places
    .filter(({ lineId }) => isRemoved(lineId, targets))
    .map(({ lineId, sku, quantity }) => ({
      ...{ id: lineId, sku, title: sku, quantity, cancelled: quantity, gross: 0 },
    }));
  return [...kept, ...gone];
}

const isRemoved = (lineId: string, targets: Targets): boolean => targets.get(lineId) === 0;

function changesOf(
  before: PlacedOrder,
  after: PlacedOrder,
  places: readonly LinePlaces[],
  targets: Targets,
  added: readonly OrderLine[],
): EditChange[] {
  const ofLines = places
    .filter((line) => isChanged(line, targets))
    .map((line): EditChange => {
      const { lineId, sku } = line;
      const to = targets.get(lineId)!;
      return to === 0
        ? { what: 'removed', lineId, sku, quantity: activeOf(line) }
        : { what: 'quantity', lineId, sku, from: activeOf(line), to };
    });
  const news = added.map(({ id, sku, quantity, unitPrice }): EditChange => ({
    ...{ what: 'added', lineId: id, sku, quantity, unitPrice },
  }));
  const [from, to] = [before.shipping, after.shipping];
  return [
    ...ofLines,
    ...news,
    ...(isSame(before.shippingAddress, after.shippingAddress) ? [] : [{ what: 'shippingAddress' } as const]),
    ...(isSame(before.delivery, after.delivery) ? [] : [{ what: 'delivery' } as const]),
    ...(isSame(from, to) ? [] : [{ what: 'shipping', from: from.price, to: to.price } as const]),
  ];
}

/** Plain data of the same making: the order of keys does not matter. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return [...keys].every((key) => isSame(left[key], right[key]));
}

/** A name or a phone number decides nothing about where goods come from. */
function isElsewhere(before: PlacedOrder, after: PlacedOrder): boolean {
  const placeIn = ({
    shippingAddress: { country, region, postalCode, city, point },
    delivery,
  }: PlacedOrder) => ({
    ...{ country, region, postalCode, city, point, delivery },
  });
  return !isSame(placeIn(before), placeIn(after));
}

function problemsOf(order: PlacedOrder, places: readonly LinePlaces[], edit: OrderEdit) {
  const known = (field: 'lines' | 'cancel') =>
    (edit[field] ?? []).flatMap(({ lineId }, index, all) => {
      const pointer = `/lines/${index}/lineId`;
      if (!order.lines.some(({ id }) => id === lineId))
        return [{ pointer, detail: `The order has no line ${lineId}` }];
      const isTwice = all.findIndex((other) => other.lineId === lineId) < index;
      return isTwice ? [{ pointer, detail: `Line ${lineId} is named twice` }] : [];
    });
  const tooMany = (edit.cancel ?? []).flatMap(({ lineId, quantity }, index) => {
    const left = activeOf(placeOf(places, lineId));
    if (quantity <= left) return [];
    const detail = `Line ${lineId} has ${left} pieces that are not cancelled, got ${quantity}`;
    return [{ pointer: `/lines/${index}/quantity`, detail }];
  });
  const foreign = (edit.add ?? []).flatMap(({ unitPrice, discount, quantity }, index) => [
    ...currencyProblem(`/add/${index}/unitPrice`, unitPrice, order),
    ...currencyProblem(`/add/${index}/discount`, discount, order),
    ...(discount.amount > unitPrice.amount * quantity
      ? [{ pointer: `/add/${index}/discount`, detail: 'A discount may be at most the value of the line' }]
      : []),
  ]);
  const fee = edit.shipping ? currencyProblem('/shipping/price', edit.shipping.price, order) : [];
  return [...known('lines'), ...known('cancel'), ...tooMany, ...foreign, ...fee];
}

const currencyProblem = (pointer: string, { currency }: Money, order: PlacedOrder) =>
  currency === order.currency
    ? []
    : [{ pointer: `${pointer}/currency`, detail: `The order is in ${order.currency}, got ${currency}` }];
