import type { DataSet, FilePayment } from '../data-set';
import { hundredthsOf } from '../minor-units';
import { groupBy, indexBy } from '../read-table';
import { aLongTime, createSkus, mapProducts, mapSellers } from './catalogue';
import { channelCode, mapOrder } from './map-order';
import { readOlistTables, type OlistTables } from './tables';

export const readOlist = (folder: string): DataSet => mapOlist(readOlistTables(folder));

/** Olist's tables as orders to play. Pure: the same rows give the same orders, byte for byte. */
export function mapOlist(tables: OlistTables): DataSet {
  const skuOf = createSkus(tables.items);
  const items = groupBy(tables.items, 'order_id');
  const payments = groupBy(tables.payments, 'order_id');
  const customers = indexBy(tables.customers, 'customer_id');
  const points = indexBy(tables.geolocation, 'zip_code_prefix');
  const data: DataSet = {
    name: 'Olist',
    currency: 'BRL',
    channel: {
      code: channelCode,
      body: {
        type: 'marketplace',
        name: 'Olist',
        settings: { transferWithin: aLongTime, handOverWithin: aLongTime, deliverWithin: aLongTime },
      },
    },
    locations: mapSellers(tables),
    products: mapProducts(tables, skuOf),
    orders: [],
    unplayable: [],
    remarks: [],
    unplayedPayments: [],
    knownGoods: [],
  };
  for (const order of tables.orders) {
    const customer = customers.get(order.customer_id);
    const rows = {
      order,
      items: items.get(order.order_id) ?? [],
      payments: payments.get(order.order_id) ?? [],
      customer,
      point: customer && points.get(customer.customer_zip_code_prefix),
    };
    const mapped = mapOrder(rows, skuOf);
    if (mapped.outcome === 'playable') {
      data.orders.push(mapped.order);
      data.remarks.push(...mapped.remarks);
      continue;
    }
    data.unplayable.push({
      reference: order.order_id,
      rowStatus: order.order_status,
      reason: mapped.reason,
    });
    data.unplayedPayments.push(...rows.payments.map(filePaymentOf));
  }
  return data;
}

const filePaymentOf = (row: OlistTables['payments'][number]): FilePayment => ({
  kind: row.payment_type,
  amount: hundredthsOf(row.payment_value),
});
