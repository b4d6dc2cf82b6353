import fc from 'fast-check';
import type { Money } from '../../domain/money';
import { checkOrderSums, priceOrder, unitValues, valueOfPieces } from '../../domain/order/totals';

const eur = (amount: number): Money => ({ amount, currency: 'EUR' });
const line = (quantity: number, unitPrice: number, taxRateBps = 2200, discount = 0) => ({
  quantity,
  unitPrice: eur(unitPrice),
  taxRateBps,
  discount: eur(discount),
});
const order = (lines: ReturnType<typeof line>[], shipping = 0, pricesIncludeTax = true) => ({
  currency: 'EUR',
  pricesIncludeTax,
  lines,
  shipping: { price: eur(shipping) },
});
const handedIn = (total: number, tenders: number[], priced = order([line(1, 1230)])) => ({
  ...priced,
  total: eur(total),
  tenders: tenders.map((amount) => ({ amount: eur(amount) })),
});

describe('priceOrder', () => {
  test('takes the tax out of prices that include it', () => {
    const priced = priceOrder(order([line(3, 1220, 2200, 60)], 610));
    expect(priced.lines).toEqual([{ net: eur(2951), tax: eur(649), gross: eur(3600) }]);
    expect(priced.shipping).toEqual({ net: eur(500), tax: eur(110), gross: eur(610) });
    expect(priced.total).toEqual(eur(4210));
    expect(priced.taxes).toEqual([{ rateBps: 2200, base: eur(3451), tax: eur(759) }]);
  });

  test('puts the tax on prices that exclude it, half a cent up, once per line', () => {
    const priced = priceOrder(order([line(1, 25, 1000), line(5, 25, 1000)], 0, false));
    expect(priced.lines.map(({ tax }) => tax.amount)).toEqual([3, 13]);
    expect(priced.total).toEqual(eur(166));
  });

  test('taxes shipping at the highest rate among the lines and lists rates apart', () => {
    const priced = priceOrder(order([line(1, 1040, 400), line(1, 1220, 2200), line(1, 500, 0)], 122));
    expect(priced.taxes).toEqual([
      { rateBps: 0, base: eur(500), tax: eur(0) },
      { rateBps: 400, base: eur(1000), tax: eur(40) },
      { rateBps: 2200, base: eur(1100), tax: eur(242) },
    ]);
  });

  test('is exact where a float would not be', () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(priceOrder(order([line(1, most, 2200)])).lines[0]?.gross).toEqual(eur(most));
    const { net, tax } = priceOrder(order([line(1, most, 2200)])).lines[0]!;
    expect(BigInt(net.amount) + BigInt(tax.amount)).toBe(BigInt(most));
  });

  test('throws on mixed currencies and on unsafe sums, which are to be refused before', () => {
    const mixed = { ...order([line(1, 100)]), shipping: { price: { amount: 5, currency: 'PLN' } } };
    expect(() => priceOrder(mixed)).toThrow('/shipping/price is in PLN, not EUR');
    expect(() => priceOrder(order([line(2, Number.MAX_SAFE_INTEGER)]))).toThrow('whole minor units');
  });

  test('net and tax sum to gross, lines and shipping to the total, rates to both', () => {
    const anyLine = fc
      .record({ quantity: fc.integer({ min: 1, max: 50 }), price: fc.nat(100_000), rate: fc.nat(2700) })
      .chain(({ quantity, price, rate }) =>
        fc.nat(quantity * price).map((discount) => line(quantity, price, rate, discount)),
      );
    const anyOrder = fc
      .tuple(fc.array(anyLine, { minLength: 1, maxLength: 6 }), fc.nat(5000), fc.boolean())
      .map(([lines, shipping, includesTax]) => order(lines, shipping, includesTax));
    fc.assert(
      fc.property(anyOrder, (given) => {
        const priced = priceOrder(given);
        const parts = [...priced.lines, priced.shipping];
        for (const { net, tax, gross } of parts) expect(net.amount + tax.amount).toBe(gross.amount);
        expect(parts.reduce((so, { gross }) => so + gross.amount, 0)).toBe(priced.total.amount);
        const byRate = priced.taxes.reduce((so, { base, tax }) => so + base.amount + tax.amount, 0);
        expect(byRate).toBe(priced.total.amount);
        expect(
          checkOrderSums({ ...given, total: priced.total, tenders: [{ amount: priced.total }] }),
        ).toEqual([]);
      }),
    );
  });
});

