import type { Goal, OrderInput, PlayableOrder, Remark } from '../data-set';
import { decimalOf, hundredthsOf } from '../minor-units';
import { feeSku, locationIdOf, pointOf } from './catalogue';
import { instantOf } from './instants';
import { mapPayments } from './payments';
import type { OlistRow } from './tables';

export const channelCode = 'olist';
const currency = 'BRL';

/** Orders under way stop where their status says; `invoiced` has its paper, `processing` is being picked. */
const goalOf: Record<string, Goal> = {
  created: 'placed',
  approved: 'confirmed',
  invoiced: 'confirmed',
  processing: 'picking',
  shipped: 'shipped',
  delivered: 'delivered',
  canceled: 'cancelled',
  unavailable: 'cancelled',
};

/** The rows that make up one order. */
export interface OlistOrder {
  order: OlistRow<'orders'>;
  items: OlistRow<'items'>[];
  payments: OlistRow<'payments'>[];
  customer: OlistRow<'customers'> | undefined;
  point: OlistRow<'geolocation'> | undefined;
}

export type Mapped =
  | { outcome: 'playable'; order: PlayableOrder; remarks: Remark[] }
  | { outcome: 'unplayable'; reason: string };

/** One order of the file as it is played; every cent of its payments is a line, freight, a fee or a discount. */
export function mapOrder(rows: OlistOrder, skuOf: (productId: string, sellerId: string) => string): Mapped {
  const { order, items, customer } = rows;
  const reference = order.order_id;
  const goal = goalOf[order.order_status];
  const paidAt = instantOf(order.order_approved_at || order.order_purchase_timestamp);
  const paid = mapPayments(reference, rows.payments, paidAt);
  if (items.length === 0) return { outcome: 'unplayable', reason: 'no items' };
  if (goal === undefined) return { outcome: 'unplayable', reason: `unknown status "${order.order_status}"` };
  if (customer === undefined) return { outcome: 'unplayable', reason: 'no customer' };
  if (paid.problem !== null) return { outcome: 'unplayable', reason: paid.problem };

  const goods = sumOf(items.map((item) => hundredthsOf(item.price)));
  const freight = sumOf(items.map((item) => hundredthsOf(item.freight_value)));
  const total = sumOf(paid.payments.map(({ amount }) => amount));
  const settled = settle(reference, mapLines(items, skuOf), total - goods - freight, hasInstalments(rows));
  const dates = datesOf(reference, order);
  return {
    outcome: 'playable',
    remarks: [...paid.remarks, ...settled.remarks, ...(goal === 'delivered' ? dates.remarks : [])],
    order: {
      input: {
        channel: channelCode,
        externalReference: reference,
        placedAt: instantOf(order.order_purchase_timestamp),
        currency,
        customer: mapCustomer(customer),
        shippingAddress: mapAddress(customer, goal, rows.point),
        lines: settled.lines.map(({ locationId: _, ...line }) => line),
        shipping: { method: 'standard', price: brl(freight) },
        delivery: { mode: 'ship' },
        tenders: paid.tenders,
        total: brl(total),
      },
      goal,
      rowStatus: order.order_status,
      demand: settled.lines.map(({ sku, quantity, locationId }) => ({ sku, quantity, locationId })),
      giftCards: paid.giftCards,
      transfers: wasPaid(order, goal) ? paid.transfers : [],
      handedOverAt: dates.handedOverAt,
      deliveredAt: dates.deliveredAt,
      file: { goods, freight, adjustment: total - goods - freight, payments: paid.payments },
    },
  };
}

/** A boleto that was never approved was never paid; of orders that went on, some lack the date alone. */
const wasPaid = (order: OlistRow<'orders'>, goal: Goal): boolean =>
  order.order_approved_at !== '' || !['placed', 'cancelled'].includes(goal);

const brl = (amount: number) => ({ amount, currency });
const sumOf = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);
const hasInstalments = ({ payments }: OlistOrder) =>
  payments.some((row) => Number(row.payment_installments) > 1);

