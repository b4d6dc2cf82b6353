import fc from 'fast-check';
import { planCancelPieces, type LinePlaces } from '../../domain/order/cancel-pieces';
import { tenderMethods } from '../../domain/order/types';
import { orderWorth, planCancelledMoney } from '../../domain/payment/cancelled-money';
import { shipmentValue } from '../../domain/payment/shipment-value';
import { valueOfPieces } from '../../domain/order/totals';

const line = (more: Partial<LinePlaces> = {}): LinePlaces => ({
  ...{ lineId: 'a', sku: 'A', quantity: 5, cancelled: 0 },
  waiting: [{ backorderId: 7, quantity: 1 }],
  work: [
    { fulfillmentId: 'f1', status: 'picking', quantity: 2 },
    { fulfillmentId: 'f2', status: 'allocated', quantity: 1 },
    { fulfillmentId: 'f3', status: 'packed', quantity: 1 },
  ],
  ...more,
});

describe('the pieces to cancel', () => {
  test('come first out of the queue, then out of work that is least begun', () => {
    expect(planCancelPieces([line()], [{ lineId: 'a', quantity: 3 }])).toEqual({
      outcome: 'part',
      fromQueue: [{ backorderId: 7, lineId: 'a', quantity: 1 }],
      fromWork: [
        { fulfillmentId: 'f2', lineId: 'a', quantity: 1 },
        { fulfillmentId: 'f1', lineId: 'a', quantity: 1 },
      ],
    });
  });

  test('are refused whole when one of them is packed, and it is told what could be', () => {
    const other = line({ lineId: 'b', sku: 'B' });
    const plan = planCancelPieces([line(), other], [{ lineId: 'a', quantity: 5 }]);
    expect(plan).toMatchObject({
      outcome: 'refused',
      because: expect.stringContaining('Of A 4 can be cancelled (1 packed'),
    });
  });

  test('stay with a supplier that has been shown them', () => {
    const work = [{ fulfillmentId: 'f1', status: 'withSupplier', quantity: 4 }];
    expect(planCancelPieces([line({ work })], [{ lineId: 'a', quantity: 2 }])).toMatchObject({
      outcome: 'refused',
      because: expect.stringContaining('4 ordered from a supplier'),
    });
  });

  test('are the whole order when nothing else is left of it', () => {
    const gone = line({ lineId: 'b', cancelled: 5, waiting: [], work: [] });
    expect(planCancelPieces([line(), gone], [{ lineId: 'a', quantity: 5 }])).toEqual({ outcome: 'whole' });
  });

  test('are told where they are wrong', () => {
    const asked = [
      { lineId: 'a', quantity: 6 },
      { lineId: 'a', quantity: 1 },
      { lineId: 'z', quantity: 1 },
    ];
    expect(planCancelPieces([line()], asked)).toMatchObject({
      outcome: 'invalid',
      problems: [
        { pointer: '/lines/0/quantity' },
        { pointer: '/lines/1/lineId' },
        { pointer: '/lines/2/lineId' },
      ],
    });
  });

  test('sum to what was asked, and no place gives more than it has', () => {
    const pieces = fc.integer({ min: 1, max: 5 });
    const places = fc.record({
      waiting: fc.array(pieces, { maxLength: 3 }),
      work: fc.array(
        fc.record({ status: fc.constantFrom('allocated', 'picking', 'packed', 'shipped'), quantity: pieces }),
        { maxLength: 4 },
      ),
      wanted: pieces,
    });
    fc.assert(
      fc.property(places, ({ waiting, work, wanted }) => {
        const there = line({
          quantity: 100,
          waiting: waiting.map((quantity, backorderId) => ({ backorderId, quantity })),
          work: work.map((part, index) => ({ ...part, fulfillmentId: `f${index}` })),
        });
        const plan = planCancelPieces([there], [{ lineId: 'a', quantity: wanted }]);
        const able = [
          ...waiting,
          ...work.filter(({ status }) => /all|pick/.test(status)).map((w) => w.quantity),
        ];
        if (able.reduce((a, b) => a + b, 0) < wanted) return expect(plan.outcome).toBe('refused');
        if (plan.outcome !== 'part') throw new Error(plan.outcome);
        const taken = [...plan.fromQueue, ...plan.fromWork].reduce((sum, { quantity }) => sum + quantity, 0);
        expect(taken).toBe(wanted);
        for (const { backorderId, quantity } of plan.fromQueue)
          expect(quantity).toBeLessThanOrEqual(waiting[backorderId]!);
        for (const { fulfillmentId, quantity } of plan.fromWork)
          expect(quantity).toBeLessThanOrEqual(work[Number(fulfillmentId.slice(1))]!.quantity);
      }),
    );
  });
});

