import { changing, type EditBody } from '../../api/contract/edits';
import type { OrderAnswer } from '../../api/services/orders';
import { invalidInput } from '../../api/problem';
import { amountOf } from './amount';
import { addressIn, wayAsked, type Form } from './edit-address';
import { destinationNamed, ownPlace, placesOf } from './edit-places';
import { activeOf, wholeOf } from './piece-fields';

/**
 * What a form asks to be changed, to be held against the contract: only what differs from the order as it was
 * shown. Fields are `quantity.<lineId>`, `address.<part>`, `add.<n>.<part>`, `fee`, `method`, `way`,
 * `tender.<part>`, and those of its destinations.
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
  const add = addedOf(form, order);
  const edit = {
    ...(form.reason && { reason: form.reason }),
    ...(form.version && { version: Number(form.version) }),
    ...(lines.length > 0 && { lines }),
    ...(add.length > 0 && { add }),
    ...placesOf(form, order),
    ...addressIn(form, 'address', order.shippingAddress),
    ...wayAsked(form.way, order.delivery),
    ...feeOf(form, order),
    ...tenderOf(form),
  };
  if (!changing.some((part) => (edit as Partial<EditBody>)[part] !== undefined))
    throw invalidInput([
      { pointer: '', detail: 'Change something first: nothing differs from the order as it is' },
    ]);
  return edit;
}

function addedOf(form: Form, order: OrderAnswer): object[] {
  return Object.keys(form)
    .filter((field) => /^add\.\d+\.sku$/.test(field) && form[field]!.trim() !== '')
    .map((field) => {
      const at = field.slice(0, -'.sku'.length);
      const price = form[`${at}.price`] ?? '';
      const to = destinationNamed(form, order, form[`${at}.to`] ?? ownPlace);
      return {
        sku: form[field]!.trim(),
        quantity: wholeOf(form[`${at}.quantity`] ?? '1'),
        ...(price.trim() !== '' && { unitPrice: amountOf(price, order.currency) }),
        ...(to !== null && { destination: to }),
      };
    });
}

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
