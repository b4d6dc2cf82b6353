import fc from 'fast-check';
import { isWithinPostalCodes } from '../../domain/order/postal-code';
import { transitOf } from '../../domain/promise/transit';
import { quotesFor } from '../../domain/tariffs/quotes-for';
import type { Lane, Tariff, TariffZone, ZoneArea, ZoneOrigin } from '../../domain/tariffs/tariff';
import { tariffProblems } from '../../domain/tariffs/tariff-problems';
import { narrowness, zoneFor } from '../../domain/tariffs/zone-for';

const zone = (code: string, more: Partial<TariffZone> = {}): TariffZone => ({
  code,
  from: [{ country: 'IT' }],
  to: [{ country: 'IT' }],
  rates: [{ base: 500, perKg: 100 }],
  transitDays: { min: 1, max: 2 },
  ...more,
});
const tariff = (more: Partial<Tariff> = {}): Tariff => ({
  id: 'posta-standard',
  carrier: 'posta',
  service: 'standard',
  methods: ['standard'],
  currency: 'EUR',
  validFrom: '2026-01-01',
  zones: [zone('italy')],
  ...more,
});
const within = (from: string, to = from): ZoneArea => ({ country: 'IT', postalCodes: { from, to } });
const lane = (to: Lane['to'], from: Partial<Lane['from']> = {}): Lane => ({
  from: { locationId: 'milano', country: 'IT', postalCode: '20154', ...from },
  to,
});
const bolzano = { country: 'IT', postalCode: '39100' };
const ask = { method: 'standard', weightGrams: 1000, day: '2026-03-02', lane: lane(bolzano) };
const known = { carriers: ['posta', 'sandbox'], locationIds: ['milano', 'napoli'] };