const anyLine = fc
  .record({ gross: fc.nat(100_000), quantity: fc.integer({ min: 1, max: 12 }), share: fc.nat(100) })
  .map(({ gross, quantity, share }) => ({
    gross,
    quantity,
    cancelled: Math.floor((quantity * share) / 100),
  }));

describe('the money of cancelled pieces', () => {
  test('what is left and what was cancelled sum to the whole, and what is left is what shipments come to', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 5 }), fc.nat(5000), (lines, shipping) => {
        const worth = orderWorth(lines, shipping);
        const gone = lines.map(({ gross, quantity, cancelled }) =>
          valueOfPieces(gross, quantity, quantity - cancelled, cancelled),
        );
        const isAllGone = lines.every(({ quantity, cancelled }) => quantity === cancelled);
        const total = lines.reduce((sum, { gross }) => sum + gross, shipping);
        expect(worth + gone.reduce((a, b) => a + b, 0) + (isAllGone ? shipping : 0)).toBe(total);
        const eur = (amount: number) => ({ amount, currency: 'EUR' });
        const shipped = shipmentValue({
          lines: lines.map(({ gross, quantity, cancelled }, index) => ({
            ...{ lineId: `${index}`, gross: eur(gross), quantity, alreadyShipped: 0 },
            shippingNow: quantity - cancelled,
          })),
          shippingGross: eur(shipping),
          shippingAlreadyCharged: isAllGone,
        });
        expect(shipped.total.amount).toBe(worth);
      }),
    );
  });

  test('is refunded down to the worth, and enough stays held to capture the rest', () => {
    const payment = fc.record({
      method: fc.constantFrom(...tenderMethods),
      authorized: fc.nat(10_000),
      share: fc.nat(100),
    });
    fc.assert(
      fc.property(fc.array(payment, { minLength: 1, maxLength: 5 }), fc.nat(100), (drawn, left) => {
        const payments = drawn.map(({ method, authorized, share }, index) => {
          const captured = Math.floor((authorized * share) / 100);
          return {
            ...{ id: `p${index}`, method, isHeld: true, authorized, captured },
            ...{ capturing: 0, refundable: captured },
          };
        });
        const sum = (of: (payment: (typeof payments)[number]) => number) =>
          payments.reduce((so, each) => so + of(each), 0);
        const worth = Math.floor((sum(({ authorized }) => authorized) * left) / 100);
        const plan = planCancelledMoney({ currency: 'EUR', worth, givenBack: 0, payments });
        const refunded = plan.refunds.reduce((so, { amount }) => so + amount.amount, 0);
        const captured = sum((each) => each.captured);
        expect(refunded).toBe(Math.max(0, captured - worth));
        const released = plan.releases.reduce((so, { amount }) => so + amount, 0);
        const open =
          sum(({ id, authorized, captured }) => (plan.voids.includes(id) ? 0 : authorized - captured)) -
          released;
        expect(captured - refunded + open).toBeGreaterThanOrEqual(worth);
      }),
    );
  });

  test('voids a hold that nothing needs any more, and counts what went back before', () => {
    const card = { id: 'card', method: 'card', isHeld: true, capturing: 0 } as const;
    const gift = { id: 'gift', method: 'giftCard', isHeld: true, capturing: 0 } as const;
    const held = { authorized: 2000, captured: 0, refundable: 0 };
    const plan = (worth: number) =>
      planCancelledMoney({
        ...{ currency: 'EUR', worth, givenBack: 0 },
        payments: [
          { ...card, ...held },
          { ...gift, ...held },
        ],
      });
    const part = [{ paymentId: 'gift', amount: 500 }];
    expect(plan(1500)).toEqual({ refunds: [], voids: ['card'], releases: part });
    expect(plan(2500)).toEqual({ refunds: [], voids: [], releases: [] });
    const paid = { ...card, authorized: 5000, captured: 5000, refundable: 4000 };
    const again = planCancelledMoney({ currency: 'EUR', worth: 3000, givenBack: 1000, payments: [paid] });
    expect(again.refunds).toMatchObject([{ paymentId: 'card', amount: { amount: 1000 } }]);
  });
});
