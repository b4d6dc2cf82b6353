import type { Money } from '../money';

/** How the goods reach the customer. */
export type DeliveryMode = 'ship' | 'pickup';

/** What an order asks for; `carryOut` was taken from a store's shelf before we heard of it. */
export type OrderDeliveryMode = DeliveryMode | 'carryOut';

export const tenderMethods = [
  'card',
  'paypal',
  'instalments',
  'bankTransfer',
  'cashOnDelivery',
  'till',
  'onAccount',
  'giftCard',
  'storeCredit',
] as const;
export type TenderMethod = (typeof tenderMethods)[number];

export const tillMeans = ['cash', 'cardTerminal'] as const;
type TillMeans = (typeof tillMeans)[number];

/** WGS 84 degrees. */
export interface GeoPoint {
  lat: number;
  lng: number;
}

export interface Address {
  name: string;
  line1: string;
  line2?: string;
  postalCode: string;
  city: string;
  region?: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  phone?: string;
  point?: GeoPoint;
}

/** A shop or locker of a carrier at which parcels wait for customers. */
export interface ParcelShop {
  /** Code of the carrier that brings parcels there. */
  carrier: string;
  /** The carrier's own. */
  id: string;
  name: string;
  address: Omit<Address, 'name'>;
}

/** What an order asks of its sourcing. */
export interface Preference {
  split?: 'allow' | 'never' | 'byLine' | 'consolidate';
  shipComplete?: boolean;
  locationId?: string;
  service?: { carrier: string; service: string };
}

export interface Customer {
  externalId?: string;
  /** Empty of somebody at a till who left none: then no mail is sent. */
  email: string;
  name: string;
  phone?: string;
  /** BCP 47; decides the language of mails and documents. */
  locale?: string;
  /** Code of the account that it orders and pays by. */
  account?: string;
  /** What kind of customer, for rules to look at. */
  group?: string;
}

export interface OrderLine {
  id: string;
  sku: string;
  title: string;
  quantity: number;
  /** Per piece, in the order's currency; gross when the order's prices include tax. */
  unitPrice: Money;
  /** Basis points: 2200 = 22 %. */
  taxRateBps: number;
  /** For the whole line, not per piece. */
  discount: Money;
  /** Of what stands in for pieces that nobody had: the line that they were of. */
  replaces?: string;
  /** Where it goes, where the order names several destinations; left out, it goes to the order's own address. */
  destination?: string;
}

/** Where goods go: to an address, to a parcel shop, or to a store at which they are collected. */
interface Delivery<Mode> {
  mode: Mode;
  /** Where the customer collects, or what place the goods were taken from. */
  locationId?: string;
  /** Of an internal order: our own place that the goods go to. */
  toLocationId?: string;
  parcelShop?: ParcelShop;
  /** "YYYY-MM-DD": the day by which the channel promised the customer the goods. */
  promisedBy?: string;
}

/** One of several places that an order's goods go to. */
export interface Destination {
  /** The channel's own; lines name it. */
  id: string;
  /** Who gets it; the name and address of whom, too, where it is collected. */
  shippingAddress: Address;
  delivery: Delivery<DeliveryMode>;
  /** Where it differs from the order's; the price is a part of the order's one shipping price. */
  shipping?: { method?: string; price?: Money };
}

export interface Tender {
  /** Also the id of its payment. */
  id: string;
  method: TenderMethod;
  amount: Money;
  /** Of a till: the number of its receipt; of what is paid on account: the account. */
  token?: string;
  instalments?: number;
  /** Of a till: what the customer paid with. */
  paidBy?: TillMeans;
}

/**
 * An order as a channel handed it in, completed with our ids; edited, or with something else that the customer agreed
 * to, as if it had been handed in so. The story tells what it was.
 */
export interface PlacedOrder {
  id: string;
  number: string;
  channel: string;
  /** The store whose staff sold it, whatever it is shipped from. */
  soldAt?: string;
  externalReference: string;
  placedAt: string;
  currency: string;
  pricesIncludeTax: boolean;
  customer: Customer;
  shippingAddress: Address;
  billingAddress?: Address;
  lines: OrderLine[];
  shipping: { method: string; price: Money };
  delivery: Delivery<OrderDeliveryMode>;
  /** Where lines go that name one of them; the others go to the order's own address. */
  destinations?: Destination[];
  tenders: Tender[];
  total: Money;
  note?: string;
  /** Pieces that were held for the cart. */
  reservationId?: string;
  /** What the customer chose of how it is supplied; rules say how far that counts. */
  preference?: Preference;
}
