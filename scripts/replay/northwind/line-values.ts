import { hundredthsOf } from '../minor-units';
import type { NorthwindRow } from './tables';

export interface LineValue {
  /** Minor units of one piece. */
  unitPrice: number;
  quantity: number;
  /** Minor units off the whole line. */
  discount: number;
}

/**
 * What each line of each order comes to, in whole minor units.
 *
 * A discount is a fraction of its line, so that exact values end in hundredths of a cent. Rounded one by one they
 * drift: 0.25 over the book of 830 orders, half up. The rounding is therefore carried on from order to order, and
 * within an order the odd cents go to the lines with the largest remainders: no line and no order is a cent away
 * from its exact value, and the book comes to its known total.
 *
 * @param orders lines by order, in the order of the book
 * @returns values in the same shape, and the exact total of the book in hundredths of a minor unit
 */
export function valueLines(orders: readonly (readonly NorthwindRow<'order_details'>[])[]): {
  values: LineValue[][];
  exactTotal: number;
} {
  let exactTotal = 0;
  const values = orders.map((lines) => {
    const exact = lines.map(exactHundredthsOf);
    const before = roundHalfUp(exactTotal);
    exactTotal += exact.reduce((a, b) => a + b, 0);
    return roundOrder(lines, exact, roundHalfUp(exactTotal) - before);
  });
  return { values, exactTotal };
}

/** Minor units × percent left: exact, because prices have whole cents and discounts whole percents. */
function exactHundredthsOf(line: NorthwindRow<'order_details'>): number {
  return hundredthsOf(line.unit_price) * Number(line.quantity) * (100 - hundredthsOf(line.discount));
}

const roundHalfUp = (hundredths: number): number => Math.floor((hundredths + 50) / 100);

function roundOrder(
  lines: readonly NorthwindRow<'order_details'>[],
  exact: readonly number[],
  total: number,
): LineValue[] {
  const floors = exact.map((value) => Math.floor(value / 100));
  const oddCents = total - floors.reduce((a, b) => a + b, 0);
  const extra = oddCentsByRemainder(
    exact.map((value) => value % 100),
    oddCents,
  );
  return lines.map((line, index) => {
    const unitPrice = hundredthsOf(line.unit_price);
    const quantity = Number(line.quantity);
    return { unitPrice, quantity, discount: unitPrice * quantity - (floors[index]! + extra[index]!) };
  });
}

/** One cent each to the largest remainders, the earlier line first among equals. */
function oddCentsByRemainder(remainders: readonly number[], oddCents: number): number[] {
  const ranked = remainders
    .map((remainder, index) => ({ remainder, index }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  const lucky = new Set(ranked.slice(0, oddCents).map(({ index }) => index));
  return remainders.map((_, index) => (lucky.has(index) ? 1 : 0));
}
