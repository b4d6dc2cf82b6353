import type { EditBody } from '../../api/contract/edits';
import type { OrderAnswer } from '../../api/services/orders';
import { invalidInput } from '../../api/problem';
import { amountOf } from './amount';
import { wholeOf } from './piece-fields';

type Form = Readonly<Record<string, string>>;
type Line = OrderAnswer['lines'][number];

/** Pieces of a line that are not cancelled. */
export const activeOf = ({ quantity, byState }: Line): number => quantity - (byState.cancelled ?? 0);

/** Where the customer's parts of an address stand in a form. */
export const addressFields = [
  'name',
  'line1',
  'line2',
  'postalCode',
  'city',
  'region',
  'country',
  'phone',
] as const;

/**
 * What a form asks to be changed, to be held against the contract: only what differs from the order as it was
 * shown. Fields are `quantity.<lineId>`, `address.<part>`, `add.<n>.<part>`, `fee`, `method`, `way`,
 * `tender.<part>`.
 */
export function editOf(form: Form, order: OrderAnswer): Record<string, unknown> {
  const lines = order.lines
    .filter(({ id }) => form[`quantity.${id}`] !== undefined)
    .map((line) => ({
      lineId: line.id,
      quantity: wholeOf(form[`quantity.${line.id}`]!),
      was: activeOf(line),
    }))
    .filter(({ quantity, was }) => quantity !== was)
    .map(({ lineId, quantity }) => ({ lineId, quantity }));
  const add = addedOf(form, order.currency);
  const edit = {
    ...(form.reason && { reason: form.reason }),
    ...(form.version && { version: Number(form.version) }),
    ...(lines.length > 0 && { lines }),
    ...(add.length > 0 && { add }),
    ...addressOf(form, order),
    ...wayOf(form, order),
    ...feeOf(form, order),
    ...tenderOf(form),
  };
  const { lines: named, add: added, shippingAddress, delivery, shipping } = edit as EditBody;
  if (![named, added, shippingAddress, delivery, shipping].some((part) => part !== undefined))
    throw invalidInput([
      { pointer: '', detail: 'Change something first: nothing differs from the order as it is' },
    ]);
  return edit;
}

function addedOf(form: Form, currency: string): object[] {
  return Object.keys(form)
    .filter((field) => /^add\.\d+\.sku$/.test(field) && form[field]!.trim() !== '')
    .map((field) => {
      const at = field.slice(0, -'.sku'.length);
      const price = form[`${at}.price`] ?? '';
      return {
        sku: form[field]!.trim(),
        quantity: wholeOf(form[`${at}.quantity`] ?? '1'),
        ...(price.trim() !== '' && { unitPrice: amountOf(price, currency) }),
      };
    });
}

/** The point of the place before is not that of another one. */
function addressOf(form: Form, { shippingAddress }: OrderAnswer): { shippingAddress?: object } {
  const before: Record<string, unknown> = { ...shippingAddress };
  const parts = addressFields.map((part) => [part, (form[`address.${part}`] ?? '').trim()] as const);
  if (!parts.some(([part]) => form[`address.${part}`] !== undefined)) return {};
  if (parts.every(([part, text]) => text === (before[part] ?? ''))) return {};
  return { shippingAddress: Object.fromEntries(parts.filter(([, text]) => text !== '')) };
}

function wayOf({ way }: Form, { delivery }: OrderAnswer): { delivery?: object } {
  if (way === undefined || way === wayIn(delivery)) return {};
  const [mode, locationId] = way.split(':');
  return { delivery: { mode, ...(locationId !== undefined && { locationId }) } };
}

/** How a form names the way of an order. */
export const wayIn = ({ mode, locationId }: OrderAnswer['delivery']): string =>
  mode === 'pickup' ? `pickup:${locationId}` : mode;

function feeOf({ fee, method }: Form, { shipping, currency }: OrderAnswer): { shipping?: object } {
  if (fee === undefined || method === undefined) return {};
  const price = amountOf(fee, currency);
  const isSame = price.amount === shipping.price.amount && method === shipping.method;
  return isSame ? {} : { shipping: { method, price } };
}

/** What more is paid with, where somebody names it. */
function tenderOf(form: Form): { tender?: object } {
  const method = form['tender.method'];
  if (!method) return {};
  const token = (form['tender.token'] ?? '').trim();
  return {
    tender: {
      ...{ method, ...(token !== '' && { token }) },
      ...(method === 'till' && form['tender.paidBy'] && { paidBy: form['tender.paidBy'] }),
    },
  };
}
