import type { LinePlaces } from './cancel-pieces';
import { activeOf, isChanged, leftOf, placeOf, type Targets } from './edit-targets';
import type { SortedMoves } from './edited-moves';
import { destinationsInUse, orderTo } from './destination';
import { isSame } from './is-same';
import type { EditChange } from './order-edit';
import type { OrderLine, PlacedOrder } from './types';

/** What an edit did, line by line, then addresses, deliveries and fee. Pieces that were moved are told as such alone. */
export function changesOf(
  before: PlacedOrder,
  after: PlacedOrder,
  places: readonly LinePlaces[],
  { targets, added, moves }: { targets: Targets; added: readonly OrderLine[]; moves: SortedMoves },
): EditChange[] {
  const ofLines = places
    .filter((line) => isChanged(line, targets) && !moves.parts.some(({ lineId }) => lineId === line.lineId))
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
    ...movesOf(after, targets, moves, places),
    ...(isSame(before.shippingAddress, after.shippingAddress) ? [] : [{ what: 'shippingAddress' } as const]),
    ...(isSame(before.delivery, after.delivery) ? [] : [{ what: 'delivery' } as const]),
    ...ofDestinations(before, after),
    ...(isSame(from, to) ? [] : [{ what: 'shipping', from: from.price, to: to.price } as const]),
  ];
}

function movesOf(
  { lines }: PlacedOrder,
  targets: Targets,
  { whole, parts }: SortedMoves,
  places: readonly LinePlaces[],
): EditChange[] {
  const moved = (lineId: string, destination: string | null, quantity: number): EditChange => {
    const { sku } = lines.find(({ id }) => id === lineId) ?? placeOf(places, lineId)!;
    return { what: 'moved', lineId, sku, quantity, destination };
  };
  return [
    ...[...whole].map(([lineId, to]) =>
      moved(lineId, to, leftOf(placeOf(places, lineId), targets.get(lineId))),
    ),
    ...parts.map(({ lineId, destination, quantity }) => moved(lineId, destination, quantity)),
  ];
}

/** Of each destination that lines go to: what differs from before. */
function ofDestinations(before: PlacedOrder, after: PlacedOrder): EditChange[] {
  const [used, uses] = [destinationsInUse(before), destinationsInUse(after)];
  const isIn = (list: typeof used, id: string): boolean => list.some((each) => each.id === id);
  const differs = (id: string): EditChange[] => {
    const [from, to] = [orderTo(before, id), orderTo(after, id)];
    const share = (of: typeof used) => of.find((each) => each.id === id)!.shipping?.price;
    const method = (of: typeof used) => of.find((each) => each.id === id)!.shipping?.method;
    return [
      ...(isSame(from.shippingAddress, to.shippingAddress) ? [] : (['shippingAddress'] as const)),
      ...(isSame(from.delivery, to.delivery) ? [] : (['delivery'] as const)),
      ...(method(used) === method(uses) ? [] : (['shippingMethod'] as const)),
      ...(isSame(share(used), share(uses)) ? [] : (['shippingShare'] as const)),
    ].map((what) => ({ what, destination: id }));
  };
  return [
    ...uses.flatMap(({ id }): EditChange[] =>
      isIn(used, id) ? differs(id) : [{ what: 'destinationAdded', destination: id }],
    ),
    ...used
      .filter(({ id }) => !isIn(uses, id))
      .map(({ id }): EditChange => ({ what: 'destinationDropped', destination: id })),
  ];
}
