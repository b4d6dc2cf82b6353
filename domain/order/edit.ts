import { lineIdOf } from '../ids';
import type { LinePlaces } from './cancel-pieces';
import { destinationsInUse } from './destination';
import { whySharesMisfit } from './destination-shares';
import { changesOf } from './edit-changes';
import { unusedProblems } from './edit-place-problems';
import { problemsOf } from './edit-problems';
import { isChanged, isFrozen, leftOf, placeOf, targetsOf, whyFrozen, type Targets } from './edit-targets';
import { redirected, sortMoves, splitOff, targetsAfter, type SortedMoves } from './edited-moves';
import { changedPlaces, editedDestinations } from './edited-places';
import { differenceOf, resized, rowsOf } from './edited-lines';
import type { EditedOrder, EditRefusal, OrderEdit } from './order-edit';
import { checkOrderSums, priceOrder } from './totals';
import type { OrderLine, PlacedOrder } from './types';

/**
 * The order as it would be, priced as if it had been placed so. Lines that are named and were cancelled in part have
 * the pieces that are left; a discount follows the pieces that stay. Lines of which pieces are packed or have left
 * keep their price, and so their quantity: what they were charged was a share of it. Pieces that go to another place
 * than the rest of their line become a line of their own.
 */
export function editOrder(
  order: PlacedOrder,
  places: readonly LinePlaces[],
  edit: OrderEdit,
): EditedOrder | EditRefusal {
  const problems = problemsOf(order, places, edit);
  if (problems.length > 0) return { outcome: 'invalid', problems };
  const moves = sortMoves(places, edit);
  const targets = targetsAfter(places, targetsOf(places, edit), moves);
  const frozen = places.filter((line) => isFrozen(line) && isChanged(line, targets));
  if (frozen.length > 0) return { outcome: 'refused', because: frozen.map(whyFrozen).join('; ') };
  const kept = order.lines
    .flatMap((line) => resized(line, placeOf(places, line.id), targets))
    .map((line) => redirected(line, moves));
  const added = (edit.add ?? []).map((line, index) => ({
    id: lineIdOf(order.id, places.length + index + 1),
    ...line,
  }));
  const split = splitOff(order.id, order.lines, moves, targets, places.length + added.length + 1);
  const lines = [...kept, ...added, ...split];
  if (lines.every(({ id }) => leftOf(placeOf(places, id), targets.get(id)) === 0))
    return { outcome: 'whole' };
  const unused = unusedProblems(order, lines, edit);
  if (unused.length > 0) return { outcome: 'invalid', problems: unused };
  return priced(order, places, edit, { lines, targets, added, split, moves });
}

interface Drafted {
  lines: OrderLine[];
  targets: Targets;
  added: OrderLine[];
  /** Of pieces that leave their line for another place. */
  split: OrderLine[];
  moves: SortedMoves;
}

function priced(
  order: PlacedOrder,
  places: readonly LinePlaces[],
  edit: OrderEdit,
  { lines, targets, added, split, moves }: Drafted,
): EditedOrder | EditRefusal {
  const next = { ...order, ...headOf(order, edit), lines, ...editedDestinations(order, edit) };
  const { total, lines: amounts } = priceOrder(next);
  const edited = { ...next, total };
  const tooMuch = sumProblems(edited, edit);
  if (tooMuch.length > 0) return { outcome: 'invalid', problems: tooMuch };
  const changes = changesOf(order, edited, places, { targets, added, moves });
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
      ...[...added, ...split].map(({ id, quantity }) => ({ lineId: id, quantity })),
    ],
    parted: split.map(({ id }, index) => ({ lineId: id, from: moves.parts[index]!.lineId })),
    changes,
    places: changedPlaces(order, edited),
  };
}

/** What an edit says of the order as a whole. A place of ours is known by its own name. */
function headOf(
  { delivery: was, customer }: PlacedOrder,
  { shippingAddress, delivery, shipping }: OrderEdit,
): Partial<PlacedOrder> {
  const isOurs = was.toLocationId !== undefined && shippingAddress !== undefined;
  return {
    ...(shippingAddress && { shippingAddress }),
    ...(isOurs && { customer: { ...customer, name: shippingAddress.name } }),
    ...(delivery && { delivery }),
    ...(shipping && { shipping }),
  };
}

function sumProblems(edited: PlacedOrder, { destinations = [] }: OrderEdit) {
  const used = { ...edited, destinations: destinationsInUse(edited) };
  const isShared = destinations.some(({ shipping }) => shipping?.price !== undefined);
  const misfit = whySharesMisfit(used, !isShared);
  return [
    ...checkOrderSums({ ...edited, tenders: [{ amount: edited.total }] }),
    ...(misfit === null ? [] : [{ pointer: '/destinations', detail: misfit }]),
  ];
}
