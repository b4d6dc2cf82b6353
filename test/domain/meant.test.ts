import fc from 'fast-check';
import { notNeeded, shareMeant, type Awaiting, type Bringing } from '../../domain/stock/meant';

const ids = ['t1', 't2', 't3'];
const bringing: fc.Arbitrary<Bringing[]> = fc
  .tuple(...ids.map(() => fc.record({ quantity: fc.nat(6), isUnderWay: fc.boolean() })))
  .map((all) => all.map((each, index) => ({ transferId: ids[index]!, ...each })));
const awaiting: fc.Arbitrary<Awaiting[]> = fc
  .array(fc.record({ quantity: fc.nat(6), transferIds: fc.subarray(ids) }), { maxLength: 3 })
  .map((all) => all.map((each, index) => ({ claimId: index + 1, ...each })));

const sum = (figures: readonly { quantity: number }[]): number =>
  figures.reduce((so, { quantity }) => so + quantity, 0);

describe('pieces that are sent for lines', () => {
  test('are meant for those that await them, once, and for no more than they lack', () => {
    fc.assert(
      fc.property(bringing, awaiting, (transfers, lines) => {
        const shares = shareMeant(transfers, lines);
        for (const { transferId, quantity } of transfers)
          expect(sum(shares.filter((share) => share.transferId === transferId))).toBeLessThanOrEqual(
            quantity,
          );
        for (const { claimId, quantity, transferIds } of lines) {
          const own = shares.filter((share) => share.claimId === claimId);
          expect(sum(own)).toBeLessThanOrEqual(quantity);
          for (const { transferId } of own) expect(transferIds).toContain(transferId);
        }
      }),
    );
  });

  test('that nobody needs are called off where they have not left, and what is left is enough', () => {
    fc.assert(
      fc.property(bringing, awaiting, (transfers, lines) => {
        // Every line of an order awaits every transfer of its round.
        const all = lines.map((line) => ({ ...line, transferIds: ids }));
        const off = notNeeded(transfers, all);
        const underWay = transfers.filter(({ isUnderWay }) => isUnderWay).map(({ transferId }) => transferId);
        for (const { transferId, quantity } of off) {
          expect(underWay).not.toContain(transferId);
          expect(quantity).toBeGreaterThan(0);
        }
        const left = transfers.map((each) => ({
          ...each,
          quantity: each.quantity - sum(off.filter(({ transferId }) => transferId === each.transferId)),
        }));
        const coming = sum(transfers);
        const wanted = sum(all);
        expect(sum(left)).toBe(
          Math.max(Math.min(coming, wanted), sum(left.filter(({ isUnderWay }) => isUnderWay))),
        );
        // Asked again, nothing more is called off.
        expect(notNeeded(left, all)).toEqual([]);
      }),
    );
  });
});
