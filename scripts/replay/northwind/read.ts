import { getAlpha2Code } from 'i18n-iso-countries';
import type { DataSet, LocationInput, OrderInput, PlayableOrder, ProductInput } from '../data-set';
import { hundredthsOf } from '../minor-units';
import { groupBy, indexBy } from '../read-table';
import { valueLines, type LineValue } from './line-values';
import { readNorthwindTables, type NorthwindRow, type NorthwindTables } from './tables';

const channelCode = 'northwind';
const currency = 'USD';
/** A history's orders are not late: nobody is asked to hurry. */
const aLongTime = 'P3650D';
/** Orders of the book as it is published; other books of this layout have no known total. */
const knownBook = { orders: 830, total: 126_579_304 };

export const readNorthwind = (folder: string): DataSet => mapNorthwind(readNorthwindTables(folder));

/** Northwind's tables as orders to play. Pure: the same rows give the same orders, byte for byte. */
export function mapNorthwind(tables: NorthwindTables): DataSet {
  const details = groupBy(tables.order_details, 'order_id');
  const { values, exactTotal } = valueLines(tables.orders.map(({ order_id }) => details.get(order_id) ?? []));
  const context = {
    products: indexBy(tables.products, 'product_id'),
    customers: indexBy(tables.customers, 'customer_id'),
    shippers: indexBy(tables.shippers, 'shipper_id'),
  };
  const data = emptyDataSet(tables);
  tables.orders.forEach((order, index) => {
    const lines = details.get(order.order_id) ?? [];
    if (lines.length > 0) data.orders.push(mapOrder(order, lines, values[index]!, context));
    else data.unplayable.push({ reference: order.order_id, rowStatus: statusOf(order), reason: 'no items' });
  });
  data.knownGoods.push({
    what: 'goods after discounts, exact and rounded once',
    amount: Math.floor((exactTotal + 50) / 100),
  });
  if (tables.orders.length === knownBook.orders)
    data.knownGoods.push({ what: 'goods after discounts, as published', amount: knownBook.total });
  return data;
}

function emptyDataSet(tables: NorthwindTables): DataSet {
  return {
    name: 'Northwind',
    currency,
    channel: {
      code: channelCode,
      body: {
        type: 'wholesale',
        name: 'Northwind Traders',
        settings: { transferWithin: aLongTime, handOverWithin: aLongTime, deliverWithin: aLongTime },
      },
    },
    locations: mapSuppliers(tables.suppliers),
    products: mapProducts(tables),
    orders: [],
    unplayable: [],
    remarks: [],
    unplayedPayments: [],
    knownGoods: [],
  };
}

const locationIdOf = (supplierId: string): string => `northwind-${supplierId}`;
const skuOf = (productId: string): string => `NW-${productId}`;
const statusOf = (order: NorthwindRow<'orders'>): string => (order.shipped_date === '' ? 'open' : 'shipped');
const usd = (amount: number) => ({ amount, currency });

function mapSuppliers(suppliers: NorthwindTables['suppliers']): Map<string, LocationInput> {
  return new Map(
    suppliers.map((row) => [
      locationIdOf(row.supplier_id),
      {
        type: 'supplier',
        name: row.company_name,
        address: addressOf(row),
        capabilities: ['ship', 'returns'],
        actWithin: aLongTime,
      },
    ]),
  );
}

interface AddressRow {
  address: string;
  city: string;
  region: string;
  postal_code: string;
  country: string;
  phone?: string;
}

function addressOf(row: AddressRow) {
  return {
    line1: singleLine(row.address),
    // Ireland had no postcodes then.
    postalCode: row.postal_code.trim() || 'none',
    city: singleLine(row.city),
    ...(row.region.trim() !== '' && { region: singleLine(row.region) }),
    country: countryOf(row.country),
    ...(row.phone && { phone: singleLine(row.phone) }),
  };
}

const singleLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** ISO 3166-1 alpha-2 of a country's English name. */
function countryOf(name: string): string {
  const code = getAlpha2Code(name.trim(), 'en');
  if (code === undefined) throw new Error(`Unknown country "${name}"`);
  return code;
}

