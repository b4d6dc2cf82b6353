import fc from 'fast-check';
import {
  countArrived,
  countWaited,
  openPieces,
  openPiecesTo,
  setGivenUp,
  type WaitingCounts,
} from '../../workflows/supply/waiting-counts';

const fresh = (): WaitingCounts => ({ waitedPieces: 0, arrivedPieces: 0, givenUpPieces: 0 });
const places = [undefined, 'aunt', 'office'];

/** What happens to pieces that wait: they begin to, get stock, are given up, or leave the queue to be sourced anew. */
const happening = fc.record({
  what: fc.constantFrom('wait' as const, 'arrive' as const, 'giveUp' as const, 'withdraw' as const),
  round: fc.integer({ min: 1, max: 3 }),
  destination: fc.constantFrom(...places),
  quantity: fc.integer({ min: 1, max: 4 }),
});

interface Row {
  round: number;
  destination: string | undefined;
  open: number;
  givenUp: number;
}

describe('pieces that wait', () => {
  test('are known by the place that they go to, whatever becomes of them, but for those that leave apart', () => {
    fc.assert(
      fc.property(
        fc.array(happening, { maxLength: 30 }),
        fc.subarray([1, 2, 3]),
        (happenings, apartRounds) => {
          const counts: WaitingCounts = { ...fresh(), ...(apartRounds.length > 0 && { apartRounds }) };
          const rows: Row[] = [];
          for (const { what, round, destination, ...asked } of happenings) {
            let row = rows.find((each) => each.round === round && each.destination === destination);
            if (!row) rows.push((row = { round, destination, open: 0, givenUp: 0 }));
            const at = { round, destination };
            const quantity = what === 'wait' ? asked.quantity : Math.min(asked.quantity, row.open);
            row.open += what === 'wait' ? quantity : -quantity;
            if (what === 'wait') countWaited(counts, [{ ...at, quantity }]);
            if (what === 'withdraw') countWaited(counts, [{ ...at, quantity: -quantity }]);
            if (what === 'arrive') countArrived(counts, { ...at, quantity });
            if (what === 'giveUp') {
              row.givenUp += quantity;
              const byPlace = rows.map(({ givenUp, ...each }) => ({ ...each, quantity: givenUp }));
              setGivenUp(
                counts,
                rows.reduce((sum, { givenUp }) => sum + givenUp, 0),
                byPlace,
              );
            }
          }
          const sumOf = (are: (row: Row) => boolean): number =>
            rows.filter(are).reduce((sum, { open }) => sum + open, 0);
          expect(openPieces(counts)).toBe(sumOf(() => true));
          for (const destination of places)
            expect(openPiecesTo(counts, destination)).toBe(
              sumOf((row) => row.destination === destination && !apartRounds.includes(row.round)),
            );
          expect(JSON.parse(JSON.stringify(counts))).toEqual(counts);
        },
      ),
    );
  });

  test('that were not counted place by place from the first are waited for by every place', () => {
    const counts = { ...fresh(), waitedPieces: 2 };
    countWaited(counts, [{ round: 2, destination: 'aunt', quantity: 1 }]);
    expect([undefined, 'aunt'].map((place) => openPiecesTo(counts, place))).toEqual([3, 3]);
    // Of a signal that does not tell its round.
    const told = fresh();
    countWaited(told, [{ round: 1, destination: 'aunt', quantity: 2 }]);
    countArrived(told, { destination: 'aunt', quantity: 1 });
    expect([undefined, 'aunt'].map((place) => openPiecesTo(told, place))).toEqual([1, 1]);
    setGivenUp(told, 1);
    expect(openPiecesTo(told, undefined)).toBe(0);
  });
});
