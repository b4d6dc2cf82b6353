import fc from 'fast-check';
import { transition } from '../../domain/order/states';
import {
  orderPaymentStatus,
  paymentStatusOf,
  type PaymentFigures,
} from '../../domain/payment/payment-status';

const payment = (figures: Partial<PaymentFigures>): PaymentFigures => ({
  amount: 100,
  authorized: 0,
  captured: 0,
  refunded: 0,
  failed: false,
  voided: false,
  ...figures,
});

describe('paymentStatusOf', () => {
  test.each([
    ['pending', {}],
    ['authorized', { authorized: 100 }],
    ['partiallyCaptured', { authorized: 100, captured: 40 }],
    ['captured', { authorized: 100, captured: 100 }],
    ['captured', { captured: 100 }],
    ['partiallyRefunded', { authorized: 100, captured: 100, refunded: 1 }],
    ['partiallyRefunded', { authorized: 100, captured: 40, refunded: 40 }],
    ['refunded', { authorized: 40, captured: 40, refunded: 40 }],
    ['failed', { failed: true }],
    ['voided', { voided: true }],
    ['voided', { amount: 0, voided: true }],
    ['captured', { amount: 0 }],
  ] as const)('is %s for %j', (status, figures) => {
    expect(paymentStatusOf(payment(figures))).toBe(status);
  });
});

describe('orderPaymentStatus', () => {
  test('does not call an order authorized while a tender is pending or failed', () => {
    const authorized = payment({ authorized: 100 });
    expect(orderPaymentStatus([authorized, payment({})])).toBe('pending');
    expect(orderPaymentStatus([authorized, payment({ failed: true })])).toBe('failed');
    expect(orderPaymentStatus([authorized, payment({ authorized: 100 })])).toBe('authorized');
  });

  test('does not call an order captured while a tender has not paid', () => {
    const captured = payment({ authorized: 100, captured: 100 });
    expect(orderPaymentStatus([captured, payment({ failed: true })])).toBe('partiallyCaptured');
    expect(orderPaymentStatus([captured, payment({ authorized: 100 })])).toBe('partiallyCaptured');
  });

  test('tells of a voided tender that no money was promised or moved, and does not call it failed', () => {
    const voided = payment({ voided: true });
    expect(orderPaymentStatus([voided, voided])).toBe('pending');
    expect(orderPaymentStatus([voided, payment({ failed: true })])).toBe('failed');
    const givenBack = payment({ authorized: 100, captured: 100, refunded: 100 });
    expect(orderPaymentStatus([voided, givenBack])).toBe('refunded');
  });

  test('forgets a failed payment that was replaced, when told what is due', () => {
    const replaced = [payment({ failed: true }), payment({ authorized: 100 })];
    expect(orderPaymentStatus(replaced)).toBe('failed');
    expect(orderPaymentStatus(replaced, 100)).toBe('authorized');
  });

  test('only ever takes steps that the transition table knows', () => {
    const step = fc.record({
      index: fc.nat(2),
      what: fc.constantFrom('authorize', 'decline', 'capture', 'void', 'refund' as const),
      share: fc.constantFrom(1, 50, 100),
    });
    const amounts = fc.array(fc.constantFrom(1, 2, 500), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(amounts, fc.array(step, { maxLength: 40 }), (of, steps) => {
        let payments = of.map((amount) => payment({ amount }));
        for (const { index, what, share } of steps) {
          if (orderPaymentStatus(payments) === 'refunded') break; // its last word
          const after = payments.map((one, at) => (at === index ? move(one, what, share) : one));
          after.forEach((one, at) => {
            const [from, to] = [paymentStatusOf(payments[at]!), paymentStatusOf(one)];
            if (from === 'voided') expect(to).toBe('voided');
            else if (to !== 'voided') expectAllowed(from, to);
          });
          expectAllowed(orderPaymentStatus(payments), orderPaymentStatus(after));
          payments = after;
        }
      }),
      { numRuns: 1000 },
    );
  });
});

function expectAllowed(
  from: ReturnType<typeof orderPaymentStatus>,
  to: ReturnType<typeof orderPaymentStatus>,
): void {
  expect(transition('payment', from, to)).not.toMatchObject({ outcome: 'refused' });
}

/** What may happen to a payment next; what may not leaves it as it is. */
function move(one: PaymentFigures, what: string, share: number): PaymentFigures {
  const part = (whole: number) => Math.ceil((whole * share) / 100);
  const open = one.authorized - one.captured;
  const isFresh = one.authorized === 0 && one.captured === 0 && !one.voided;
  if (what === 'authorize' && isFresh) return { ...one, authorized: one.amount, failed: false };
  if (what === 'decline' && isFresh) return { ...one, failed: true };
  if (what === 'capture' && open > 0) return { ...one, captured: one.captured + part(open) };
  if (what === 'void' && open > 0) return { ...one, authorized: one.captured, voided: one.captured === 0 };
  if (what === 'refund') return { ...one, refunded: one.refunded + part(one.captured - one.refunded) };
  return one;
}
