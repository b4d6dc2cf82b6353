import type { FulfillmentState, OrderStatus } from '../../domain/order/states';
import type { OrderView } from '../../store/read/order-view';

/** How a story must end. Amounts are cents; `all` is the order's total. */
export interface Outcome {
  status: OrderStatus;
  decision?: string;
  /** Pieces by state over all lines; nothing else may be there. */
  pieces: Partial<Record<FulfillmentState, number>>;
  captured: 'all' | number;
  refunded?: 'all' | number;
  /** Statuses of the order's returns, in any order. */
  returns?: string[];
  /** How many locations have a part in it. */
  locations?: number;
}

/** What is not as the story says; nothing when all is. */
export function faultsOf(expected: Outcome, order: OrderView): string[] {
  const faults: string[] = [];
  const check = (what: string, wanted: unknown, got: unknown): void => {
    const [a, b] = [JSON.stringify(wanted), JSON.stringify(got)];
    if (a !== b) faults.push(`${what}: expected ${a}, got ${b}`);
  };
  check('status', expected.status, order.status);
  if (expected.decision !== undefined) check('decision', expected.decision, order.decision);
  check('pieces', sorted(expected.pieces), sorted(piecesOf(order)));
  const amountOf = (wanted: 'all' | number) => (wanted === 'all' ? order.total.amount : wanted);
  check('captured', amountOf(expected.captured), sumOf(order, 'captured'));
  check('refunded', amountOf(expected.refunded ?? 0), sumOf(order, 'refunded'));
  check('returns', [...(expected.returns ?? [])].sort(), order.returns.map((each) => each.status).sort());
  if (expected.locations !== undefined) check('locations', expected.locations, placesOf(order).size);
  return faults;
}

export function piecesOf(order: OrderView): Partial<Record<FulfillmentState, number>> {
  const pieces: Partial<Record<FulfillmentState, number>> = {};
  for (const line of order.lines)
    for (const [state, quantity] of Object.entries(line.byState) as [FulfillmentState, number][])
      pieces[state] = (pieces[state] ?? 0) + quantity;
  return pieces;
}

const sumOf = (order: OrderView, what: 'captured' | 'refunded'): number =>
  order.payments.reduce((sum, payment) => sum + payment[what].amount, 0);

const placesOf = (order: OrderView): Set<string> =>
  new Set(
    order.fulfillments.filter(({ status }) => status !== 'cancelled').map(({ locationId }) => locationId),
  );

const sorted = (pieces: object): object =>
  Object.fromEntries(Object.entries(pieces).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Where an order is, in a few words: `confirmed · 2 delivered, 1 backordered · refunded 12.90`. */
export function inWords(order: OrderView): string {
  const pieces = Object.entries(piecesOf(order)).map(([state, quantity]) => `${quantity} ${state}`);
  const refunded = sumOf(order, 'refunded');
  const isTold = order.decision !== null && order.decision !== order.status;
  return [
    isTold ? `${order.status} (${order.decision})` : order.status,
    pieces.join(', '),
    ...(refunded > 0 ? [`refunded ${(refunded / 100).toFixed(2)}`] : []),
  ].join(' · ');
}
