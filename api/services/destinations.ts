import { whySharesMisfit } from '../../domain/order/destination-shares';
import type { Address, Destination, PlacedOrder } from '../../domain/order/types';
import type { IntakeFacts } from '../../store/read/read-intake';
import type { OrderBody } from '../contract/orders';
import type { FieldError } from '../problem';
import { isInternal, type WholeBody } from './whole-order';

type Asked = NonNullable<OrderBody['destinations']>[number];
type Delivery = NonNullable<OrderBody['delivery']>;

/** Lines that name no destination go to the order's own address. */
const usesOwn = ({ lines }: WholeBody): boolean => lines.some((line) => line.destination === undefined);

/** Every place at which the customer wants to collect, or took the goods from, and any of ours that they go to. */
export const locationIdsOf = ({ delivery, destinations = [] }: OrderBody): string[] =>
  [delivery, ...destinations.map((each) => each.delivery)].flatMap((each) =>
    [each?.locationId, each?.toLocationId].filter((id) => id !== undefined),
  );

/** Everything that is wrong with where an order is to go. */
export function destinationProblems(
  body: WholeBody,
  facts: IntakeFacts,
  carriers: readonly string[],
): FieldError[] {
  const { destinations = [] } = body;
  return [
    ...ownProblems(body),
    ...(body.delivery ? deliveryProblems(body.delivery, '/delivery', facts, carriers) : []),
    ...destinations.flatMap((each, index) => [
      ...namingProblems(body, each, index),
      ...deliveryProblems(each.delivery, `/destinations/${index}/delivery`, facts, carriers),
    ]),
    ...lineProblems(body),
    ...priceProblems(body),
  ];
}

function ownProblems(body: WholeBody): FieldError[] {
  const { delivery, destinations, shippingAddress } = body;
  const isCarriedOut = delivery?.mode === 'carryOut';
  const problems: FieldError[] = [];
  if (isCarriedOut && destinations)
    problems.push({ pointer: '/destinations', detail: 'What is carried out of a store goes nowhere else' });
  if (!usesOwn(body)) return problems;
  if (delivery === undefined)
    problems.push({ pointer: '/delivery', detail: 'Must be given, unless every line names a destination' });
  else if (!isCarriedOut && !isInternal(body) && shippingAddress === undefined)
    problems.push({
      pointer: '/shippingAddress',
      detail: 'Must be given, unless the goods were carried out of a store',
    });
  return problems;
}

function namingProblems(body: WholeBody, { id, shippingAddress }: Asked, index: number): FieldError[] {
  const pointer = `/destinations/${index}`;
  const problems: FieldError[] = [];
  if (body.destinations!.findIndex((each) => each.id === id) < index)
    problems.push({ pointer: `${pointer}/id`, detail: `Another destination has the id "${id}"` });
  if (!body.lines.some((line) => line.destination === id))
    problems.push({ pointer: `${pointer}/id`, detail: `No line goes to "${id}"` });
  if (shippingAddress === undefined && body.shippingAddress === undefined)
    problems.push({
      pointer: `${pointer}/shippingAddress`,
      detail: 'Must be given: the order has no shipping address that could stand in',
    });
  return problems;
}

function lineProblems({ lines, destinations = [] }: WholeBody): FieldError[] {
  const ids = destinations.map(({ id }) => id);
  return lines.flatMap(({ destination }, index) => {
    if (destination === undefined || ids.includes(destination)) return [];
    const there = ids.length > 0 ? `there are ${ids.join(', ')}` : 'the order has none';
    return [
      {
        pointer: `/lines/${index}/destination`,
        detail: `No destination has the id "${destination}": ${there}`,
      },
    ];
  });
}

/** What is wrong with where an order goes, of what only the shop can know. */
export function deliveryProblems(
  { mode, locationId, parcelShop }: Delivery,
  pointer: string,
  { locations }: { locations: readonly { id: string; capabilities: readonly string[] }[] },
  carriers: readonly string[],
): FieldError[] {
  const problems: FieldError[] = [];
  const location = locations.find(({ id }) => id === locationId);
  if (locationId !== undefined && !location)
    problems.push({ pointer: `${pointer}/locationId`, detail: `No location has the id "${locationId}"` });
  else if (mode === 'pickup' && !location?.capabilities.includes('pickup'))
    problems.push({
      pointer: `${pointer}/locationId`,
      detail: 'Orders cannot be collected at this location',
    });
  if (parcelShop !== undefined && !carriers.includes(parcelShop.carrier)) {
    const there = `there ${carriers.length === 1 ? 'is' : 'are'} ${carriers.join(', ')}`;
    problems.push({
      pointer: `${pointer}/parcelShop/carrier`,
      detail: `No carrier has the code "${parcelShop.carrier}": ${there}`,
    });
  }
  return problems;
}

function priceProblems(body: WholeBody): FieldError[] {
  const { destinations = [], currency } = body;
  const shares = destinations.map((each) => each.shipping?.price);
  const strangers = shares.flatMap((price, index) =>
    price === undefined || price.currency === currency
      ? []
      : [
          {
            pointer: `/destinations/${index}/shipping/price/currency`,
            detail: `The order is in ${currency}, got ${price.currency}`,
          },
        ],
  );
  if (strangers.length > 0) return strangers;
  const misfit = whySharesMisfit(body);
  return misfit === null ? [] : [{ pointer: '/destinations', detail: misfit }];
}

type Where = Pick<PlacedOrder, 'shippingAddress' | 'delivery' | 'destinations'>;

/**
 * Where a sound order goes. Who takes goods out of a store need not say where they live; an order all of whose lines
 * name a destination has as its own the first of these.
 *
 * @param storeAddress of the store that it was carried out of
 */
export function whereTo(body: WholeBody, storeAddress: Address | null): Where {
  const destinations = body.destinations?.map(({ shippingAddress, delivery, ...rest }): Destination => ({
    ...rest,
    shippingAddress: shippingAddress ?? body.shippingAddress!,
    delivery: delivery as Destination['delivery'],
  }));
  const [first] = destinations ?? [];
  return {
    shippingAddress: body.shippingAddress ?? first?.shippingAddress ?? storeAddress!,
    delivery: body.delivery ?? first!.delivery,
    ...(destinations && { destinations }),
  };
}
