import fc from 'fast-check';
import { replacePieces, standInPrice } from '../../domain/order/replace-pieces';
import { priceOrder, valueOfPieces } from '../../domain/order/totals';
import type { PlacedOrder } from '../../domain/order/types';
import { orderWorth } from '../../domain/payment/cancelled-money';

const eur = (amount: number) => ({ amount, currency: 'EUR' });

const line = fc
  .record({
    quantity: fc.integer({ min: 1, max: 9 }),
    unit: fc.integer({ min: 0, max: 5_000 }),
    off: fc.double({ min: 0, max: 1, noNaN: true }),
    taxRateBps: fc.constantFrom(0, 400, 1000, 2200),
  })
  .map(({ quantity, unit, off, taxRateBps }) => ({
    ...{ sku: 'A', title: 'A', quantity, taxRateBps, unitPrice: eur(unit) },
    discount: eur(Math.floor(unit * quantity * off)),
  }));
const orders = fc
  .record({
    lines: fc.array(line, { minLength: 1, maxLength: 3 }),
    fee: fc.integer({ min: 0, max: 900 }),
    pricesIncludeTax: fc.boolean(),
  })
  .map(({ lines, fee, pricesIncludeTax }) => {
    const order = {
      ...{ id: 'ord_1', currency: 'EUR', pricesIncludeTax },
      lines: lines.map((each, index) => ({ id: `lin_${index}`, ...each })),
      shipping: { method: 'standard', price: eur(fee) },
    };
    return { ...order, total: priceOrder(order).total } as PlacedOrder;
  });
const goods = fc.record({
  price: fc.option(fc.integer({ min: 0, max: 6_000 }).map(eur)),
  taxRateBps: fc.option(fc.constantFrom(0, 400, 1000, 2200), { nil: undefined }),
  pricePolicy: fc.constantFrom('lower' as const, 'own' as const),
});

it('costs no more than what it replaces unless people said so, and leaves every other piece worth what it was', () => {
  let exact = 0;
  let parts = 0;
  fc.assert(
    fc.property(orders, goods, fc.nat(), fc.nat(), (order, other, which, some) => {
      const old = order.lines[which % order.lines.length]!;
      const by = { sku: 'B', title: 'B', ...other };
      const unitPrice = standInPrice(order, old.id, by);
      fc.pre(unitPrice !== null);
      const quantity = 1 + (some % old.quantity);
      const taxRateBps = other.taxRateBps ?? old.taxRateBps;
      const replaced = replacePieces(order, {
        ...{ lineId: old.id, quantity, newLineId: 'lin_new' },
        by: { sku: 'B', title: 'B', unitPrice: unitPrice!, taxRateBps },
      });
      parts += 1;
      if (replaced === null) {
        // Only tax on top can be rounded so that no sum fits, and only where something is kept.
        expect([order.pricesIncludeTax, quantity === old.quantity]).toEqual([false, false]);
        return;
      }
      exact += 1;
      const before = priceOrder(order);
      const after = priceOrder(replaced.order);
      const gross = before.lines[order.lines.indexOf(old)]!.gross.amount;
      const worth = valueOfPieces(gross, old.quantity, 0, old.quantity - quantity);
      expect(replaced.gross.kept).toBe(worth);
      // Only people say that something may cost more.
      if (other.pricePolicy === 'lower') expect(replaced.gross.added).toBeLessThanOrEqual(gross - worth);
      expect(replaced.order.total).toEqual(after.total);
      expect(after.shipping.gross).toEqual(before.shipping.gross);
      expect(before.total.amount - after.total.amount).toBe(gross - worth - replaced.gross.added);
      expect(unitPrice!.amount).toBeLessThanOrEqual(other.price?.amount ?? Infinity);
      if (other.pricePolicy === 'own') expect(unitPrice).toEqual(other.price);
      // Each kept piece by itself, whatever the order in which they ship.
      for (let piece = 0; piece < old.quantity - quantity; piece += 1)
        expect(valueOfPieces(worth, old.quantity - quantity, piece, 1)).toBe(
          valueOfPieces(gross, old.quantity, piece, 1),
        );
      const lines = after.lines.map((each, index) => ({
        ...{ gross: each.gross.amount, quantity: replaced.order.lines[index]!.quantity, cancelled: 0 },
      }));
      expect(orderWorth(lines, after.shipping.gross.amount)).toBe(after.total.amount);
    }),
    { numRuns: 3_000 },
  );
  expect(exact).toBeGreaterThan(parts * 0.8);
});

describe('the price of what stands in', () => {
  const order = (more: Partial<PlacedOrder> = {}) =>
    ({
      ...{ currency: 'EUR', pricesIncludeTax: true, shipping: { method: 'standard', price: eur(500) } },
      lines: [
        {
          ...{ id: 'lin_1', sku: 'A', title: 'A', quantity: 3, taxRateBps: 1000 },
          ...{ unitPrice: eur(1000), discount: eur(100) },
        },
      ],
      ...more,
    }) as PlacedOrder;
  const of = (price: number | null, pricePolicy: 'lower' | 'own', more = {}) => ({
    ...{ sku: 'B', title: 'B', price: price === null ? null : eur(price), pricePolicy, ...more },
  });

  it('is the lower of both, after the discount', () => {
    expect(standInPrice(order(), 'lin_1', of(900, 'lower'))).toEqual(eur(900));
    expect(standInPrice(order(), 'lin_1', of(1200, 'lower'))).toEqual(eur(966));
    expect(standInPrice(order(), 'lin_1', of(null, 'lower'))).toEqual(eur(966));
  });

  it('is its own where people said so, more or less', () => {
    expect(standInPrice(order(), 'lin_1', of(900, 'own'))).toEqual(eur(900));
    expect(standInPrice(order(), 'lin_1', of(1200, 'own'))).toEqual(eur(1200));
    expect(standInPrice(order(), 'lin_1', of(null, 'own'))).toBeNull();
  });

  it('is none in another currency, or where tax on shipping would rise', () => {
    const dollars = { ...of(900, 'own'), price: { amount: 900, currency: 'USD' } };
    expect(standInPrice(order(), 'lin_1', dollars)).toBeNull();
    const net = order({ pricesIncludeTax: false });
    expect(standInPrice(net, 'lin_1', of(900, 'lower', { taxRateBps: 2200 }))).toBeNull();
    expect(standInPrice(order(), 'lin_1', of(900, 'lower', { taxRateBps: 2200 }))).toEqual(eur(900));
  });
});
