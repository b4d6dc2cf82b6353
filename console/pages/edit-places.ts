import type { OrderAnswer } from '../../api/services/orders';
import { amountOf } from './amount';
import { addressIn, wayAsked, type Form } from './edit-address';
import { activeOf, wholeOf } from './piece-fields';

/** How a form names the order's own address, and a place that it adds; the others by their position. */
export const ownPlace = 'own';
export const newPlace = 'new';

/** How a form names where a line goes. */
export const placeIn = ({ destinations }: OrderAnswer, destination: string | null): string =>
  destination === null ? ownPlace : String(destinations.findIndex(({ id }) => id === destination));

/**
 * Where a form sends lines, of what differs from the order as it was shown: `to.<lineId>` with `count.<lineId>` where not
 * all of it goes; `place.<n>.<part>` of its destinations and `place.new.<part>` of one that is added.
 */
export function placesOf(form: Form, order: OrderAnswer): { move?: object[]; destinations?: object[] } {
  const move = order.lines.flatMap((line) => moveOf(form, order, line));
  const destinations = [
    ...order.destinations.flatMap((_, n) => changedPlace(form, order, n)),
    ...(isNewUsed(form) ? [addedPlace(form, order)] : []),
  ];
  return { ...(move.length > 0 && { move }), ...(destinations.length > 0 && { destinations }) };
}

/** The id of the place that a form names; null: the order's own address. */
export function destinationNamed(form: Form, order: OrderAnswer, place: string): string | null {
  if (place === ownPlace) return null;
  return place === newPlace ? newIdOf(form, order) : (order.destinations[Number(place)]?.id ?? place);
}

/** Nobody has to think of a name. */
function newIdOf(form: Form, { destinations }: OrderAnswer): string {
  const typed = (form[`place.${newPlace}.id`] ?? '').trim();
  if (typed !== '') return typed;
  let n = 2;
  while (destinations.some(({ id }) => id === `place-${n}`)) n += 1;
  return `place-${n}`;
}

/** A row for a line to be added says nothing before it has a SKU, wherever it would go. */
const isNewUsed = (form: Form): boolean =>
  Object.entries(form).some(([field, to]) => {
    if (to !== newPlace) return false;
    const [, row] = /^(add\.\d+)\.to$/.exec(field) ?? [];
    return row === undefined ? field.startsWith('to.') : (form[`${row}.sku`] ?? '').trim() !== '';
  });

function moveOf(form: Form, order: OrderAnswer, line: OrderAnswer['lines'][number]): object[] {
  const to = form[`to.${line.id}`];
  if (to === undefined || to === placeIn(order, line.destination)) return [];
  const count = (form[`count.${line.id}`] ?? '').trim();
  const quantity = count === '' ? undefined : wholeOf(count);
  return [
    {
      ...{ lineId: line.id, destination: destinationNamed(form, order, to) },
      ...(quantity !== undefined && quantity !== activeOf(line) && { quantity }),
    },
  ];
}

function changedPlace(form: Form, order: OrderAnswer, n: number): object[] {
  const { id, shippingAddress, delivery, shipping = {} } = order.destinations[n]!;
  const at = `place.${n}`;
  const asked = {
    ...addressIn(form, `${at}.address`, shippingAddress),
    ...wayAsked(form[`${at}.way`], delivery),
    ...shippingIn(form, at, order.currency, shipping),
  };
  return Object.keys(asked).length > 0 ? [{ id, ...asked }] : [];
}

const addedPlace = (form: Form, order: OrderAnswer): object => ({
  id: newIdOf(form, order),
  ...addressIn(form, `place.${newPlace}.address`, {}),
  ...wayAsked(form[`place.${newPlace}.way`], { mode: 'ship' }),
  ...shippingIn(form, `place.${newPlace}`, order.currency, {}),
});

function shippingIn(
  form: Form,
  at: string,
  currency: string,
  before: { method?: string; price?: { amount: number } },
): { shipping?: object } {
  if (form[`${at}.method`] === undefined || form[`${at}.share`] === undefined) return {};
  const [method, share] = [form[`${at}.method`]!.trim(), form[`${at}.share`]!.trim()];
  const price = share === '' ? undefined : amountOf(share, currency);
  if (method === (before.method ?? '') && price?.amount === before.price?.amount) return {};
  return { shipping: { ...(method !== '' && { method }), ...(price && { price }) } };
}
