import type { OrderAnswer } from '../api/services/orders';
import { orderTo } from '../domain/order/destination';

export interface OrderPlace {
  /** Null: the order's own address. */
  destination: string | null;
  /** The order as it goes there. */
  there: OrderAnswer;
  lines: OrderAnswer['lines'];
}

/** Where the lines of an order go, each place at that of its first line. */
export const destinationsOf = (order: OrderAnswer): OrderPlace[] =>
  [...new Set(order.lines.map(({ destination }) => destination))].map((destination) => ({
    destination,
    there: orderTo(order, destination),
    lines: order.lines.filter((line) => line.destination === destination),
  }));
