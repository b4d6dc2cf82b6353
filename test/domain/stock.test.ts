import fc from 'fast-check';
import { availableNow, unclaimed } from '../../domain/stock/availability';
import { movementTypes, planMovement, type StockMovement } from '../../domain/stock/movement';

const counters = fc.record({
  onHand: fc.nat(50),
  unsellable: fc.nat(20),
  reserved: fc.nat(20),
  allocated: fc.nat(20),
});
/** Counters that the database would take. */
const lawful = counters.filter((each) => unclaimed(each) >= 0);

describe('what is available', () => {
  test('is never below zero and never more than nobody has a claim on', () => {
    fc.assert(
      fc.property(counters, fc.nat(30), fc.nat(30), (each, safetyStock, buffer) => {
        const available = availableNow({ ...each, safetyStock }, buffer);
        expect(available).toBeGreaterThanOrEqual(0);
        expect(available).toBeLessThanOrEqual(Math.max(0, unclaimed(each)));
        expect(available).toBe(Math.max(0, unclaimed(each) - safetyStock - buffer));
      }),
    );
  });
});

describe('a movement', () => {
  const movement: fc.Arbitrary<StockMovement> = fc
    .record({
      type: fc.constantFrom(...movementTypes),
      locationId: fc.constant('here'),
      quantity: fc.integer({ min: -30, max: 60 }),
      toLocationId: fc.option(fc.constantFrom('here', 'there'), { nil: undefined }),
    })
    .map((each) => ({
      sku: 'A',
      ...each,
      quantity: each.type === 'adjustment' ? each.quantity : Math.abs(each.quantity),
    }));

  test('never takes what orders hold, and a transfer loses no piece on the way', () => {
    fc.assert(
      fc.property(movement, lawful, lawful, (moved, here, there) => {
        const plan = planMovement(
          moved,
          new Map([
            ['here', here],
            ['there', there],
          ]),
        );
        if (plan.outcome === 'refused') {
          expect(plan.detail.length).toBeGreaterThan(10);
          return;
        }
        for (const { locationId, ...added } of plan.changes) {
          const before = locationId === 'here' ? here : there;
          const unsellable = before.unsellable + added.unsellable;
          expect(unsellable).toBeGreaterThanOrEqual(0);
          const after = { ...before, onHand: before.onHand + added.onHand, unsellable };
          expect(unclaimed(after)).toBeGreaterThanOrEqual(0);
        }
        const sum = plan.changes.reduce((so, { onHand }) => so + onHand, 0);
        if (moved.type === 'transfer') expect(sum).toBe(0);
        const aside = plan.changes.reduce((so, { unsellable }) => so + unsellable, 0);
        if (moved.type === 'quarantine' || moved.type === 'reinstate') expect(sum).toBe(0);
        if (moved.type === 'quarantine') expect(aside).toBe(moved.quantity);
        if (moved.type === 'scrap') expect([sum, aside]).toEqual([0 - moved.quantity, 0 - moved.quantity]);
        if (moved.type === 'count') expect(here.onHand + sum).toBe(moved.quantity);
        if (moved.type === 'receipt' || moved.type === 'adjustment') expect(sum).toBe(moved.quantity);
      }),
      { numRuns: 500 },
    );
  });
});
