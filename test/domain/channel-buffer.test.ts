import fc from 'fast-check';
import { availableNow, lessBuffer } from '../../domain/stock/availability';
import { bufferFor, type ChannelBuffer, type Sale } from '../../domain/stock/channel-buffer';

const optional = (...values: string[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const scope = fc
  .record({
    channel: optional('web', 'tills'),
    locationId: optional('north', 'south'),
    goods: fc.constantFrom(
      {},
      { sku: 'MOKA' },
      { sku: 'CUP' },
      { category: 'kitchen' },
      { category: 'toys' },
    ),
  })
  .map(({ goods, ...rest }) => ({ ...rest, ...goods }) as Omit<ChannelBuffer, 'id' | 'pieces'>);
const nameOf = (each: object) =>
  JSON.stringify(
    Object.entries(each)
      .filter(([, value]) => value)
      .sort(),
  );
const buffers = fc
  .uniqueArray(fc.record({ scope, pieces: fc.nat(9) }), {
    selector: (each) => nameOf(each.scope),
    maxLength: 12,
  })
  .map((each) =>
    each.map(({ scope: of, pieces }, index): ChannelBuffer => ({ id: `${index}`, pieces, ...of })),
  );
const sale: fc.Arbitrary<Sale> = fc.record({
  channel: fc.constantFrom('web', 'tills', 'market', null),
  locationId: fc.constantFrom('north', 'south'),
  sku: fc.constantFrom('MOKA', 'CUP'),
  category: fc.constantFrom('kitchen', 'toys', null),
});

const isMet = (buffer: ChannelBuffer, of: Sale): boolean =>
  (['channel', 'locationId', 'sku', 'category'] as const).every(
    (field) => buffer[field] === undefined || buffer[field] === of[field],
  );

describe('the channel buffer of a sale', () => {
  test('is one that applies, whatever their order, and none that applies is narrower', () => {
    fc.assert(
      fc.property(buffers, sale, (all, of) => {
        const kept = bufferFor(all, of);
        expect(bufferFor([...all].reverse(), of)).toBe(kept);
        const met = all.filter((buffer) => isMet(buffer, of));
        if (met.length === 0) return expect(kept).toBe(0);
        expect(met.map(({ pieces }) => pieces)).toContain(kept);
        // Whoever looks at the same things and at more goes before.
        for (const wide of met)
          for (const narrow of met) {
            const fields = ['channel', 'locationId', 'sku', 'category'] as const;
            const isNarrower = fields.every(
              (field) => wide[field] === undefined || narrow[field] !== undefined,
            );
            if (isNarrower && wide !== narrow) expect(bufferFor([wide, narrow], of)).toBe(narrow.pieces);
          }
      }),
      { numRuns: 1000 },
    );
  });

  test('goes by goods, then place, then channel; an exception may be smaller than the rule', () => {
    const all: ChannelBuffer[] = [
      { id: 'all', pieces: 1 },
      { id: 'channel', channel: 'web', pieces: 2 },
      { id: 'place', locationId: 'north', pieces: 3 },
      { id: 'both', locationId: 'north', channel: 'web', pieces: 4 },
      { id: 'category', category: 'kitchen', pieces: 5 },
      { id: 'sku', sku: 'MOKA', pieces: 0 },
    ];
    const at = (more: Partial<Sale>) =>
      bufferFor(all, { channel: 'web', locationId: 'north', sku: 'CUP', category: null, ...more });
    expect(at({ sku: 'MOKA', category: 'kitchen' })).toBe(0);
    expect(at({ category: 'kitchen' })).toBe(5);
    expect(at({})).toBe(4);
    expect(at({ channel: 'tills' })).toBe(3);
    expect(at({ locationId: 'south' })).toBe(2);
    expect(at({ locationId: 'south', channel: null })).toBe(1);
  });

  test('never makes less than nothing available', () => {
    const counters = { onHand: fc.nat(9), unsellable: fc.nat(9), reserved: fc.nat(9), allocated: fc.nat(9) };
    fc.assert(
      fc.property(fc.record({ ...counters, safetyStock: fc.nat(9) }), fc.nat(20), (stock, buffer) => {
        expect(availableNow(stock, buffer)).toBe(lessBuffer(availableNow(stock), buffer));
        expect(availableNow(stock, buffer)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
