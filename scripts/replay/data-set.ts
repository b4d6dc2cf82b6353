import type { channelBody, locationBody, productBody } from '../../api/contract/catalogue';
import type { z } from 'zod';
import type { SaleInput } from '../../api/contract/orders';

export type OrderInput = SaleInput;
export type LocationInput = z.input<typeof locationBody>;
export type ProductInput = z.input<typeof productBody>;
export type ChannelInput = z.input<typeof channelBody>;

/** Where a row says its order came to; the replay takes it there and no further. */
export const goals = ['placed', 'confirmed', 'picking', 'shipped', 'delivered', 'cancelled'] as const;
export type Goal = (typeof goals)[number];

/** One payment as the file has it. The index is its tender in the order. */
export interface FilePayment {
  /** In the file's own word: `credit_card`, `boleto`. */
  kind: string;
  /** Minor units. */
  amount: number;
}

/** An order as it is to be played, with what the file says it must come to. */
export interface PlayableOrder {
  input: OrderInput;
  goal: Goal;
  /** The status in the file's own word. */
  rowStatus: string;
  /** Pieces that its sellers must have so that each line ships from its own. */
  demand: { sku: string; locationId: string; quantity: number }[];
  /** Vouchers of the file, opened with exactly what they pay. */
  giftCards: { code: string; amount: number }[];
  /** Tenders (by index) that somebody must report as paid. */
  transfers: { tender: number; amount: number; reference: string; receivedAt: string }[];
  /** Instants of the file for the carrier's reports. */
  handedOverAt: string;
  deliveredAt: string;
  file: {
    /** Minor units of the items, before freight and before what the payments add or lack. */
    goods: number;
    freight: number;
    /** What the payments have above items and freight, or below: a line of its own, or a discount. */
    adjustment: number;
    payments: FilePayment[];
  };
}

/** Something about one order that the report names: played, but not exactly as the file's columns add up. */
export interface Remark {
  reference: string;
  what: string;
  /** Minor units that it is about. */
  amount?: number;
}

export interface DataSet {
  name: string;
  currency: string;
  channel: { code: string; body: ChannelInput };
  locations: Map<string, LocationInput>;
  products: Map<string, ProductInput>;
  /** In the order of the file. */
  orders: PlayableOrder[];
  unplayable: { reference: string; rowStatus: string; reason: string }[];
  remarks: Remark[];
  /** What the rows that are not played would have paid, by the file's word for the payment. */
  unplayedPayments: FilePayment[];
  /** What the goods of all orders together must come to, known without adding up the orders as they are played. */
  knownGoods: { what: string; amount: number }[];
}

/** The first `limit` orders and only what they need: products, locations, remarks. */
export function takeFirst(data: DataSet, limit: number): DataSet {
  if (limit >= data.orders.length) return data;
  const orders = data.orders.slice(0, limit);
  const references = new Set(orders.map(({ input }) => input.externalReference));
  const skus = new Set(orders.flatMap(({ demand }) => demand.map(({ sku }) => sku)));
  const places = new Set(orders.flatMap(({ demand }) => demand.map(({ locationId }) => locationId)));
  return {
    ...data,
    orders,
    products: new Map([...data.products].filter(([sku]) => skus.has(sku))),
    locations: new Map([...data.locations].filter(([id]) => places.has(id))),
    remarks: data.remarks.filter(({ reference }) => references.has(reference)),
    knownGoods: [],
  };
}
