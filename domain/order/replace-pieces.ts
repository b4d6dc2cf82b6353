import type { PricePolicy } from '../catalogue/alternatives';
import { money, type Money } from '../money';
import { priceOrder, valueOfPieces } from './totals';
import type { OrderLine, PlacedOrder } from './types';

/** What stands in for pieces of a line. */
export interface StandInGoods {
  sku: string;
  title: string;
  /** Of its own, where it has one. */
  price: Money | null;
  taxRateBps?: number;
  pricePolicy: PricePolicy;
}

/** Minor units, gross, of the whole of two lines. */
interface LineValues {
  kept: number;
  added: number;
}

type Priced = Pick<PlacedOrder, 'currency' | 'pricesIncludeTax' | 'lines' | 'shipping'>;

/**
 * What a piece of an alternative is sold for in an order. Its own price, where people said so, though it be more; else
 * so that any number of them comes to no more than the pieces that they replace, whatever is rounded. Null when it cannot
 * be sold.
 */
export function standInPrice(order: Priced, lineId: string, goods: StandInGoods): Money | null {
  const line = lineOf(order, lineId);
  const rate = goods.taxRateBps ?? line.taxRateBps;
  // Tax on shipping follows the highest rate of an order.
  const highest = order.lines.reduce((so, each) => Math.max(so, each.taxRateBps), 0);
  if (!order.pricesIncludeTax && rate > highest) return null;
  if (goods.price !== null && goods.price.currency !== order.currency) return null;
  const most = mostForPiece(order, line, rate);
  const own = goods.price?.amount;
  if (own === undefined) return goods.pricePolicy === 'lower' ? money(most, order.currency) : null;
  return money(goods.pricePolicy === 'own' ? own : Math.min(own, most), order.currency);
}

/** The least that one of the line's pieces is worth, as a price in the order. */
function mostForPiece(order: Priced, line: OrderLine, rateBps: number): number {
  const least = valueOfPieces(grossOf(order, line), line.quantity, line.quantity - 1, 1);
  return order.pricesIncludeTax ? least : Math.floor((least * 10_000) / (10_000 + rateBps));
}

/**
 * The order with some pieces of a line replaced by the same number of something else, in a line of its own. The line
 * keeps the others, none at the least, at exactly what they were worth. Null where tax is rounded so that no sum can be
 * shown that comes to that, or where the line has fewer pieces.
 */
export function replacePieces(
  order: PlacedOrder,
  change: {
    lineId: string;
    quantity: number;
    newLineId: string;
    by: Omit<OrderLine, 'id' | 'quantity' | 'discount'>;
  },
): { order: PlacedOrder; gross: LineValues } | null {
  const line = lineOf(order, change.lineId);
  const kept = keptLine(order, line, line.quantity - change.quantity);
  if (kept === null) return null;
  const added: OrderLine = {
    ...change.by,
    id: change.newLineId,
    quantity: change.quantity,
    discount: money(0, order.currency),
    replaces: line.id,
    ...(line.destination !== undefined && { destination: line.destination }),
  };
  const lines = [...order.lines.map((each) => (each.id === line.id ? kept : each)), added];
  const priced = priceOrder({ ...order, lines });
  return {
    order: { ...order, lines, total: priced.total },
    gross: {
      kept: priced.lines[order.lines.indexOf(line)]!.gross.amount,
      added: priced.lines.at(-1)!.gross.amount,
    },
  };
}

/** The discount makes up the difference, so that the first pieces of the line are worth what they were. */
function keptLine(order: PlacedOrder, line: OrderLine, quantity: number): OrderLine | null {
  if (quantity < 0 || quantity >= line.quantity) return null;
  const worth = valueOfPieces(grossOf(order, line), line.quantity, 0, quantity);
  const full = line.unitPrice.amount * quantity;
  const net = order.pricesIncludeTax ? worth : Math.round((worth * 10_000) / (10_000 + line.taxRateBps));
  for (const value of [net, net - 1, net + 1]) {
    if (value < 0 || value > full) continue;
    const kept = { ...line, quantity, discount: money(full - value, order.currency) };
    if (grossOf(order, kept) === worth) return kept;
  }
  return null;
}

const grossOf = (order: Priced, line: OrderLine): number =>
  priceOrder({ ...order, lines: [line] }).lines[0]!.gross.amount;

function lineOf(order: Pick<PlacedOrder, 'lines'>, lineId: string): OrderLine {
  const line = order.lines.find(({ id }) => id === lineId);
  if (!line) throw new Error(`The order has no line ${lineId}`);
  return line;
}
