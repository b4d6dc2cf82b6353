import type { LinePlaces } from './cancel-pieces';
import { destinationsInUse } from './destination';
import { activeOf, placeOf } from './edit-targets';
import type { OrderEdit, PieceMove } from './order-edit';
import type { OrderLine, PlacedOrder } from './types';

interface Problem {
  pointer: string;
  detail: string;
}

/** What is wrong with where an edit sends lines, of what can be said before it is tried. */
export function placeProblemsOf(
  order: PlacedOrder,
  places: readonly LinePlaces[],
  edit: OrderEdit,
): Problem[] {
  const { add = [], move = [], destinations = [] } = edit;
  const ids = [...new Set([...destinationsInUse(order), ...destinations].map(({ id }) => id))];
  const unknown = (pointer: string, destination: string | null | undefined): Problem[] => {
    if (destination === null || destination === undefined || ids.includes(destination)) return [];
    const there = ids.length > 0 ? `there are ${ids.join(', ')}` : 'the order has none';
    return [{ pointer, detail: `No destination has the id "${destination}": ${there}` }];
  };
  return [
    ...add.flatMap(({ destination }, index) => unknown(`/add/${index}/destination`, destination)),
    ...move.flatMap((each, index) => [
      ...unknown(`/move/${index}/destination`, each.destination),
      ...moveProblems(order, places, edit, each, index),
    ]),
    ...destinations.flatMap((each, index) => [
      ...(destinations.findIndex(({ id }) => id === each.id) < index
        ? [{ pointer: `/destinations/${index}/id`, detail: `Destination "${each.id}" is named twice` }]
        : []),
      ...currencyProblems(order, each.shipping?.price?.currency, index),
    ]),
  ];
}

const currencyProblems = ({ currency }: PlacedOrder, got: string | undefined, index: number): Problem[] =>
  got === undefined || got === currency
    ? []
    : [
        {
          pointer: `/destinations/${index}/shipping/price/currency`,
          detail: `The order is in ${currency}, got ${got}`,
        },
      ];

function moveProblems(
  order: PlacedOrder,
  places: readonly LinePlaces[],
  { lines = [], cancel = [], move = [] }: OrderEdit,
  { lineId, destination, quantity }: PieceMove,
  index: number,
): Problem[] {
  const at = (field: keyof PieceMove, detail: string): Problem[] => [
    { pointer: `/move/${index}/${field}`, detail },
  ];
  const line = order.lines.find(({ id }) => id === lineId);
  if (!line) return at('lineId', `The order has no line ${lineId}`);
  if ((line.destination ?? null) === destination)
    return at('destination', `Line ${lineId} goes there already`);
  const others = move.slice(0, index).filter((each) => each.lineId === lineId);
  if (others.some((each) => each.quantity === undefined || quantity === undefined))
    return at('lineId', `Line ${lineId} is named twice: say how many pieces go to each place`);
  if (others.some((each) => each.destination === destination))
    return at('lineId', `Pieces of line ${lineId} are sent there twice: sum them up`);
  const named = [...lines, ...cancel].find((each) => each.lineId === lineId);
  if (named && quantity !== undefined)
    return at('quantity', `Line ${lineId} gets another quantity as well: move it as a whole, or only move`);
  if (named?.quantity === 0) return at('lineId', `Line ${lineId} is taken out: it goes nowhere`);
  const left = activeOf(placeOf(places, lineId));
  const sum = [...others, { quantity }].reduce((so, each) => so + (each.quantity ?? 0), 0);
  if (left === 0) return at('lineId', `Nothing of line ${lineId} is left to be moved`);
  return sum <= left
    ? []
    : at('quantity', `Line ${lineId} has ${left} pieces that are not cancelled, got ${sum}`);
}

/** What is wrong with an edit's places once it is known which lines would go where. */
export function unusedProblems(
  before: PlacedOrder,
  lines: readonly OrderLine[],
  { shippingAddress, delivery, destinations = [] }: OrderEdit,
): Problem[] {
  const isUsed = (id: string | undefined) => lines.some(({ destination }) => destination === id);
  const unused = destinations.flatMap(({ id }, index) =>
    isUsed(id) ? [] : [{ pointer: `/destinations/${index}/id`, detail: `No line goes to "${id}"` }],
  );
  const own = (['shippingAddress', 'delivery'] as const).filter(
    (field) => (field === 'delivery' ? delivery : shippingAddress) !== undefined,
  );
  const nobody = "No line goes to the order's own address: name the destination that is meant";
  if (isUsed(undefined) || !before.destinations) return unused;
  return [...unused, ...own.map((field) => ({ pointer: `/${field}`, detail: nobody }))];
}
