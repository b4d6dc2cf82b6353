import { destinationOf, destinationsInUse, orderTo } from './destination';
import { isSame } from './is-same';
import type { ChangedPlaces, DestinationEdit, OrderEdit } from './order-edit';
import type { Destination, PlacedOrder } from './types';

/**
 * Where lines go that name a destination, once it is edited. One that no line goes to any more stays among them for what
 * was made for it, until another gets its name.
 */
export function editedDestinations(
  order: PlacedOrder,
  { destinations: asked = [] }: OrderEdit,
): Pick<PlacedOrder, 'destinations'> {
  const used = destinationsInUse(order);
  const isKnown = ({ id }: { id: string }): boolean => used.some((each) => each.id === id);
  const added = asked.filter((each) => !isKnown(each)).map((each) => completed(order, each));
  const kept = (order.destinations ?? [])
    .filter(({ id }) => !added.some((each) => each.id === id))
    .map((each) => ({ ...each, ...(isKnown(each) && asked.find(({ id }) => id === each.id)) }));
  const destinations = [...kept, ...added];
  return destinations.length > 0 ? { destinations } : {};
}

/** As of an order that is placed: nothing said is the order's own address, to which it is shipped. */
const completed = ({ shippingAddress }: PlacedOrder, asked: DestinationEdit): Destination => ({
  shippingAddress,
  delivery: { mode: 'ship' },
  ...asked,
});

/** Where an order goes otherwise than before. A name or a phone number decides nothing about where goods come from. */
export function changedPlaces(before: PlacedOrder, after: PlacedOrder): ChangedPlaces {
  const wentTo = new Map(before.lines.map(({ id, destination = null }) => [id, destination]));
  const stay = after.lines.filter(
    ({ id, destination = null }) => wentTo.has(id) && wentTo.get(id) === destination,
  );
  const movedLines = after.lines
    .filter(({ id, destination = null }) => wentTo.has(id) && wentTo.get(id) !== destination)
    .map(({ id }) => id);
  const places = [...new Set(stay.map(({ destination = null }) => destination))];
  const differIn = (what: (there: PlacedOrder, place: string | null) => unknown) =>
    places.filter(
      (place) => !isSame(what(orderTo(before, place), place), what(orderTo(after, place), place)),
    );
  return {
    changed: differIn((there, place) => [there.shippingAddress, there.delivery, methodTo(there, place)]),
    elsewhere: differIn((there, place) => [placeIn(there), there.delivery, methodTo(there, place)]),
    otherWay: differIn((there) => [destinationOf(there).country, there.delivery]),
    movedLines,
  };
}

/** The order's own fee and method are changed by themselves, and touch no work. */
const methodTo = ({ shipping }: PlacedOrder, place: string | null): string | null =>
  place === null ? null : shipping.method;

const placeIn = ({
  shippingAddress: { country, region, postalCode, city, point },
}: PlacedOrder): Partial<PlacedOrder['shippingAddress']> => ({ country, region, postalCode, city, point });