function mapProducts(tables: NorthwindTables): Map<string, ProductInput> {
  const categories = indexBy(tables.categories, 'category_id');
  return new Map(
    tables.products.map((row) => {
      const category = categories.get(row.category_id)?.category_name;
      const price = usd(hundredthsOf(row.unit_price));
      return [skuOf(row.product_id), { title: row.product_name, price, ...(category && { category }) }];
    }),
  );
}

interface Context {
  products: Map<string, NorthwindRow<'products'>>;
  customers: Map<string, NorthwindRow<'customers'>>;
  shippers: Map<string, NorthwindRow<'shippers'>>;
}

/**
 * One order of the book. The file knows no payments: trade customers pay by transfer on the day they order. It
 * knows when an order left and not when it arrived: it is delivered on the day it left, and open where it never
 * left.
 */
function mapOrder(
  order: NorthwindRow<'orders'>,
  rows: readonly NorthwindRow<'order_details'>[],
  values: readonly LineValue[],
  { products, customers, shippers }: Context,
): PlayableOrder {
  const freight = hundredthsOf(order.freight);
  const goods = values.reduce(
    (sum, { unitPrice, quantity, discount }) => sum + unitPrice * quantity - discount,
    0,
  );
  const total = goods + freight;
  const orderedAt = instantOf(order.order_date, '08:00');
  const left = order.shipped_date || order.order_date;
  return {
    input: {
      channel: channelCode,
      externalReference: order.order_id,
      placedAt: orderedAt,
      currency,
      customer: mapCustomer(order, customers.get(order.customer_id)),
      shippingAddress: { name: singleLine(order.ship_name), ...addressOf(shipTo(order)) },
      lines: rows.map((row, index) => mapLine(row, values[index]!)),
      shipping: { method: shippers.get(order.ship_via)?.company_name ?? 'standard', price: usd(freight) },
      delivery: { mode: 'ship' },
      tenders: [{ method: 'bankTransfer', amount: usd(total) }],
      total: usd(total),
    },
    goal: order.shipped_date === '' ? 'confirmed' : 'delivered',
    rowStatus: statusOf(order),
    demand: rows.map((row, index) => ({
      sku: skuOf(row.product_id),
      locationId: locationIdOf(products.get(row.product_id)!.supplier_id),
      quantity: values[index]!.quantity,
    })),
    giftCards: [],
    transfers: [{ tender: 0, amount: total, reference: `transfer ${order.order_id}`, receivedAt: orderedAt }],
    handedOverAt: instantOf(left, '09:00'),
    deliveredAt: instantOf(left, '17:00'),
    file: { goods, freight, adjustment: 0, payments: [{ kind: 'transfer', amount: total }] },
  };
}

const shipTo = (order: NorthwindRow<'orders'>): AddressRow => ({
  address: order.ship_address,
  city: order.ship_city,
  region: order.ship_region,
  postal_code: order.ship_postal_code,
  country: order.ship_country,
});

function mapLine(row: NorthwindRow<'order_details'>, value: LineValue): OrderInput['lines'][number] {
  return {
    sku: skuOf(row.product_id),
    quantity: value.quantity,
    unitPrice: usd(value.unitPrice),
    taxRateBps: 0,
    ...(value.discount > 0 && { discount: usd(value.discount) }),
  };
}

function mapCustomer(
  order: NorthwindRow<'orders'>,
  customer: NorthwindRow<'customers'> | undefined,
): OrderInput['customer'] {
  return {
    externalId: order.customer_id,
    email: `${order.customer_id.toLowerCase()}@northwind.example`,
    name: singleLine(customer?.company_name ?? order.ship_name),
    ...(customer?.phone && { phone: singleLine(customer.phone) }),
    locale: countryOf(order.ship_country) === 'IT' ? 'it' : 'en',
  };
}

/** The file's dates have no time and no zone: taken as UTC. */
const instantOf = (date: string, time: string): string => `${date.slice(0, 10)}T${time}:00.000Z`;
