import fc from 'fast-check';
import { piecesByState, type LinePieces } from '../../domain/order/line-states';
import { fulfillmentStates } from '../../domain/order/states';

const line = (more: Partial<LinePieces>): LinePieces => ({
  quantity: 5,
  cancelled: 0,
  backordered: 0,
  returned: 0,
  parts: [],
  isOrderCancelled: false,
  ...more,
});

describe('where the pieces of a line are', () => {
  it.each<[string, Partial<LinePieces>, object]>([
    ['nothing decided yet', {}, { unsourced: 5 }],
    [
      'split over two places',
      {
        parts: [
          { status: 'picking', quantity: 2 },
          { status: 'shipped', quantity: 3 },
        ],
      },
      { picking: 2, shipped: 3 },
    ],
    [
      'two places at the same stage',
      {
        parts: [
          { status: 'packed', quantity: 2 },
          { status: 'packed', quantity: 3 },
        ],
      },
      { packed: 5 },
    ],
    [
      'some wait for stock',
      { backordered: 3, parts: [{ status: 'allocated', quantity: 2 }] },
      { allocated: 2, backordered: 3 },
    ],
    [
      'refused by a place, not yet with another',
      { parts: [{ status: 'cancelled', quantity: 5 }] },
      { unsourced: 5 },
    ],
    [
      'refused by one place, now with another',
      {
        parts: [
          { status: 'cancelled', quantity: 5 },
          { status: 'allocated', quantity: 5 },
        ],
      },
      { allocated: 5 },
    ],
    [
      'a cancelled order',
      { isOrderCancelled: true, parts: [{ status: 'cancelled', quantity: 5 }] },
      { cancelled: 5 },
    ],
    [
      'some given up',
      { cancelled: 2, parts: [{ status: 'delivered', quantity: 3 }] },
      { cancelled: 2, delivered: 3 },
    ],
    [
      'some came back',
      { returned: 2, parts: [{ status: 'delivered', quantity: 5 }] },
      { returned: 2, delivered: 3 },
    ],
    ['all came back', { returned: 5, parts: [{ status: 'delivered', quantity: 5 }] }, { returned: 5 }],
    [
      'the parcel itself came back',
      { returned: 5, parts: [{ status: 'returned', quantity: 5 }] },
      { returned: 5 },
    ],
    [
      'came back while another parcel is on its way',
      {
        returned: 1,
        parts: [
          { status: 'delivered', quantity: 1 },
          { status: 'shipped', quantity: 4 },
        ],
      },
      { returned: 1, shipped: 4 },
    ],
  ])('%s', (_what, pieces, expected) => {
    expect(piecesByState(line(pieces))).toEqual(expected);
  });

  it('sum to the line, whatever is told of it', () => {
    const pieces = fc.record({
      quantity: fc.integer({ min: 1, max: 20 }),
      cancelled: fc.nat(20),
      backordered: fc.nat(20),
      returned: fc.nat(20),
      parts: fc.array(
        fc.record({
          status: fc.constantFrom(...fulfillmentStates),
          quantity: fc.integer({ min: 1, max: 20 }),
        }),
      ),
      isOrderCancelled: fc.boolean(),
    });
    fc.assert(
      fc.property(pieces, (any) => {
        const counts = Object.values(piecesByState(any));
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(any.quantity);
        for (const count of counts) expect(count).toBeGreaterThan(0);
      }),
    );
  });
});
