import { pickupRefusal } from '../../domain/order/pickup-refusal';
import { availableNow } from '../../domain/stock/availability';
import type { IntakeFacts } from '../../store/read/read-intake';
import type { OrderBody } from '../contract/orders';
import type { ApiDependencies } from '../dependencies';
import type { FieldError } from '../problem';

interface WantedThere {
  pointer: string;
  locationId: string;
  /** Pieces by SKU. */
  pieces: Map<string, number>;
}

/**
 * What is wrong with collecting at stores that hand over only what they have: each that lacks something says of what,
 * and how much it has. Orders that are collected nowhere, or with the pieces of a cart, cost no look.
 */
export async function pickupProblems(
  store: Pick<ApiDependencies['store'], 'readSellable'>,
  body: OrderBody,
  { locations }: IntakeFacts,
): Promise<FieldError[]> {
  const refusing = locations
    .filter(({ pickupWhenShort }) => pickupWhenShort === 'refuse')
    .map(({ id }) => id);
  const wanted =
    refusing.length === 0 ? [] : wantedAt(body).filter(({ locationId }) => refusing.includes(locationId));
  if (wanted.length === 0 || body.reservationId !== undefined) return [];
  const skus = [...new Set(wanted.flatMap(({ pieces }) => [...pieces.keys()]))];
  const { levels, keepBack } = await store.readSellable(skus);
  const availableAt = (locationId: string, sku: string): number => {
    const level = levels.find((each) => each.locationId === locationId && each.sku === sku);
    return level ? availableNow(level, keepBack({ sku, locationId, channel: body.channel })) : 0;
  };
  return wanted.flatMap(({ pointer, locationId, pieces }) => {
    const there = [...pieces].map(([sku, quantity]) => ({
      ...{ sku, wanted: quantity, available: availableAt(locationId, sku) },
    }));
    return pickupRefusal(pointer, locationId, there) ?? [];
  });
}

/** Each place at which something of the order is to be collected, with what. */
function wantedAt({ lines, delivery, destinations = [] }: OrderBody): WantedThere[] {
  const places = [
    { id: undefined, delivery, pointer: '/delivery/locationId' },
    ...destinations.map((each, index) => ({
      id: each.id,
      delivery: each.delivery,
      pointer: `/destinations/${index}/delivery/locationId`,
    })),
  ];
  return places.flatMap(({ id, delivery: way, pointer }) => {
    if (way?.mode !== 'pickup' || way.locationId === undefined) return [];
    const pieces = new Map<string, number>();
    for (const { sku, quantity, destination } of lines)
      if (destination === id) pieces.set(sku, (pieces.get(sku) ?? 0) + quantity);
    return [{ pointer, locationId: way.locationId, pieces }];
  });
}
