import fc from 'fast-check';
import type { Money } from '../../domain/money';
import { tenderMethods } from '../../domain/order/types';
import { planCapture } from '../../domain/payment/capture-plan';
import { planRefund } from '../../domain/payment/refund-plan';
import { shipmentValue, type ShippingLine } from '../../domain/payment/shipment-value';

const eur = (amount: number): Money => ({ amount, currency: 'EUR' });
const sumOf = (parts: readonly { amount: Money }[]) =>
  parts.reduce((so, { amount }) => so + amount.amount, 0);
/** One payment of each method at most twice, with what is left on it. */
const anyPayments = fc
  .array(fc.tuple(fc.constantFrom(...tenderMethods), fc.nat(10_000)), { maxLength: 8 })
  .map((all) => all.map(([method, left], index) => ({ id: `pay_${index}`, method, left })));

describe('planCapture', () => {
  const payments = [
    { id: 'card', method: 'card', open: eur(5000) },
    { id: 'door', method: 'cashOnDelivery', open: eur(9000) },
    { id: 'gift', method: 'giftCard', open: eur(1000) },
    { id: 'bank', method: 'bankTransfer', open: eur(500) },
  ] as const;

  test('takes our own credit first and the cash at the door last', () => {
    expect(planCapture({ due: eur(7000), payments })).toEqual({
      parts: [
        { paymentId: 'gift', amount: eur(1000) },
        { paymentId: 'bank', amount: eur(500) },
        { paymentId: 'card', amount: eur(5000) },
        { paymentId: 'door', amount: eur(500) },
      ],
      uncovered: eur(0),
    });
  });

  test('tells what no payment covers', () => {
    expect(planCapture({ due: eur(700), payments: [] })).toEqual({ parts: [], uncovered: eur(700) });
    expect(planCapture({ due: eur(0), payments })).toEqual({ parts: [], uncovered: eur(0) });
  });

  test('refuses to add up currencies', () => {
    const zloty = [{ id: 'p', method: 'card' as const, open: { amount: 100, currency: 'PLN' } }];
    expect(() => planCapture({ due: eur(100), payments: zloty })).toThrow('Mixed currencies');
  });

  test('never takes more than is open, and parts and uncovered sum to what is due', () => {
    fc.assert(
      fc.property(anyPayments, fc.nat(60_000), (all, due) => {
        const plan = planCapture({
          due: eur(due),
          payments: all.map(({ left, ...rest }) => ({ ...rest, open: eur(left) })),
        });
        expect(sumOf(plan.parts) + plan.uncovered.amount).toBe(due);
        for (const { paymentId, amount } of plan.parts) {
          expect(amount.amount).toBeGreaterThan(0);
          expect(amount.amount).toBeLessThanOrEqual(all.find(({ id }) => id === paymentId)!.left);
        }
        expect(new Set(plan.parts.map(({ paymentId }) => paymentId)).size).toBe(plan.parts.length);
        const open = all.reduce((so, { left }) => so + left, 0);
        expect(plan.uncovered.amount).toBe(Math.max(0, due - open));
      }),
    );
  });
});

