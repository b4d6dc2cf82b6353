import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { OlistTables } from '../../../scripts/replay/olist/tables';

type Order = {
  id: string;
  status: string;
  /** Seller, product, price, freight. */
  items: [seller: string, product: string, price: string, freight: string][];
  /** Type, instalments, value. */
  payments: [type: string, instalments: string, value: string][];
  isApproved?: boolean;
};

/** Made-up orders in Olist's shape: one of every kind that the real file has. */
export const olistOrders: Order[] = [
  {
    id: 'delivered-two-of-one',
    status: 'delivered',
    items: [
      ['s1', 'p1', '21.99', '11.85'],
      ['s1', 'p1', '21.99', '11.85'],
    ],
    payments: [['credit_card', '8', '67.68']],
  },
  {
    id: 'delivered-two-sellers',
    status: 'delivered',
    items: [
      ['s1', 'p1', '21.99', '11.85'],
      ['s2', 'p2', '99.0', '8.1'],
    ],
    payments: [
      ['credit_card', '1', '100.94'],
      ['voucher', '1', '40.0'],
    ],
  },
  {
    id: 'with-interest',
    status: 'delivered',
    items: [['s2', 'p3', '100.0', '4.88']],
    payments: [['credit_card', '13', '130.0']],
  },
  {
    id: 'a-cent-less',
    status: 'delivered',
    items: [['s2', 'p3', '100.0', '4.88']],
    payments: [['credit_card', '4', '104.87']],
  },
  {
    id: 'a-cent-more',
    status: 'delivered',
    items: [['s1', 'p1', '50.0', '1.0']],
    payments: [['boleto', '1', '51.01']],
  },
  {
    id: 'vouchers-and-nothing',
    status: 'shipped',
    items: [['s1', 'shared', '30.0', '5.0']],
    payments: [
      ['voucher', '1', '20.0'],
      ['voucher', '1', '0.0'],
      ['voucher', '1', '15.0'],
    ],
  },
  {
    id: 'same-product-elsewhere',
    status: 'delivered',
    items: [['s2', 'shared', '31.0', '5.0']],
    payments: [['debit_card', '1', '36.0']],
  },
  {
    id: 'processing',
    status: 'processing',
    items: [['s1', 'p1', '10.0', '2.0']],
    payments: [['boleto', '1', '12.0']],
  },
  {
    id: 'invoiced',
    status: 'invoiced',
    items: [['s1', 'p1', '10.0', '2.0']],
    payments: [['credit_card', '2', '12.0']],
  },
  {
    id: 'cancelled-paid',
    status: 'canceled',
    items: [['s1', 'p1', '10.0', '2.0']],
    payments: [['boleto', '1', '12.0']],
  },
  {
    id: 'cancelled-unpaid',
    status: 'canceled',
    items: [['s1', 'p1', '10.0', '2.0']],
    payments: [['boleto', '1', '12.0']],
    isApproved: false,
  },
  {
    id: 'unavailable',
    status: 'unavailable',
    items: [['s2', 'p2', '10.0', '2.0']],
    payments: [['credit_card', '1', '12.0']],
  },
  { id: 'no-items', status: 'unavailable', items: [], payments: [['credit_card', '1', '77.0']] },
  {
    id: 'unknown-payment',
    status: 'canceled',
    items: [['s1', 'p1', '10.0', '2.0']],
    payments: [['not_defined', '1', '12.0']],
  },
];

const product = (id: string, category: string, grams: string) => ({
  product_id: id,
  product_category_name: category,
  product_weight_g: grams,
  product_length_cm: '30',
  product_height_cm: '10',
  product_width_cm: '20',
});

export const olistTables = (orders: readonly Order[] = olistOrders): OlistTables => ({
  orders: orders.map(({ id, status, isApproved = true }, index) => ({
    order_id: id,
    customer_id: `c${index}`,
    order_status: status,
    order_purchase_timestamp: '2017-11-20 09:02:11',
    order_approved_at: isApproved ? '2017-11-21 10:00:00' : '',
    order_delivered_carrier_date: ['delivered', 'shipped'].includes(status) ? '2017-11-23 08:00:00' : '',
    order_delivered_customer_date:
      status === 'delivered' && id !== 'a-cent-more' ? '2017-11-28 18:30:00' : '',
    order_estimated_delivery_date: '2017-12-05 00:00:00',
  })),
  items: orders.flatMap(({ id, items }) =>
    items.map(([seller_id, product_id, price, freight_value], index) => ({
      order_id: id,
      order_item_id: String(index + 1),
      product_id,
      seller_id,
      price,
      freight_value,
    })),
  ),
  // Files list them in any order.
  payments: orders
    .flatMap(({ id, payments }) =>
      payments.map(([payment_type, payment_installments, payment_value], index) => ({
        order_id: id,
        payment_sequential: String(index + 1),
        payment_type,
        payment_installments,
        payment_value,
      })),
    )
    .reverse(),
  customers: orders.map((_, index) => ({
    customer_id: `c${index}`,
    customer_unique_id: `unique-${index}`,
    customer_zip_code_prefix: '01019',
    customer_city: 'sao paulo',
    customer_state: 'SP',
  })),
  sellers: [
    { seller_id: 's1', seller_zip_code_prefix: '01019', seller_city: 'sao paulo', seller_state: 'SP' },
    { seller_id: 's2', seller_zip_code_prefix: '70740', seller_city: 'brasilia', seller_state: 'DF' },
  ],
  products: [
    product('p1', 'beleza_saude', '250'),
    product('p2', 'sem_traducao', '1200'),
    product('p3', '', '0'),
    product('shared', 'beleza_saude', '90'),
  ],
  geolocation: [{ zip_code_prefix: '01019', lat: '-23.55', lng: '-46.63' }],
  translations: [{ product_category_name: 'beleza_saude', product_category_name_english: 'health_beauty' }],
});

const fileNames: Record<keyof OlistTables, string> = {
  orders: 'orders',
  items: 'order_items',
  payments: 'order_payments',
  customers: 'customers',
  sellers: 'sellers',
  products: 'products',
  geolocation: 'geolocation',
  translations: 'product_category_name_translation',
};

export function writeOlist(folder: string, tables: OlistTables): void {
  for (const [name, file] of Object.entries(fileNames))
    writeTable(folder, file, tables[name as keyof OlistTables]);
}

export function writeTable(folder: string, file: string, rows: readonly Record<string, string>[]): void {
  mkdirSync(folder, { recursive: true });
  const columns = Object.keys(rows[0]!);
  const lines = [columns, ...rows.map((row) => columns.map((column) => `"${row[column]}"`))];
  writeFileSync(path.join(folder, `${file}.csv`), `${lines.map((cells) => cells.join(',')).join('\n')}\n`);
}
