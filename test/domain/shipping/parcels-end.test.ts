import fc from 'fast-check';
import { parcelsEnd, type Parcel } from '../../../domain/shipping/parcels-end';

const ends = ['delivered', 'returned', 'lost'];
const parcel = (status: fc.Arbitrary<string>): fc.Arbitrary<Parcel> =>
  fc.record({
    status,
    lines: fc.uniqueArray(
      fc.record({ lineId: fc.constantFrom('a', 'b', 'c'), quantity: fc.integer({ min: 1, max: 9 }) }),
      { selector: ({ lineId }) => lineId, minLength: 1 },
    ),
  });
const piecesOf = (lines: readonly { quantity: number }[]): number =>
  lines.reduce((sum, { quantity }) => sum + quantity, 0);

test('every piece ends where its parcel ended', () => {
  fc.assert(
    fc.property(fc.array(parcel(fc.constantFrom(...ends)), { minLength: 1 }), (parcels) => {
      const end = parcelsEnd(parcels);
      if (end.outcome !== 'undelivered')
        return expect([end.outcome, parcels.every(({ status }) => status === 'delivered')]).toEqual([
          'delivered',
          true,
        ]);
      for (const state of ['delivered', 'returned', 'lost'] as const)
        expect(piecesOf(end.pieces[state])).toBe(
          piecesOf(parcels.filter(({ status }) => status === state).flatMap(({ lines }) => lines)),
        );
    }),
  );
});

test('nothing is decided while a parcel is on its way', () => {
  const underWay = fc.constantFrom('shipped', 'inTransit', 'outForDelivery', 'failed');
  fc.assert(
    fc.property(parcel(underWay), fc.array(parcel(fc.constantFrom(...ends))), (one, others) => {
      expect(parcelsEnd([...others, one])).toEqual({ outcome: 'onTheWay' });
    }),
  );
});
