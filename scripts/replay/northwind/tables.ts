import { readTable, type Row } from '../read-table';

const columns = {
  orders: [
    'order_id',
    'customer_id',
    'order_date',
    'shipped_date',
    'ship_via',
    'freight',
    'ship_name',
    'ship_address',
    'ship_city',
    'ship_region',
    'ship_postal_code',
    'ship_country',
  ],
  order_details: ['order_id', 'product_id', 'unit_price', 'quantity', 'discount'],
  customers: ['customer_id', 'company_name', 'contact_name', 'phone'],
  products: ['product_id', 'product_name', 'supplier_id', 'category_id', 'unit_price'],
  suppliers: ['supplier_id', 'company_name', 'address', 'city', 'region', 'postal_code', 'country', 'phone'],
  shippers: ['shipper_id', 'company_name'],
  categories: ['category_id', 'category_name'],
} as const;

type Name = keyof typeof columns;
export type NorthwindRow<N extends Name> = Row<(typeof columns)[N][number]>;
/** Northwind's tables as rows of text. */
export type NorthwindTables = { [N in Name]: NorthwindRow<N>[] };

export function readNorthwindTables(folder: string): NorthwindTables {
  const names = Object.keys(columns) as Name[];
  return Object.fromEntries(
    names.map((name) => [name, readTable(folder, name, columns[name])]),
  ) as unknown as NorthwindTables;
}
