import { money, type Money } from '../money';
import type { AskedPieces, LinePlaces } from './cancel-pieces';
import { activeOf, isChanged, placeOf, type Targets } from './edit-targets';
import type { LineRow } from './order-edit';
import { valueOfPieces } from './totals';
import type { OrderLine, PlacedOrder } from './types';

/** A line with the pieces that it is to have; nothing when it has none. */
export function resized(line: OrderLine, place: LinePlaces | undefined, targets: Targets): OrderLine[] {
  const quantity = targets.get(line.id);
  if (quantity === undefined || (place && !isChanged(place, targets))) return [line];
  if (quantity === 0) return [];
  const { discount } = line;
  const stays =
    quantity < line.quantity ? valueOfPieces(discount.amount, line.quantity, 0, quantity) : discount.amount;
  return [{ ...line, quantity, discount: money(stays, discount.currency) }];
}

/** Pieces more than a line had, or fewer below zero; nothing where it stays. */
export function differenceOf(line: LinePlaces, targets: Targets): AskedPieces[] {
  const quantity = (targets.get(line.lineId) ?? activeOf(line)) - activeOf(line);
  return quantity === 0 ? [] : [{ lineId: line.lineId, quantity }];
}

/** Lines as our books are to have them, those that are taken out last. */
export function rowsOf(
  { lines }: PlacedOrder,
  places: readonly LinePlaces[],
  amounts: readonly { gross: Money }[],
  targets: Targets,
): LineRow[] {
  const kept = lines.map(({ id, sku, title, quantity }, index): LineRow => {
    const place = placeOf(places, id);
    const cancelled = place && !isChanged(place, targets) ? place.cancelled : 0;
    return { id, sku, title, quantity, cancelled, gross: amounts[index]!.gross.amount };
  });
  const gone = places
    .filter(({ lineId }) => isRemoved(lineId, targets))
    .map(({ lineId, sku, quantity }) => ({
      ...{ id: lineId, sku, title: sku, quantity, cancelled: quantity, gross: 0 },
    }));
  return [...kept, ...gone];
}

const isRemoved = (lineId: string, targets: Targets): boolean => targets.get(lineId) === 0;
