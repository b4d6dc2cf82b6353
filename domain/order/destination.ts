import type { Address, Destination, OrderLine, PlacedOrder } from './types';

type Delivered = Pick<PlacedOrder, 'shippingAddress' | 'delivery'>;

/** Where the parcels of an order go: to the customer, or to a parcel shop in the customer's name. */
export function destinationOf({ shippingAddress, delivery }: Delivered): Address {
  const shop = delivery.parcelShop;
  if (!shop) return shippingAddress;
  const { line1, line2, phone: _, ...place } = shop.address;
  return {
    ...place,
    name: shippingAddress.name,
    line1: `${shop.name} (${shop.id})`,
    line2: line2 === undefined ? line1 : `${line1}, ${line2}`,
    ...(shippingAddress.phone !== undefined && { phone: shippingAddress.phone }),
  };
}

/** The parcel shop as mails name it; null where the parcels go to the customer. */
export const parcelShopOf = (order: Delivered): { name: string; address: Address } | null =>
  order.delivery.parcelShop ? { name: order.delivery.parcelShop.name, address: destinationOf(order) } : null;

type Addressed = Pick<PlacedOrder, 'shippingAddress' | 'delivery' | 'shipping' | 'destinations'>;

/**
 * An order as it goes to one of its destinations: what is made for a part of it (label, slip, mail, promise) is made
 * from this, so that nothing can take the address of another part. Null: to the order's own address.
 */
export function orderTo<Order extends Addressed>(order: Order, destination: string | null): Order {
  if (destination === null) return order;
  const { shippingAddress, delivery, shipping } = namedDestination(order, destination);
  const method = shipping?.method ?? order.shipping.method;
  return { ...order, shippingAddress, delivery, shipping: { ...order.shipping, method } };
}

function namedDestination({ destinations }: Addressed, id: string): Destination {
  const found = destinations?.find((each) => each.id === id);
  if (!found) throw new Error(`The order has no destination "${id}"`);
  return found;
}

/** Lines that go to one place, and the place; null is the order's own address. */
export interface LinesTo<Line> {
  destination: string | null;
  lines: Line[];
}

/** Pieces of an order by where they go, each destination at the place of its first line. */
export function byDestination<Line extends { lineId: string }>(
  { lines: ordered }: Pick<PlacedOrder, 'lines'>,
  pieces: readonly Line[],
): LinesTo<Line>[] {
  const groups = new Map<string | null, Line[]>();
  for (const piece of pieces) {
    const destination = ordered.find(({ id }) => id === piece.lineId)?.destination ?? null;
    const group = groups.get(destination);
    if (group) group.push(piece);
    else groups.set(destination, [piece]);
  }
  return [...groups].map(([destination, lines]) => ({ destination, lines }));
}

/** The order as it goes to each place that lines of it go to, with these lines. */
export const ordersByDestination = <Order extends Addressed & { lines: OrderLine[] }>(
  order: Order,
): { destination: string | null; order: Order; lines: OrderLine[] }[] =>
  byDestination(
    order,
    order.lines.map((line) => ({ lineId: line.id, line })),
  ).map(({ destination, lines }) => ({
    destination,
    order: orderTo(order, destination),
    lines: lines.map(({ line }) => line),
  }));

/** Whether lines go to more than one place. */
export const goesToSeveral = ({ lines }: Pick<PlacedOrder, 'lines'>): boolean =>
  lines.some((line) => line.destination !== lines[0]!.destination);

/**
 * Destinations that lines go to. One that an edit has left without lines stays in the order's content, for what was
 * made for it names it; nobody else hears of it.
 */
export const destinationsInUse = ({
  lines,
  destinations = [],
}: {
  lines: readonly { destination?: string | null }[];
  destinations?: Destination[];
}): Destination[] => destinations.filter(({ id }) => lines.some((line) => line.destination === id));

/** Where a line goes, as decisions and work name it. */
export const placeOfLine = (
  { lines }: { lines: readonly Pick<OrderLine, 'id' | 'destination'>[] },
  lineId: string,
): string | null => lines.find(({ id }) => id === lineId)?.destination ?? null;