describe('checkOrderSums', () => {
  test('says what was expected, what came and the difference', () => {
    expect(checkOrderSums(handedIn(1200, [1230]))).toEqual([
      {
        pointer: '/total',
        detail: 'The lines and shipping, in minor units of EUR: expected 1230, got 1200 (difference -30)',
      },
    ]);
    expect(checkOrderSums(handedIn(1230, [1000, 240]))).toEqual([
      {
        pointer: '/tenders',
        detail: 'The tenders together, in minor units of EUR: expected 1230, got 1240 (difference 10)',
      },
    ]);
    expect(checkOrderSums(handedIn(1230, [1000, 230]))).toEqual([]);
  });

  test('points at every amount in another currency, and leaves the sums be', () => {
    const pln = { amount: 1, currency: 'PLN' };
    const mixed = {
      currency: 'EUR',
      pricesIncludeTax: true,
      lines: [line(1, 100), { ...line(1, 100), unitPrice: pln, discount: pln }],
      shipping: { price: pln },
      total: pln,
      tenders: [{ amount: eur(100) }, { amount: pln }],
    };
    expect(checkOrderSums(mixed).map(({ pointer }) => pointer)).toEqual([
      '/lines/1/unitPrice/currency',
      '/lines/1/discount/currency',
      '/shipping/price/currency',
      '/tenders/1/amount/currency',
      '/total/currency',
    ]);
  });

  test('refuses a discount above the value of its line', () => {
    const generous = order([line(2, 500, 2200, 1001)]);
    expect(checkOrderSums(handedIn(0, [0], generous))).toEqual([
      {
        pointer: '/lines/0/discount',
        detail: "A discount may be at most the line's 1000 minor units, got 1001",
      },
    ]);
    expect(checkOrderSums(handedIn(0, [0], order([line(2, 500, 2200, 1000)])))).toEqual([]);
  });

  test('refuses what no safe integer can hold: a line, and a sum of sound lines', () => {
    const most = Number.MAX_SAFE_INTEGER;
    const twice = checkOrderSums(handedIn(most, [most], order([line(2, most)])));
    expect(twice.map(({ pointer }) => pointer)).toEqual(['/lines/0', '/total']);
    const together = checkOrderSums(handedIn(most, [most], order([line(1, most), line(1, 1)])));
    expect(together.map(({ pointer }) => pointer)).toEqual(['/total']);
  });

  test('takes an order whose optional parts were left out', () => {
    const bare = {
      currency: 'EUR',
      pricesIncludeTax: true,
      lines: [{ quantity: 2, unitPrice: eur(5) }],
      shipping: { price: eur(0) },
    };
    expect(checkOrderSums({ ...bare, total: eur(10), tenders: [{ amount: eur(10) }] })).toEqual([]);
  });
});

describe('the pieces of a line', () => {
  test('share its cents, the odd ones first', () => {
    expect(unitValues(1000, 3)).toEqual([334, 333, 333]);
    expect(unitValues(-1000, 3)).toEqual([-334, -333, -333]);
    expect(unitValues(2, 3)).toEqual([1, 1, 0]);
  });

  test('sum to the line however they are cut', () => {
    const cuts = fc
      .tuple(fc.integer({ min: -1e9, max: Number.MAX_SAFE_INTEGER }), fc.integer({ min: 1, max: 300 }))
      .chain(([gross, quantity]) =>
        fc.record({ gross: fc.constant(gross), quantity: fc.constant(quantity), cut: fc.nat(quantity) }),
      );
    fc.assert(
      fc.property(cuts, ({ gross, quantity, cut }) => {
        const values = unitValues(gross, quantity);
        expect(values.reduce((a, b) => a + b, 0)).toBe(gross);
        expect(Math.max(...values) - Math.min(...values)).toBeLessThanOrEqual(1);
        const first = valueOfPieces(gross, quantity, 0, cut);
        expect(first).toBe(values.slice(0, cut).reduce((a, b) => a + b, 0));
        expect(first + valueOfPieces(gross, quantity, cut, quantity - cut)).toBe(gross);
      }),
    );
  });

  test('do not reach outside the line', () => {
    expect(() => valueOfPieces(100, 2, 1, 2)).toThrow('outside a line of 2');
  });
});
