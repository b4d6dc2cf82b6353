import { distanceBetween } from '../../domain/sourcing/sight';
import type { GeoPoint } from '../../domain/order/types';
import { hundredthsOf } from '../replay/minor-units';
import { pointOf } from '../replay/olist/catalogue';
import { instantOf } from '../replay/olist/instants';
import type { OlistTables } from '../replay/olist/tables';
import { groupBy, indexBy } from '../replay/read-table';

/** A seller of the file, where its postcode lies. */
export interface Seller {
  id: string;
  city: string;
  state: string;
  point: GeoPoint | null;
}

/** An order of the file as far as sourcing is concerned. */
export interface PastOrder {
  id: string;
  at: string;
  state: string;
  point: GeoPoint | null;
  lines: { lineId: string; sku: string; quantity: number; sellerId: string }[];
  /** What its freight really was, in minor units. */
  freight: number;
  /** Days from the carrier's first scan to the customer; null where the file lacks a date. */
  daysOnTheWay: number | null;
}

export interface Product {
  sku: string;
  category: string;
  weightGrams: number;
}

export interface Past {
  sellers: Map<string, Seller>;
  products: Map<string, Product>;
  /** In the order in which they were placed. */
  orders: PastOrder[];
  /** Orders without items, or without a customer: nothing was sourced. */
  leftOut: number;
}

/** What the file says of each item's freight, with what it may depend on. */
export interface Freight {
  kilograms: number;
  km: number;
  /** Minor units. */
  amount: number;
}

const dayMs = 86_400_000;

/** Olist's tables as past orders. A product is one SKU, whoever sells it. */
export function readPast(tables: OlistTables): Past {
  const points = indexBy(tables.geolocation, 'zip_code_prefix');
  const pointAt = (prefix: string): GeoPoint | null => pointOf(points.get(prefix)).point ?? null;
  const sellers = new Map(
    tables.sellers.map((row) => [
      row.seller_id,
      {
        ...{ id: row.seller_id, city: row.seller_city, state: row.seller_state },
        point: pointAt(row.seller_zip_code_prefix),
      },
    ]),
  );
  const items = groupBy(tables.items, 'order_id');
  const customers = indexBy(tables.customers, 'customer_id');
  const orders = tables.orders.flatMap((row): PastOrder[] => {
    const [own, customer] = [items.get(row.order_id) ?? [], customers.get(row.customer_id)];
    if (own.length === 0 || !customer) return [];
    return [
      {
        ...{ id: row.order_id, at: instantOf(row.order_purchase_timestamp), state: customer.customer_state },
        point: pointAt(customer.customer_zip_code_prefix),
        lines: linesOf(own),
        freight: own.reduce((sum, item) => sum + hundredthsOf(item.freight_value), 0),
        daysOnTheWay: daysBetween(row.order_delivered_carrier_date, row.order_delivered_customer_date),
      },
    ];
  });
  orders.sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1));
  return { sellers, products: productsOf(tables), orders, leftOut: tables.orders.length - orders.length };
}

/** Pieces of one product of one seller are one line. */
function linesOf(items: OlistTables['items']): PastOrder['lines'] {
  const lines = new Map<string, PastOrder['lines'][number]>();
  for (const { product_id: sku, seller_id: sellerId } of items) {
    const lineId = `${sku}:${sellerId}`;
    const known = lines.get(lineId);
    if (known) known.quantity += 1;
    else lines.set(lineId, { lineId, sku, sellerId, quantity: 1 });
  }
  return [...lines.values()];
}

function productsOf(tables: OlistTables): Map<string, Product> {
  const english = indexBy(tables.translations, 'product_category_name');
  return new Map(
    tables.products.map((row) => {
      const native = row.product_category_name;
      const category = english.get(native)?.product_category_name_english || native || 'uncategorised';
      const grams = Math.round(Number(row.product_weight_g || 0));
      return [row.product_id, { sku: row.product_id, category, weightGrams: grams > 0 ? grams : 0 }];
    }),
  );
}

function daysBetween(from: string, to: string): number | null {
  if (from === '' || to === '') return null;
  const days = (Date.parse(instantOf(to)) - Date.parse(instantOf(from))) / dayMs;
  return days >= 0 ? days : null;
}

/** The freight of each item whose seller and customer have a point. */
export function freightsOf(tables: OlistTables, past: Past): Freight[] {
  const byOrder = new Map(past.orders.map((order) => [order.id, order]));
  return tables.items.flatMap((item) => {
    const order = byOrder.get(item.order_id);
    const km = distanceBetween(past.sellers.get(item.seller_id)?.point ?? null, order?.point ?? null);
    if (km === null) return [];
    const kilograms = (past.products.get(item.product_id)?.weightGrams ?? 0) / 1000;
    return [{ kilograms, km, amount: hundredthsOf(item.freight_value) }];
  });
}
