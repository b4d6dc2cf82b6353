import type { OrderAnswer } from '../../api/services/orders';

export type Form = Readonly<Record<string, string>>;
type Delivery = OrderAnswer['delivery'];

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

/** An address that differs from the one before. The point of the place before is not that of another one. */
export function addressIn(form: Form, at: string, before: object): { shippingAddress?: object } {
  const was = before as Record<string, unknown>;
  const parts = addressFields.map((part) => [part, (form[`${at}.${part}`] ?? '').trim()] as const);
  if (!parts.some(([part]) => form[`${at}.${part}`] !== undefined)) return {};
  if (parts.every(([part, text]) => text === (was[part] ?? ''))) return {};
  return { shippingAddress: Object.fromEntries(parts.filter(([, text]) => text !== '')) };
}

/** How a form names the way of goods: to an address, a parcel shop, a store, or a place of ours. */
export function wayIn({ mode, locationId, toLocationId, parcelShop }: Delivery): string {
  if (toLocationId !== undefined) return `to:${toLocationId}`;
  if (parcelShop) return 'parcelShop';
  return mode === 'pickup' ? `pickup:${locationId}` : mode;
}

/** Another way than before. */
export function wayAsked(way: string | undefined, before: Delivery): { delivery?: object } {
  if (way === undefined || way === wayIn(before)) return {};
  const at = way.indexOf(':');
  const [mode, id] = at < 0 ? [way] : [way.slice(0, at), way.slice(at + 1)];
  if (mode === 'to') return { delivery: { mode: 'ship', toLocationId: id } };
  return { delivery: { mode, ...(id !== undefined && { locationId: id }) } };
}
