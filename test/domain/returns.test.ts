import fc from 'fast-check';
import { returnValue } from '../../domain/returns/return-value';

/** Lines of any price, and for each piece the return with which it comes back; some come back never. */
const orders = fc.record({
  shippingGross: fc.nat(5_000),
  lines: fc.array(
    fc.integer({ min: 1, max: 7 }).chain((quantity) =>
      fc.record({
        gross: fc.nat(100_000),
        returnOf: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: quantity, maxLength: quantity }),
      }),
    ),
    { minLength: 1, maxLength: 4 },
  ),
});
const never = 4;

/** The values of the returns one after the other, each knowing what those before refunded. */
function valuesOf({ lines, shippingGross }: typeof orders extends fc.Arbitrary<infer T> ? T : never) {
  return [0, 1, 2, 3].map((now) =>
    returnValue({
      shippingGross,
      lines: lines.map(({ gross, returnOf }, index) => ({
        lineId: `${index}`,
        gross,
        quantity: returnOf.length,
        cancelled: 0,
        refundedBefore: returnOf.filter((each) => each < now).length,
        acceptedNow: returnOf.filter((each) => each === now).length,
      })),
    }),
  );
}

const sum = (numbers: readonly number[]): number => numbers.reduce((so, each) => so + each, 0);

test('whatever comes back in however many returns, a whole order is refunded to the cent', () => {
  const whole = orders.map((order) => ({
    ...order,
    lines: order.lines.map((line) => ({ ...line, returnOf: line.returnOf.map((each) => each % never) })),
  }));
  fc.assert(
    fc.property(whole, (order) => {
      const total = sum(order.lines.map(({ gross }) => gross)) + order.shippingGross;
      expect(sum(valuesOf(order).map((value) => value.total))).toBe(total);
    }),
  );
});

test('the shipping fee goes back once, and only when the whole order is back', () => {
  fc.assert(
    fc.property(orders, (order) => {
      const isWhole = order.lines.every(({ returnOf }) => !returnOf.includes(never));
      const fees = valuesOf(order).map(({ shipping }) => shipping);
      expect(sum(fees)).toBe(isWhole ? order.shippingGross : 0);
    }),
  );
});

test('parts sum to the whole of each return, none is negative, and no line gives back more than it cost', () => {
  fc.assert(
    fc.property(orders, (order) => {
      const values = valuesOf(order);
      for (const value of values) {
        expect(sum(value.lines.map(({ amount }) => amount)) + value.shipping).toBe(value.total);
        expect(value.lines.every(({ amount }) => amount >= 0)).toBe(true);
      }
      for (const [index, { gross }] of order.lines.entries())
        expect(sum(values.map(({ lines }) => lines[index]!.amount))).toBeLessThanOrEqual(gross);
    }),
  );
});

test('a return of which nothing is accepted is worth nothing', () => {
  const line = { lineId: '1', gross: 999, quantity: 3, cancelled: 0, refundedBefore: 3, acceptedNow: 0 };
  expect(returnValue({ lines: [line], shippingGross: 490 }).total).toBe(0);
});

test('the shipping fee comes back with the last piece that was not cancelled', () => {
  const line = { lineId: '1', gross: 1000, quantity: 3, cancelled: 1, refundedBefore: 0, acceptedNow: 2 };
  expect(returnValue({ lines: [line], shippingGross: 490 }).total).toBe(334 + 333 + 490);
  expect(returnValue({ lines: [{ ...line, acceptedNow: 1 }], shippingGross: 490 }).total).toBe(334);
});
