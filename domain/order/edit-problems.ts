import type { Money } from '../money';
import type { LinePlaces } from './cancel-pieces';
import { placeProblemsOf } from './edit-place-problems';
import { activeOf, placeOf } from './edit-targets';
import type { OrderEdit } from './order-edit';
import type { PlacedOrder } from './types';

/** What is wrong with an edit, with a pointer to each place at fault. */
export function problemsOf(order: PlacedOrder, places: readonly LinePlaces[], edit: OrderEdit) {
  const known = (field: 'lines' | 'cancel') =>
    (edit[field] ?? []).flatMap(({ lineId }, index, all) => {
      const pointer = `/lines/${index}/lineId`;
      if (!order.lines.some(({ id }) => id === lineId))
        return [{ pointer, detail: `The order has no line ${lineId}` }];
      const isTwice = all.findIndex((other) => other.lineId === lineId) < index;
      return isTwice ? [{ pointer, detail: `Line ${lineId} is named twice` }] : [];
    });
  const tooMany = (edit.cancel ?? []).flatMap(({ lineId, quantity }, index) => {
    const left = activeOf(placeOf(places, lineId));
    if (quantity <= left) return [];
    const detail = `Line ${lineId} has ${left} pieces that are not cancelled, got ${quantity}`;
    return [{ pointer: `/lines/${index}/quantity`, detail }];
  });
  const foreign = (edit.add ?? []).flatMap(({ unitPrice, discount, quantity }, index) => [
    ...currencyProblem(`/add/${index}/unitPrice`, unitPrice, order),
    ...currencyProblem(`/add/${index}/discount`, discount, order),
    ...(discount.amount > unitPrice.amount * quantity
      ? [{ pointer: `/add/${index}/discount`, detail: 'A discount may be at most the value of the line' }]
      : []),
  ]);
  const fee = edit.shipping ? currencyProblem('/shipping/price', edit.shipping.price, order) : [];
  return [
    ...known('lines'),
    ...known('cancel'),
    ...tooMany,
    ...foreign,
    ...fee,
    ...placeProblemsOf(order, places, edit),
    ...carriedOut(edit),
  ];
}

const carriedOut = ({ delivery }: OrderEdit) =>
  delivery?.mode === 'carryOut'
    ? [{ pointer: '/delivery/mode', detail: 'Only a till carries goods out' }]
    : [];

const currencyProblem = (pointer: string, { currency }: Money, order: PlacedOrder) =>
  currency === order.currency
    ? []
    : [{ pointer: `${pointer}/currency`, detail: `The order is in ${order.currency}, got ${currency}` }];
