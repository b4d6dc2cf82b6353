import { existsSync } from 'node:fs';
import path from 'node:path';
import { readTable, type Row } from '../read-table';

const columns = {
  orders: [
    'order_id',
    'customer_id',
    'order_status',
    'order_purchase_timestamp',
    'order_approved_at',
    'order_delivered_carrier_date',
    'order_delivered_customer_date',
    'order_estimated_delivery_date',
  ],
  items: ['order_id', 'order_item_id', 'product_id', 'seller_id', 'price', 'freight_value'],
  payments: ['order_id', 'payment_sequential', 'payment_type', 'payment_installments', 'payment_value'],
  customers: [
    'customer_id',
    'customer_unique_id',
    'customer_zip_code_prefix',
    'customer_city',
    'customer_state',
  ],
  sellers: ['seller_id', 'seller_zip_code_prefix', 'seller_city', 'seller_state'],
  products: [
    'product_id',
    'product_category_name',
    'product_weight_g',
    'product_length_cm',
    'product_height_cm',
    'product_width_cm',
  ],
  geolocation: ['zip_code_prefix', 'lat', 'lng'],
  translations: ['product_category_name', 'product_category_name_english'],
} as const;

const fileOf = {
  orders: 'orders',
  items: 'order_items',
  payments: 'order_payments',
  customers: 'customers',
  sellers: 'sellers',
  products: 'products',
  geolocation: 'geolocation',
  translations: 'product_category_name_translation',
} as const;

type Name = keyof typeof columns;
export type OlistRow<N extends Name> = Row<(typeof columns)[N][number]>;
/** Olist's tables as rows of text. */
export type OlistTables = { [N in Name]: OlistRow<N>[] };

/** Reads Olist's files; only the translation of the categories may be missing. */
export function readOlistTables(folder: string): OlistTables {
  const names = Object.keys(columns) as Name[];
  const isThere = (name: Name) => existsSync(path.join(folder, `${fileOf[name]}.csv`));
  return Object.fromEntries(
    names.map((name) => [
      name,
      name === 'translations' && !isThere(name) ? [] : readTable(folder, fileOf[name], columns[name]),
    ]),
  ) as unknown as OlistTables;
}
