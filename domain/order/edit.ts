import { lineIdOf } from '../ids';
import type { LinePlaces } from './cancel-pieces';
import { changesOf, isElsewhere } from './edit-changes';
import { problemsOf } from './edit-problems';
import { isChanged, isFrozen, leftOf, placeOf, targetsOf, whyFrozen, type Targets } from './edit-targets';
import { differenceOf, resized, rowsOf } from './edited-lines';
import type { EditedOrder, EditRefusal, OrderEdit } from './order-edit';
import { checkOrderSums, priceOrder } from './totals';
import type { OrderLine, PlacedOrder } from './types';

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
