import type { Money } from '../money';
import { money } from '../money';

/** The part of an order that prices it; a `PlacedOrder` is one, and so is the body of `POST /v1/orders`. */
export interface PricedInput {
  currency: string;
  pricesIncludeTax: boolean;
  lines: readonly PricedLineInput[];
  shipping: { price: Money };
}
interface PricedLineInput {
  quantity: number;
  unitPrice: Money;
  /** Basis points: 2200 = 22 %. Nothing said is no tax. */
  taxRateBps?: number;
  /** For the whole line. */
  discount?: Money;
}

/** What is paid (gross), what of it is tax, and the rest (net). */
export interface TaxedAmount {
  net: Money;
  tax: Money;
  gross: Money;
}
export interface PricedOrder {
  /** In the order of the lines handed in. */
  lines: TaxedAmount[];
  shipping: TaxedAmount;
  /** Gross of lines and shipping: what the customer pays. */
  total: Money;
  /** Per rate, lowest first, shipping included. */
  taxes: { rateBps: number; base: Money; tax: Money }[];
}

/**
 * Prices an order. A line is unitPrice × quantity − discount; tax is rounded half up once per line, so that
 * the lines printed on a document sum to its total. Shipping follows the highest rate among the lines: the
 * cautious reading where one fee carries goods of several rates.
 *
 * Throws on mixed currencies and on amounts beyond safe integers: let `checkOrderSums` refuse those first.
 */
export function priceOrder(order: PricedInput): PricedOrder {
  requireOneCurrency(order);
  const exact = priceExactly(order);
  const rounded = (amount: bigint) => money(Number(amount), order.currency);
  const outside = ({ net, tax, gross }: ExactAmount): TaxedAmount => ({
    net: rounded(net),
    tax: rounded(tax),
    gross: rounded(gross),
  });
  return {
    lines: exact.lines.map(outside),
    shipping: outside(exact.shipping),
    total: rounded(exact.total),
    taxes: taxesByRate(exact).map(({ rateBps, net, tax }) => ({
      rateBps,
      base: rounded(net),
      tax: rounded(tax),
    })),
  };
}

/** A fault in what a channel says its order comes to, with a JSON pointer to the value that is wrong. */
export interface SumProblem {
  pointer: string;
  detail: string;
}

/**
 * Everything that is wrong with the sums of an order; empty when they hold. Sums are compared only when the
 * amounts they are made of are sound, so that one mistake is told once.
 */
export function checkOrderSums(
  order: PricedInput & { total: Money; tenders: readonly { amount: Money }[] },
): SumProblem[] {
  const unsound = [...currencyProblems(order), ...discountProblems(order)];
  if (unsound.length > 0) return unsound;
  const { lines, total } = priceExactly(order);
  const tooLarge = [
    ...lines.flatMap((line, index) => overflow(`/lines/${index}`, line.gross)),
    ...overflow('/total', total),
  ];
  if (tooLarge.length > 0) return tooLarge;
  const tendered = order.tenders.reduce((so, { amount }) => so + BigInt(amount.amount), 0n);
  return [
    ...difference('/total', 'The lines and shipping', order.currency, total, BigInt(order.total.amount)),
    ...difference('/tenders', 'The tenders together', order.currency, total, tendered),
  ];
}

/**
 * The values of a line's single pieces, in minor units: the line's gross split evenly, the odd cents to the
 * first pieces. They sum to the line, whatever the order in which pieces ship or come back.
 */
export function unitValues(lineGross: number, quantity: number): number[] {
  return Array.from({ length: quantity }, (_, index) => valueOfPieces(lineGross, quantity, index, 1));
}

/** Value of the pieces [fromIndex, fromIndex + count) of a line, in minor units. Throws outside the line. */
export function valueOfPieces(lineGross: number, quantity: number, fromIndex: number, count: number): number {
  const end = fromIndex + count;
  if (fromIndex < 0 || count < 0 || end > quantity)
    throw new Error(`Pieces ${fromIndex} to ${end} are outside a line of ${quantity}`);
  if (lineGross < 0) return -valueOfPieces(-lineGross, quantity, fromIndex, count) || 0;
  if (count === 0) return 0;
  const odd = lineGross % quantity;
  const each = (lineGross - odd) / quantity;
  return each * count + Math.min(end, odd) - Math.min(fromIndex, odd);
}

/** Minor units that may be larger than a safe integer while we compute. */
interface ExactAmount {
  rateBps: number;
  net: bigint;
  tax: bigint;
  gross: bigint;
}
interface ExactOrder {
  lines: ExactAmount[];
  shipping: ExactAmount;
  total: bigint;
}