type Line = OrderInput['lines'][number] & { locationId: string };

/** One row an item in the file; pieces of one offer at one price are one line here. */
function mapLines(
  items: readonly OlistRow<'items'>[],
  skuOf: (productId: string, sellerId: string) => string,
): Line[] {
  const lines = new Map<string, Line>();
  for (const item of items) {
    const sku = skuOf(item.product_id, item.seller_id);
    const price = hundredthsOf(item.price);
    const known = lines.get(`${sku} ${price}`);
    if (known) known.quantity += 1;
    else
      lines.set(`${sku} ${price}`, {
        sku,
        quantity: 1,
        unitPrice: brl(price),
        taxRateBps: 0,
        locationId: locationIdOf(item.seller_id),
      });
  }
  return [...lines.values()];
}

/** What the payments have above items and freight becomes a line of its own; what they lack, a discount. */
function settle(
  reference: string,
  lines: Line[],
  difference: number,
  isOnInstalments: boolean,
): { lines: Line[]; remarks: Remark[] } {
  if (difference === 0) return { lines, remarks: [] };
  if (difference > 0) {
    const title = isOnInstalments ? 'Interest on instalments' : 'Paid above items and freight';
    const what = `${decimalOf(difference)} paid above items and freight: a line "${title}"`;
    const fee: Line = {
      sku: feeSku,
      title,
      quantity: 1,
      unitPrice: brl(difference),
      taxRateBps: 0,
      locationId: lines[0]!.locationId,
    };
    return { lines: [...lines, fee], remarks: [{ reference, what, amount: difference }] };
  }
  const valueOf = (line: Line) => line.unitPrice.amount * line.quantity;
  const largest = [...lines].sort((a, b) => valueOf(b) - valueOf(a))[0]!;
  const what = `${decimalOf(-difference)} less paid than items and freight: a discount`;
  return {
    lines: lines.map((line) => (line === largest ? { ...line, discount: brl(-difference) } : line)),
    remarks: [{ reference, what, amount: difference }],
  };
}

/** The file knows customers by a number alone; a name is made of it. */
function mapCustomer(customer: OlistRow<'customers'>): OrderInput['customer'] {
  return {
    externalId: customer.customer_unique_id,
    email: `${customer.customer_unique_id}@olist.example`,
    name: nameOf(customer),
    locale: 'pt-BR',
  };
}

const nameOf = (customer: OlistRow<'customers'>): string =>
  `Cliente ${customer.customer_unique_id.slice(0, 8)}`;

function mapAddress(
  customer: OlistRow<'customers'>,
  goal: Goal,
  point: OlistRow<'geolocation'> | undefined,
): OrderInput['shippingAddress'] {
  return {
    // A sandbox carrier that plays by itself leaves such a parcel under way, as its row does.
    name: goal === 'shipped' ? `${nameOf(customer)} UNDERWAY` : nameOf(customer),
    line1: `CEP ${customer.customer_zip_code_prefix}`,
    postalCode: customer.customer_zip_code_prefix,
    city: customer.customer_city,
    region: customer.customer_state,
    country: 'BR',
    ...pointOf(point),
  };
}

/** The carrier's dates; where the file lacks one, the one before it stands in and the report says so. */
function datesOf(reference: string, order: OlistRow<'orders'>) {
  const remarks: Remark[] = [];
  const known = (date: string, instead: string, what: string): string => {
    if (date !== '') return instantOf(date);
    remarks.push({ reference, what: `no date of ${what}: ${instead} is taken` });
    return instantOf(instead);
  };
  const approved = order.order_approved_at || order.order_purchase_timestamp;
  const carrier = order.order_delivered_carrier_date;
  const handedOverAt = known(carrier, approved, 'hand-over to the carrier');
  const deliveredAt = known(order.order_delivered_customer_date, carrier || approved, 'delivery');
  return { handedOverAt, deliveredAt, remarks };
}
