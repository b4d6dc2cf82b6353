import type { FulfillmentState } from '../../domain/order/states';
import type { OrderView } from '../../store/read/order-view';
import type { Goal, PlayableOrder } from './data-set';
import { feeSku } from './olist/catalogue';

/** What an order must come to, said by its row alone. Amounts are minor units. */
export interface Expectation {
  statuses: readonly string[];
  pieces: FulfillmentState;
  total: number;
  goods: number;
  adjustment: number;
  /** In the order of the tenders. */
  payments: { kind: string; amount: number; captured: number; refunded: number }[];
}

/** A value of the system that is not what the file says. */
export interface Difference {
  reference: string;
  what: string;
  expected: string | number;
  got: string | number;
}

const pieces: Record<Goal, FulfillmentState> = {
  placed: 'allocated',
  confirmed: 'allocated',
  picking: 'picking',
  shipped: 'shipped',
  delivered: 'delivered',
  cancelled: 'cancelled',
};

/** Delivered orders complete by themselves when their return window has closed. */
const statuses: Partial<Record<Goal, readonly string[]>> = {
  cancelled: ['cancelled'],
  delivered: ['confirmed', 'completed'],
};

/**
 * What left is captured in full; a transfer is ours when it comes in; a cancelled order keeps nothing: what was
 * captured is refunded, what was only authorised is let go.
 */
export function expect(order: PlayableOrder): Expectation {
  const { goal, file, transfers } = order;
  const hasLeft = goal === 'shipped' || goal === 'delivered';
  const paid = new Set(transfers.map(({ tender }) => tender));
  return {
    statuses: statuses[goal] ?? ['confirmed'],
    pieces: pieces[goal],
    total: file.payments.reduce((sum, { amount }) => sum + amount, 0),
    goods: file.goods,
    adjustment: file.adjustment,
    payments: file.payments.map(({ kind, amount }, index) => {
      const captured = hasLeft || paid.has(index) ? amount : 0;
      return { kind, amount, captured, refunded: goal === 'cancelled' ? captured : 0 };
    }),
  };
}

/** Compares an order as the API tells it with what its row says; none when all agree. */
export function compare(order: PlayableOrder, view: OrderView): Difference[] {
  const expected = expect(order);
  const differences: Difference[] = [];
  const check = (what: string, wanted: string | number, got: string | number): void => {
    if (wanted !== got)
      differences.push({ reference: order.input.externalReference, what, expected: wanted, got });
  };
  check('status', expected.statuses.includes(view.status) ? view.status : expected.statuses[0]!, view.status);
  check('currency', order.input.currency, view.currency);
  check('total', expected.total, view.total.amount);
  check('freight', order.file.freight, view.shipping.price.amount);
  const { goods, adjustment } = valueOf(order, view);
  check('goods', expected.goods, goods);
  check('fee or discount', expected.adjustment, adjustment);
  check('number of lines', order.input.lines.length, view.lines.length);
  for (const line of view.lines)
    check(`pieces of ${line.sku}`, `${line.quantity} ${expected.pieces}`, inWords(line.byState));
  check('number of payments', expected.payments.length, view.payments.length);
  expected.payments.forEach((payment, index) => {
    const got = view.payments[index];
    if (!got) return;
    const name = `payment ${index + 1} (${payment.kind})`;
    check(`${name}: amount`, payment.amount, got.amount.amount);
    check(`${name}: captured`, payment.captured, got.captured.amount);
    check(`${name}: refunded`, payment.refunded, got.refunded.amount);
  });
  checkPlaces(order, view, check);
  return differences;
}

/** What the system says the items come to, and beside them what the payments added or lacked. */
export function valueOf(order: PlayableOrder, view: OrderView): { goods: number; adjustment: number } {
  const sumOf = (amounts: number[]): number => amounts.reduce((a, b) => a + b, 0);
  const all = sumOf(view.lines.map((line) => line.total.amount));
  const fees = sumOf(view.lines.filter(({ sku }) => sku === feeSku).map((line) => line.total.amount));
  const lacked = order.file.adjustment < 0 ? sumOf(view.lines.map((line) => line.discount.amount)) : 0;
  return { goods: all - fees + lacked, adjustment: fees - lacked };
}

/** Each seller ships its own: what an order's locations hold is what the file says of its sellers. */
function checkPlaces(
  order: PlayableOrder,
  view: OrderView,
  check: (what: string, wanted: string, got: string) => void,
): void {
  if (order.goal === 'cancelled') return;
  const wanted = new Map<string, number>();
  const held = new Map<string, number>();
  for (const { locationId, sku, quantity } of order.demand) add(wanted, `${locationId} ${sku}`, quantity);
  for (const { locationId, status, lines } of view.fulfillments)
    if (status !== 'cancelled')
      for (const { sku, quantity } of lines) add(held, `${locationId} ${sku}`, quantity);
  for (const place of new Set([...wanted.keys(), ...held.keys()]))
    check(`pieces at ${place}`, String(wanted.get(place) ?? 0), String(held.get(place) ?? 0));
}

function add(sums: Map<string, number>, key: string, quantity: number): void {
  sums.set(key, (sums.get(key) ?? 0) + quantity);
}

function inWords(byState: Partial<Record<FulfillmentState, number>>): string {
  return Object.entries(byState)
    .map(([state, quantity]) => `${quantity} ${state}`)
    .join(', ');
}

/** Where the whole order is, in one word, for counting. */
export function finalState(view: OrderView): string {
  if (view.status === 'cancelled' || view.status === 'completed' || view.status === 'onHold')
    return view.status;
  const states = new Set(view.lines.flatMap((line) => Object.keys(line.byState)));
  return states.size === 1 ? [...states][0]! : 'mixed';
}