function priceExactly(order: PricedInput): ExactOrder {
  const highestRate = order.lines.reduce((highest, line) => Math.max(highest, line.taxRateBps ?? 0), 0);
  const lines = order.lines.map((line) =>
    withTax(order.pricesIncludeTax, valueBeforeDiscount(line) - discountOf(line), line.taxRateBps ?? 0),
  );
  const shipping = withTax(order.pricesIncludeTax, BigInt(order.shipping.price.amount), highestRate);
  return { lines, shipping, total: lines.reduce((so, line) => so + line.gross, shipping.gross) };
}

function withTax(includesTax: boolean, value: bigint, rateBps: number): ExactAmount {
  const rate = BigInt(rateBps);
  if (includesTax) {
    const net = divideHalfUp(value * 10_000n, 10_000n + rate);
    return { rateBps, net, tax: value - net, gross: value };
  }
  const tax = divideHalfUp(value * rate, 10_000n);
  return { rateBps, net: value, tax, gross: value + tax };
}

/** The nearest whole number to dividend ÷ divisor, halves up. Neither is negative. */
const divideHalfUp = (dividend: bigint, divisor: bigint): bigint =>
  (2n * dividend + divisor) / (2n * divisor);

function taxesByRate({ lines, shipping }: ExactOrder): { rateBps: number; net: bigint; tax: bigint }[] {
  const byRate = new Map<number, { net: bigint; tax: bigint }>();
  for (const { rateBps, net, tax } of shipping.gross === 0n ? lines : [...lines, shipping]) {
    const so = byRate.get(rateBps) ?? { net: 0n, tax: 0n };
    byRate.set(rateBps, { net: so.net + net, tax: so.tax + tax });
  }
  return [...byRate].sort(([a], [b]) => a - b).map(([rateBps, sums]) => ({ rateBps, ...sums }));
}

const valueBeforeDiscount = (line: PricedLineInput): bigint =>
  BigInt(line.unitPrice.amount) * BigInt(line.quantity);
const discountOf = (line: PricedLineInput): bigint => BigInt(line.discount?.amount ?? 0);

function discountProblems(order: PricedInput): SumProblem[] {
  return order.lines.flatMap((line, index) => {
    const [most, discount] = [valueBeforeDiscount(line), discountOf(line)];
    if (discount <= most) return [];
    const detail = `A discount may be at most the line's ${most} minor units, got ${discount}`;
    return [{ pointer: `/lines/${index}/discount`, detail }];
  });
}

function currencyProblems(
  order: PricedInput & { total: Money; tenders: readonly { amount: Money }[] },
): SumProblem[] {
  const elsewhere: [string, Money][] = [
    ...order.tenders.map(({ amount }, index): [string, Money] => [`/tenders/${index}/amount`, amount]),
    ['/total', order.total],
  ];
  return [...pricesOf(order), ...elsewhere]
    .filter(([, { currency }]) => currency !== order.currency)
    .map(([pointer, { currency }]) => ({
      pointer: `${pointer}/currency`,
      detail: `The order is in ${order.currency}, got ${currency}`,
    }));
}

/** Every price of an order beside its JSON pointer. */
function pricesOf(order: PricedInput): [string, Money][] {
  const ofLines = order.lines.flatMap(({ unitPrice, discount }, index): [string, Money][] => [
    [`/lines/${index}/unitPrice`, unitPrice],
    ...(discount ? [[`/lines/${index}/discount`, discount] as [string, Money]] : []),
  ]);
  return [...ofLines, ['/shipping/price', order.shipping.price]];
}

function requireOneCurrency(order: PricedInput): void {
  const stranger = pricesOf(order).find(([, { currency }]) => currency !== order.currency);
  if (stranger) throw new Error(`${stranger[0]} is in ${stranger[1].currency}, not ${order.currency}`);
}

function overflow(pointer: string, amount: bigint): SumProblem[] {
  if (amount <= BigInt(Number.MAX_SAFE_INTEGER)) return [];
  return [{ pointer, detail: `At most ${Number.MAX_SAFE_INTEGER} minor units, got ${amount}` }];
}

function difference(
  pointer: string,
  what: string,
  currency: string,
  expected: bigint,
  got: bigint,
): SumProblem[] {
  if (expected === got) return [];
  const detail = `${what}, in minor units of ${currency}: expected ${expected}, got ${got} (difference ${got - expected})`;
  return [{ pointer, detail }];
}