describe('the zone of a way', () => {
  const zones = [
    zone('italy'),
    zone('south-tyrol', { to: [within('39')] }),
    zone('bolzano', { to: [within('39100', '39105')] }),
    zone('from-milano', { from: [{ locationId: 'milano' }] }),
    zone('austria', { to: [{ country: 'AT' }] }),
  ];
  test.each<[string, Lane['to'], Partial<Lane['from']>, string | null]>([
    ['the longest postal code', bolzano, {}, 'bolzano'],
    ['a shorter one where that ends', { country: 'IT', postalCode: '39-106' }, {}, 'south-tyrol'],
    ['of whole countries the location', { country: 'IT', postalCode: '80100' }, {}, 'from-milano'],
    ['any origin of the country', { country: 'IT', postalCode: '80100' }, { locationId: 'napoli' }, 'italy'],
    ['no postal code where none is known', { country: 'IT' }, { locationId: 'napoli' }, 'italy'],
    ['another country', { country: 'AT', postalCode: '6020' }, {}, 'austria'],
    ['none where nobody goes', { country: 'DE' }, {}, null],
    ['none from where nobody comes', bolzano, { locationId: 'ulm', country: 'DE' }, null],
  ])('is that of %s', (_what, to, from, code) => {
    expect(zoneFor(zones, lane(to, from))?.code ?? null).toBe(code);
  });

  const digits = fc.integer({ min: 0, max: 99 }).map((code) => `${code}`.padStart(2, '0'));
  const area: fc.Arbitrary<ZoneArea> = fc
    .record({
      country: fc.constantFrom('IT', 'AT'),
      ends: fc.option(fc.tuple(digits, digits)),
      length: fc.constantFrom(1, 2),
    })
    .map(({ country, ends, length }) => {
      if (ends === null) return { country };
      const [from, to] = ends.map((code) => code.slice(0, length)).sort() as [string, string];
      return { country, postalCodes: { from, to } };
    });
  const origin: fc.Arbitrary<ZoneOrigin> = fc.oneof(
    area,
    fc.constantFrom({ locationId: 'milano' }, { locationId: 'napoli' }),
  );
  const someZones = fc
    .array(
      fc.record({
        from: fc.array(origin, { minLength: 1, maxLength: 3 }),
        to: fc.array(area, { minLength: 1, maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 6 },
    )
    .map((all) => all.map((ends, index) => zone(`z${index}`, ends)));
  const place = fc.record({ country: fc.constantFrom('IT', 'AT'), postalCode: digits });
  const lanes = fc.record({
    from: fc
      .tuple(place, fc.constantFrom('milano', 'napoli', 'roma'))
      .map(([at, locationId]) => ({ ...at, locationId })),
    to: place,
  });
  const matches = (end: ZoneOrigin, at: Lane['from'] | Lane['to']): boolean =>
    'locationId' in end
      ? 'locationId' in at && at.locationId === end.locationId
      : end.country === at.country &&
        (!end.postalCodes || isWithinPostalCodes(at.postalCode!, end.postalCodes));
  const ranksOf = ({ from, to }: TariffZone, way: Lane): [number, number] | null => {
    const [destinations, origins] = [
      to.filter((end) => matches(end, way.to)),
      from.filter((end) => matches(end, way.from)),
    ];
    if (destinations.length === 0 || origins.length === 0) return null;
    return [Math.max(...destinations.map(narrowness)), Math.max(...origins.map(narrowness))];
  };

  test('is the most specific that covers it, in whatever order they stand', () => {
    fc.assert(
      fc.property(someZones, lanes, fc.nat(), (all, way, turn) => {
        const found = zoneFor(all, way);
        const ranks = all.map((each) => ranksOf(each, way));
        const turned = [...all.slice(turn % all.length), ...all.slice(0, turn % all.length)];
        expect(zoneFor(turned.reverse(), way)).toEqual(found);
        if (found === null) return expect(ranks.every((rank) => rank === null)).toBe(true);
        const best = ranksOf(found, way)!;
        for (const rank of ranks)
          if (rank !== null)
            expect(rank[0] < best[0] || (rank[0] === best[0] && rank[1] <= best[1])).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('is never in doubt in a tariff that was let in', () => {
    let admitted = 0;
    fc.assert(
      fc.property(someZones, fc.array(lanes, { minLength: 20, maxLength: 20 }), (zones, ways) => {
        if (tariffProblems(tariff({ zones }), known).length > 0) return;
        admitted += 1;
        for (const way of ways) {
          const ranks = zones.map((each) => ranksOf(each, way)).filter((rank) => rank !== null);
          expect(new Set(ranks.map((rank) => rank.join())).size).toBe(ranks.length);
        }
      }),
      { numRuns: 3000 },
    );
    expect(admitted).toBeGreaterThan(300);
  });
});

describe('quotes', () => {
  test('come from whoever may take the method on the day, the quickest first', () => {
    const tariffs = [
      tariff(),
      tariff({ id: 'x', service: 'slow', zones: [zone('italy', { transitDays: { min: 3, max: 5 } })] }),
      tariff({ id: 'y', service: 'express', methods: ['express'] }),
      tariff({ id: 'z', service: 'old', validUntil: '2026-03-01' }),
      tariff({ id: 'w', service: 'new', validFrom: '2026-03-03' }),
    ];
    expect(quotesFor(tariffs, ask).map(({ tariffId }) => tariffId)).toEqual(['posta-standard', 'x']);
    expect(quotesFor(tariffs, { ...ask, method: 'express' })).toMatchObject([{ service: 'express' }]);
    expect(quotesFor([tariffs[3]!], { ...ask, day: '2026-03-01' })).toHaveLength(1);
    expect(quotesFor([tariffs[4]!], { ...ask, day: '2026-03-03' })).toHaveLength(1);
  });

  test('go by weight; what is too heavy is not taken', () => {
    const rates = [
      { upToGrams: 2000, base: 400, perKg: 0 },
      { upToGrams: 30_000, base: 600, perKg: 50 },
    ];
    const bands = [tariff({ zones: [zone('italy', { rates })] })];
    const bases = [0, 2000, 2001, 30_000, 30_001].map(
      (weightGrams) => quotesFor(bands, { ...ask, weightGrams })[0]?.base,
    );
    expect(bases).toEqual([400, 400, 600, 600, undefined]);
  });
});

describe('a tariff at fault', () => {
  const pointers = (more: Partial<Tariff>) =>
    tariffProblems(tariff(more), known).map(({ pointer }) => pointer);
  test.each<[string, Partial<Tariff>, string[]]>([
    ['is none', {}, []],
    ['names an unknown carrier', { carrier: 'nobody' }, ['/carrier']],
    ['ends before it begins', { validUntil: '2025-12-31' }, ['/validUntil']],
    [
      'names an unknown location',
      { zones: [zone('a', { from: [{ country: 'IT' }, { locationId: 'moon' }] })] },
      ['/zones/0/from/1/locationId'],
    ],
    [
      'has ranges that end before they begin, or of two lengths',
      { zones: [zone('a', { to: [within('40', '39')], from: [within('39', '39100')] })] },
      ['/zones/0/from/0/postalCodes/to', '/zones/0/to/0/postalCodes/to'],
    ],
    [
      'has days and weights out of order',
      {
        zones: [
          zone('a', {
            transitDays: { min: 3, max: 2 },
            rates: [
              { base: 1, perKg: 0 },
              { upToGrams: 500, base: 1, perKg: 0 },
              { upToGrams: 500, base: 2, perKg: 0 },
            ],
          }),
        ],
      },
      ['/zones/0/transitDays/max', '/zones/0/rates/0/upToGrams', '/zones/0/rates/2/upToGrams'],
    ],
    ['uses a code twice', { zones: [zone('a'), zone('a', { to: [{ country: 'AT' }] })] }, ['/zones/1/code']],
    ['has two zones for the same way', { zones: [zone('a'), zone('b')] }, ['/zones/1']],
    [
      'has two equally narrow ranges that meet',
      { zones: [zone('a', { to: [within('30', '39')] }), zone('b', { to: [within('39', '45')] })] },
      ['/zones/1'],
    ],
    [
      'is none where one lies within the other',
      { zones: [zone('a', { to: [within('30', '39')] }), zone('b', { to: [within('390', '391')] })] },
      [],
    ],
  ])('%s', (_what, more, at) => {
    expect(pointers(more)).toEqual(at);
  });
});

describe('transit', () => {
  const tariffs = [
    tariff(),
    tariff({
      ...{ id: 'sandbox-slow', carrier: 'sandbox', service: 'slow' },
      zones: [zone('all', { transitDays: { min: 2, max: 5 } })],
    }),
  ];
  const journey = { method: 'standard', lane: lane(bolzano), day: '2026-03-02' };

  test('is that of the chosen service', () => {
    const by = { carrier: 'posta', service: 'standard' };
    expect(transitOf({ ...journey, by }, tariffs)).toEqual({
      ...{ min: 1, max: 2, service: 'posta standard' },
      source: 'by tariff posta-standard, zone italy',
    });
    expect(transitOf({ ...journey, by: { carrier: 'sandbox' } }, tariffs)).toMatchObject({ min: 2, max: 5 });
  });

  test('spans all that may be booked while none is chosen', () => {
    expect(transitOf(journey, tariffs)).toEqual({
      ...{ min: 1, max: 5, service: 'standard' },
      source: 'by tariff posta-standard, zone italy, and tariff sandbox-slow, zone all',
    });
  });

  test('is what is usual where no tariff covers the way, and says so', () => {
    const abroad = { ...journey, lane: lane({ country: 'DE' }) };
    for (const usual of [
      transitOf(abroad, tariffs),
      transitOf({ ...journey, by: { carrier: 'nobody' }, lane: lane({ country: 'DE' }) }, tariffs),
    ])
      expect(usual).toMatchObject({ min: 3, max: 6, source: expect.stringMatching(/no tariff covers/) });
  });
});
