import fc from 'fast-check';
import { decideReorder, inventoryPosition, waitingByLocation } from '../../domain/stock/reorder';
import { reorderLevels, serviceLevels } from '../../domain/stock/reorder-levels';

describe('levels computed from sales', () => {
  const history = fc.record({
    sold: fc.array(fc.nat(30), { maxLength: 90 }),
    knownDays: fc.nat(400),
    leadTimeDays: fc.nat(60),
    coverDays: fc.integer({ min: 1, max: 60 }),
    serviceLevel: fc.constantFrom(...serviceLevels),
  });

  test('follow the formula', () => {
    // 20 days of 2 and 20 of 4 pieces: d = 3, σ² = 40/39; L = 9, z = 1.6449.
    const sold = [...Array<number>(20).fill(2), ...Array<number>(20).fill(4)];
    const levels = reorderLevels({ sold, knownDays: 40, leadTimeDays: 9, serviceLevel: 95, coverDays: 10 });
    const deviation = Math.sqrt(40 / 39);
    expect(levels.point).toBe(Math.ceil(3 * 9 + 1.6449 * deviation * 3));
    expect(levels.target).toBe(levels.point + 30);
    expect(levels.basis).toMatchObject({ days: 40, sold: 120, meanPerDay: 3 });
  });

  test('cover at least the mean over the lead time, and grow with lead time and service level', () => {
    fc.assert(
      fc.property(history, (each) => {
        const { point, target, basis } = reorderLevels(each);
        const mean = each.sold.reduce((a, b) => a + b, 0) / basis.days;
        expect(point).toBeGreaterThanOrEqual(mean * each.leadTimeDays - 1e-6);
        expect(target).toBeGreaterThanOrEqual(point);
        expect(reorderLevels({ ...each, leadTimeDays: each.leadTimeDays + 1 }).point).toBeGreaterThanOrEqual(
          point,
        );
        expect(reorderLevels({ ...each, serviceLevel: 99 }).point).toBeGreaterThanOrEqual(point);
      }),
    );
  });

  test('order nothing of what does not sell', () => {
    const levels = reorderLevels({
      sold: [],
      knownDays: 300,
      leadTimeDays: 20,
      serviceLevel: 99,
      coverDays: 30,
    });
    expect(levels).toMatchObject({ point: 0, target: 0, basis: { days: 90, sold: 0 } });
    expect(decideReorder(0, levels, { packSize: 1, minimumQuantity: 1 })).toEqual({ outcome: 'enough' });
  });
});

test('what is ordered brings the position to the target, by less than a pack or the minimum too much', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -50, max: 80 }),
      fc.nat(40),
      fc.nat(40),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 30 }),
      (position, point, more, packSize, minimumQuantity) => {
        const target = point + more;
        const decision = decideReorder(position, { point, target }, { packSize, minimumQuantity });
        if (position > point || target <= position) return expect(decision.outcome).toBe('enough');
        if (decision.outcome === 'enough') throw new Error('too little');
        expect(position + decision.quantity).toBeGreaterThanOrEqual(target);
        expect(position + decision.quantity).toBeLessThan(
          target + Math.max(packSize, minimumQuantity + packSize),
        );
        // Once it is on its way, nothing more is wanted.
        const then = decideReorder(
          position + decision.quantity,
          { point, target },
          { packSize, minimumQuantity },
        );
        if (more > 0) expect(then.outcome).toBe('enough');
      },
    ),
  );
});

test('each piece that waits is owed once, by who was promised to serve it or who may', () => {
  const counters = { onHand: 2, unsellable: 1, reserved: 0, allocated: 1, safetyStock: 0 };
  const claim = { capability: 'ship', onlyLocation: null, excluded: [], keepBack: {} };
  const outlook = {
    places: ['a', 'b', 'c'].map((locationId) => ({ locationId, capabilities: ['ship'], counters })),
    supplies: [{ id: 1, locationId: 'c', quantity: 3, expectedAt: '2026-01-01T00:00:00.000Z' }],
    waiting: [
      { ...claim, id: 1, quantity: 5 },
      { ...claim, id: 2, quantity: 4, excluded: ['b'] },
      { ...claim, id: 3, quantity: 9, capability: 'pickup' },
    ],
  };
  const owed = waitingByLocation(outlook, ['b', 'a']);
  expect(Object.fromEntries(owed)).toEqual({ a: 4, b: 2, c: 3 });
  expect(inventoryPosition(outlook, 'c', owed.get('c')!)).toEqual({
    ...{ onHand: 2, unsellable: 1, reserved: 0, allocated: 1 },
    ...{ incoming: 3, waiting: 3, position: 0 },
  });
});
