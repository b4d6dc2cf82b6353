import { goesToSeveral } from '../../domain/order/destination';
import type { EditedOrder, EditRefusal } from '../../domain/order/order-edit';
import type { EditFacts } from '../../store/order/read-edit-facts';
import type { EditRequest } from './edit-request';

/** Why an order is not edited at all; null when it may be. */
export function whyNot({ version }: EditRequest, facts: EditFacts): EditRefusal | null {
  if (['cancelled', 'completed'].includes(facts.status)) return refused(`The order is ${facts.status}`);
  if (facts.order.delivery.mode === 'carryOut')
    return refused('Its goods were carried out of the store: take them back as a return');
  if (version !== undefined && version !== facts.version)
    return refused(`The order is at version ${facts.version} by now: look at it again`);
  return null;
}

const fixed: Record<string, string> = {
  packed: 'packed for where it was to go',
  toStore: 'on its way to the store',
  atStore: 'at the store at which it was to be collected',
  readyForPickup: 'ready to be collected',
  withSupplier: 'ordered from a supplier that was told where it goes',
};

/** Why it does not go elsewhere, of those of its places alone that the edit changes; null when it may. */
export function whyNotElsewhere(
  facts: EditFacts,
  { places: { changed, movedLines } }: EditedOrder,
): EditRefusal | null {
  for (const place of changed) {
    const because = whyNotTo(facts, place);
    if (because !== null) return refused(because);
  }
  for (const lineId of movedLines) {
    const because = whyNotMoved(facts, lineId);
    if (because !== null) return refused(because);
  }
  return null;
}

const refused = (because: string): EditRefusal => ({ outcome: 'refused', because });

function whyNotTo({ places, order }: EditFacts, place: string | null): string | null {
  const lines = places.filter(({ lineId }) => goesTo(order, lineId, place));
  const states = lines.flatMap(({ work }) => work.map(({ status }) => status));
  const of = goesToSeveral(order) ? `what goes to ${nameOf(place)}` : 'it';
  const state = states.find((each) => each in fixed);
  if (state) return `Some of ${of} is ${fixed[state]}`;
  const left = states.filter((each) => !isOpen(each));
  if (left.length > 0 && order.delivery.toLocationId !== undefined)
    return `Some of ${of} has left for "${order.delivery.toLocationId}": take it in there, and order anew what is to go elsewhere`;
  const isOver = left.length === states.length && lines.every(({ waiting }) => waiting.length === 0);
  return left.length > 0 && isOver ? `All of ${of} has left` : null;
}

function whyNotMoved({ places }: EditFacts, lineId: string): string | null {
  const { sku, work } = places.find((each) => each.lineId === lineId)!;
  const state = work.find(({ status }) => status in fixed)?.status;
  if (state) return `Of ${sku} some is ${fixed[state]}: it cannot go to another place any more`;
  return work.every(({ status }) => isOpen(status))
    ? null
    : `Of ${sku} some has left: cancel what is still open, and add a line that goes to the other place`;
}

const isOpen = (status: string): boolean => ['allocated', 'picking'].includes(status);

const goesTo = ({ lines }: EditFacts['order'], lineId: string, place: string | null): boolean =>
  lines.some(({ id, destination = null }) => id === lineId && destination === place);

const nameOf = (place: string | null): string => (place === null ? "the order's own address" : `"${place}"`);