describe('planRefund', () => {
  const payments = [
    { id: 'gift', method: 'giftCard', refundable: eur(2000) },
    { id: 'bank', method: 'bankTransfer', refundable: eur(3000) },
    { id: 'card', method: 'card', refundable: eur(4000) },
  ] as const;

  test('goes to the card first, to our own credit last; a transfer without an account becomes credit', () => {
    expect(planRefund({ due: eur(8000), payments, refundTo: 'tenders' })).toEqual({
      parts: [
        { paymentId: 'card', amount: eur(4000), target: 'tender' },
        { paymentId: 'bank', amount: eur(3000), target: 'storeCredit' },
        { paymentId: 'gift', amount: eur(1000), target: 'tender' },
      ],
      uncovered: eur(0),
    });
  });

  test('goes back by transfer where the bank details are known', () => {
    const { parts } = planRefund({ due: eur(8000), payments, refundTo: 'tenders', hasBankDetails: true });
    expect(parts.map(({ target }) => target)).toEqual(['tender', 'bankTransferBack', 'tender']);
  });

  test('is store credit throughout when the customer wants that', () => {
    const { parts } = planRefund({ due: eur(8000), payments, refundTo: 'storeCredit', hasBankDetails: true });
    expect(new Set(parts.map(({ target }) => target))).toEqual(new Set(['storeCredit']));
    expect(sumOf(parts)).toBe(8000);
  });

  test('never gives back more than is refundable, over any number of refunds', () => {
    const refundTo = fc.constantFrom('tenders' as const, 'storeCredit' as const);
    const dues = fc.array(fc.nat(20_000), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(anyPayments, dues, refundTo, fc.boolean(), (all, refunds, to, hasBankDetails) => {
        const left = new Map(all.map(({ id, left }) => [id, left]));
        const captured = all.reduce((so, payment) => so + payment.left, 0);
        let paidBack = 0;
        for (const due of refunds) {
          const plan = planRefund({
            due: eur(due),
            payments: all.map(({ id, method }) => ({ id, method, refundable: eur(left.get(id)!) })),
            refundTo: to,
            hasBankDetails,
          });
          expect(sumOf(plan.parts) + plan.uncovered.amount).toBe(due);
          for (const { paymentId, amount } of plan.parts)
            left.set(paymentId, left.get(paymentId)! - amount.amount);
          paidBack += sumOf(plan.parts);
        }
        for (const rest of left.values()) expect(rest).toBeGreaterThanOrEqual(0);
        const asked = refunds.reduce((a, b) => a + b, 0);
        expect(paidBack).toBe(Math.min(asked, captured));
      }),
    );
  });
});

describe('shipmentValue', () => {
  const line = (
    gross: number,
    quantity: number,
    alreadyShipped: number,
    shippingNow: number,
  ): ShippingLine => ({
    lineId: 'lin_1',
    gross: eur(gross),
    quantity,
    alreadyShipped,
    shippingNow,
  });

  test('charges the shipping fee with the first shipment alone', () => {
    const first = shipmentValue({
      lines: [line(1000, 3, 0, 1)],
      shippingGross: eur(490),
      shippingAlreadyCharged: false,
    });
    expect([first.shipping, first.total]).toEqual([eur(490), eur(824)]);
    const second = shipmentValue({
      lines: [line(1000, 3, 1, 2)],
      shippingGross: eur(490),
      shippingAlreadyCharged: true,
    });
    expect([second.shipping, second.total]).toEqual([eur(0), eur(666)]);
  });

  test('refuses to ship pieces that the line does not have', () => {
    const tooMuch = {
      lines: [line(1000, 3, 2, 2)],
      shippingGross: eur(0),
      shippingAlreadyCharged: false,
    };
    expect(() => shipmentValue(tooMuch)).toThrow('outside a line of 3');
  });

  test('sums to the order over any partition into shipments', () => {
    const lines = fc.array(fc.record({ gross: fc.nat(1e6), quantity: fc.integer({ min: 1, max: 12 }) }), {
      minLength: 1,
      maxLength: 5,
    });
    // Each piece is dealt to one of four shipments by the next number.
    const deal = fc.infiniteStream(fc.nat(3));
    fc.assert(
      fc.property(lines, fc.nat(2000), deal, (all, fee, dealt) => {
        const counts = all.map(({ quantity }) => {
          const of = [0, 0, 0, 0];
          for (let piece = 0; piece < quantity; piece += 1) of[dealt.next().value as number]! += 1;
          return of;
        });
        const shipped = all.map(() => 0);
        let [paid, isCharged] = [0, false];
        for (let shipment = 0; shipment < 4; shipment += 1) {
          const now = all.map(({ gross, quantity }, index) =>
            line(gross, quantity, shipped[index]!, counts[index]![shipment]!),
          );
          if (now.every(({ shippingNow }) => shippingNow === 0)) continue;
          paid += shipmentValue({ lines: now, shippingGross: eur(fee), shippingAlreadyCharged: isCharged })
            .total.amount;
          isCharged = true;
          now.forEach(({ shippingNow }, index) => (shipped[index]! += shippingNow));
        }
        expect(paid).toBe(all.reduce((so, { gross }) => so + gross, fee));
      }),
    );
  });
});
