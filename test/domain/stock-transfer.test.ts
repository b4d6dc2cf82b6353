import fc from 'fast-check';
import {
  allowedTransferActions,
  planArrival,
  stockTransferStates,
  type TransferLine,
} from '../../domain/stock/transfer';

const line = (sku: string): fc.Arbitrary<TransferLine> =>
  fc
    .record({ quantity: fc.integer({ min: 1, max: 20 }), received: fc.nat(20), lost: fc.nat(5) })
    .filter(({ quantity, received, lost }) => received + lost <= quantity)
    .map((counts) => ({ sku, ...counts }));
const arrival = (sku: string) =>
  fc.record({ sku: fc.constant(sku), quantity: fc.integer({ min: 1, max: 20 }), damaged: fc.nat(20) });

describe('an arrival', () => {
  test('never brings more than is under way, and a closed transfer leaves nothing unexplained', () => {
    fc.assert(
      fc.property(
        fc.tuple(line('A'), line('B')),
        fc.array(fc.oneof(arrival('A'), arrival('B'), arrival('C')), { maxLength: 3 }),
        fc.boolean(),
        (lines, arrived, isClosed) => {
          const plan = planArrival(lines, arrived, isClosed);
          if (plan.outcome === 'invalid') {
            for (const { pointer } of plan.problems) expect(pointer).toMatch(/^\/lines\/\d\/\w+$/);
            return;
          }
          let open = 0;
          for (const { sku, quantity, received, lost } of lines) {
            const came = plan.arrived.find((each) => each.sku === sku);
            const gone = plan.lost.find((each) => each.sku === sku)?.quantity ?? 0;
            expect(came?.damaged ?? 0).toBeLessThanOrEqual(came?.quantity ?? 0);
            const left = quantity - received - lost - (came?.quantity ?? 0) - gone;
            expect(left).toBeGreaterThanOrEqual(0);
            open += left;
          }
          expect(plan.isComplete).toBe(open === 0);
          if (isClosed) expect(open).toBe(0);
          else expect(plan.lost).toEqual([]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('is refused by name: what is not in the transfer, named twice, too much, more damaged than came', () => {
    const lines = [{ sku: 'A', quantity: 5, received: 2, lost: 0 }];
    const arrived = [
      { sku: 'A', quantity: 4 },
      { sku: 'A', quantity: 1 },
      { sku: 'B', quantity: 1 },
    ];
    expect(planArrival(lines, arrived, false)).toMatchObject({
      problems: [{ pointer: '/lines/0/quantity' }, { pointer: '/lines/1/sku' }, { pointer: '/lines/2/sku' }],
    });
    expect(planArrival(lines, [{ sku: 'A', quantity: 1, damaged: 2 }], false)).toMatchObject({
      problems: [{ pointer: '/lines/0/damaged' }],
    });
  });
});

test('a transfer is shipped or cancelled, then received, then over', () => {
  const allowed = stockTransferStates.map((state) => [state, allowedTransferActions(state)]);
  expect(Object.fromEntries(allowed)).toEqual({
    requested: ['ship', 'cancel'],
    shipped: ['receive'],
    received: [],
    cancelled: [],
  });
});
