import type { LinePlaces } from './cancel-pieces';
import { activeOf, isChanged, type Targets } from './edit-targets';
import type { EditChange } from './order-edit';
import type { OrderLine, PlacedOrder } from './types';

/** What an edit did, line by line, then address, delivery and fee. */
export function changesOf(
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
export function isElsewhere(before: PlacedOrder, after: PlacedOrder): boolean {
  const placeIn = ({
    shippingAddress: { country, region, postalCode, city, point },
    delivery,
  }: PlacedOrder) => ({
    ...{ country, region, postalCode, city, point, delivery },
  });
  return !isSame(placeIn(before), placeIn(after));
}
