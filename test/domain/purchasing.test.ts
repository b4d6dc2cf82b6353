import fc from 'fast-check';
import {
  allowedPurchaseOrderActions,
  isAlreadyDone,
  purchaseOrderActions,
  purchaseOrderRules,
  purchaseOrderStatuses,
  statusAfter,
} from '../../domain/purchasing/purchase-order-actions';
import { planNotice } from '../../domain/purchasing/notice';
import { planReceipt } from '../../domain/purchasing/receipt';
import { orderQuantity } from '../../domain/purchasing/supplier';

describe('the table of a purchase order', () => {
  const steps = purchaseOrderActions.flatMap((action) =>
    Object.entries(purchaseOrderRules[action]).flatMap(([from, to]) =>
      to.map((status) => [from, status] as const),
    ),
  );

  test('names known statuses alone, and each can be reached from a draft', () => {
    const reached = new Set<string>(['draft']);
    for (let grown = true; grown;) {
      const before = reached.size;
      for (const [from, to] of steps) if (reached.has(from)) reached.add(to!);
      grown = reached.size > before;
    }
    expect([...reached].sort()).toEqual([...purchaseOrderStatuses].sort());
  });

  test('allows nothing that has an effect once the order is given up', () => {
    expect(allowedPurchaseOrderActions('cancelled')).toEqual([]);
    expect(allowedPurchaseOrderActions('closed')).toEqual([]);
    expect(allowedPurchaseOrderActions('draft')).toEqual(['edit', 'send', 'cancel']);
    expect(statusAfter('receive', 'sent', true)).toBe('received');
    expect(statusAfter('receive', 'sent', false)).toBe('partlyReceived');
    expect(statusAfter('cancel', 'partlyReceived', false)).toBeNull();
  });

  test('never calls done what is still allowed', () => {
    for (const action of purchaseOrderActions)
      for (const status of purchaseOrderStatuses)
        if (isAlreadyDone(action, status)) expect(purchaseOrderRules[action][status]).toBeUndefined();
  });
});

describe('an advance ship notice', () => {
  const announce = (quantity: number, line: object, anyway?: string) =>
    planNotice(
      [{ sku: 'A', quantity, ...(anyway !== undefined && { anyway }) }],
      [{ sku: 'A', ordered: 20, open: 20, over: 0, ...line }],
      10,
    );

  test('beyond what was ordered is taken as far as receipts tolerate it, over all notices', () => {
    expect(announce(22, {})).toEqual({
      outcome: 'accepted',
      lines: [{ sku: 'A', quantity: 22, over: 2 }],
    });
    expect(announce(2, { open: 0, over: 0 })).toMatchObject({ outcome: 'accepted' });
    for (const [quantity, line] of [
      [23, {}],
      [1, { open: 0, over: 2 }],
      [8, { open: 5, over: 0 }],
    ] as const)
      expect(announce(quantity, line)).toMatchObject({
        outcome: 'refused',
        problems: [{ pointer: '/lines/0/quantity' }],
      });
    expect(announce(3, { open: 0, over: 1 })).toMatchObject({
      problems: [
        {
          detail:
            '20 were ordered, 20 of these are announced or here, and 1 beyond them; 0 are open and 1 more are ' +
            'tolerated: announce fewer, or say why there are more anyway',
        },
      ],
    });
  });

  test('of still more needs a reason, which is kept where it was needed', () => {
    expect(announce(40, {}, 'a gift')).toEqual({
      outcome: 'accepted',
      lines: [{ sku: 'A', quantity: 40, over: 20, anyway: 'a gift' }],
    });
    expect(announce(20, {}, 'a gift')).toEqual({
      outcome: 'accepted',
      lines: [{ sku: 'A', quantity: 20, over: 0 }],
    });
  });
});

describe('a receipt', () => {
  const pieces = fc.integer({ min: 1, max: 60 });
  const situation = fc
    .record({ expected: fc.nat(50), received: fc.nat(50), over: fc.nat(5), percent: fc.nat(100) })
    .map(({ received, ...each }) => ({ ...each, open: Math.max(0, each.expected - received) }));

  test('takes in no more than is expected and tolerated over all receipts, and says what is over', () => {
    fc.assert(
      fc.property(situation, pieces, ({ expected, open, over, percent }, quantity) => {
        const plan = planReceipt(
          [{ sku: 'A', quantity, damaged: 0 }],
          [{ sku: 'A', expected, open, over }],
          percent,
        );
        const tolerated = Math.floor((expected * percent) / 100);
        if (plan.outcome === 'refused') {
          expect(quantity).toBeGreaterThan(open);
          expect(over + quantity - open).toBeGreaterThan(tolerated);
          return;
        }
        expect(plan.lines[0]!.over).toBe(Math.max(0, quantity - open));
        if (plan.lines[0]!.over > 0) expect(over + plan.lines[0]!.over).toBeLessThanOrEqual(tolerated);
      }),
    );
  });

  test('is refused as a whole, with a pointer to each fault', () => {
    const plan = planReceipt(
      [
        { sku: 'A', quantity: 3, damaged: 4 },
        { sku: 'B', quantity: 1, damaged: 0 },
        { sku: 'C', quantity: 12, damaged: 0 },
      ],
      ['A', 'C'].map((sku) => ({ sku, expected: 10, open: 10, over: 0 })),
      10,
    );
    expect(plan).toMatchObject({
      outcome: 'refused',
      problems: [
        { pointer: '/lines/0/damaged' },
        { pointer: '/lines/1/sku' },
        { pointer: '/lines/2/quantity' },
      ],
    });
  });
});

test('what is ordered is at least what is wanted and the minimum, in the fewest whole packs', () => {
  fc.assert(
    fc.property(
      fc.nat(500),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 90 }),
      (wanted, packSize, minimumQuantity) => {
        const quantity = orderQuantity(wanted, { packSize, minimumQuantity });
        if (wanted === 0) return expect(quantity).toBe(0);
        const least = Math.max(wanted, minimumQuantity);
        expect(quantity % packSize).toBe(0);
        expect(quantity).toBeGreaterThanOrEqual(least);
        expect(quantity - packSize).toBeLessThan(least);
      },
    ),
  );
});
