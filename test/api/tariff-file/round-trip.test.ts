import fc from 'fast-check';
import { tariffBody } from '../../../api/contract/tariffs';
import { listCell, readListCell } from '../../../api/tariff-file/list-cell';
import { readTariff } from '../../../api/tariff-file/read-tariff';
import { tariffTemplate } from '../../../api/tariff-file/template';
import { writeTariff } from '../../../api/tariff-file/write-tariff';
import type { ZoneArea, ZoneRate } from '../../../domain/tariffs/tariff';
import { csvUpload } from '../support/csv-upload';

const words = fc
  .string({ unit: fc.constantFrom(...`aZ9;",'=+-@ èé|`), minLength: 1, maxLength: 12 })
  .filter((text) => text.trim() !== '' && text === text.trim());
const area: fc.Arbitrary<ZoneArea> = fc
  .record({
    country: fc.constantFrom('IT', 'AT', 'GB'),
    ends: fc.option(fc.tuple(fc.constantFrom('07', '39', 'SW'), fc.constantFrom('07', '39', 'SW'))),
  })
  .map(({ country, ends }) => {
    const [from, to] = ends?.toSorted() ?? [];
    return { country, ...(from !== undefined && { postalCodes: { from, to: to! } }) };
  });
const rates: fc.Arbitrary<ZoneRate[]> = fc
  .record({
    weights: fc.uniqueArray(fc.integer({ min: 1, max: 100_000_000 }), { minLength: 1, maxLength: 4 }),
    isEndless: fc.boolean(),
    prices: fc.array(fc.tuple(fc.nat(100_000_000), fc.nat(5000)), { minLength: 5, maxLength: 5 }),
  })
  .map(({ weights, isEndless, prices }) =>
    weights
      .toSorted((a, b) => a - b)
      .map((upToGrams, index) => ({
        ...(!(isEndless && index === weights.length - 1) && { upToGrams }),
        ...{ base: prices[index]![0], perKg: prices[index]![1] },
      })),
  );
const days = fc.tuple(fc.nat(40), fc.nat(50)).map(([min, more]) => ({ min, max: min + more }));
const tariff = fc.record({
  ...{ carrier: fc.constantFrom('sandbox', 'posta'), service: words },
  methods: fc.uniqueArray(words, { minLength: 1, maxLength: 3 }),
  currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
  validFrom: fc.constantFrom('2026-01-01', '2027-12-31'),
  zones: fc.uniqueArray(
    fc.record({
      code: words,
      from: fc.array(
        fc.oneof(
          area,
          words.map((locationId) => ({ locationId })),
        ),
        { minLength: 1, maxLength: 3 },
      ),
      to: fc.array(area, { minLength: 1, maxLength: 3 }),
      ...{ rates, transitDays: days },
    }),
    { minLength: 1, maxLength: 4, selector: ({ code }) => code },
  ),
});

test('whatever a tariff says is in its file, and comes back from it', async () => {
  await fc.assert(
    fc.asyncProperty(
      tariff,
      fc.option(fc.constant('2028-02-29'), { nil: undefined }),
      async (each, until) => {
        const whole = tariffBody.parse({ ...each, ...(until && { validUntil: until }) }) as typeof each;
        const { body } = await readTariff(csvUpload(writeTariff(whole)));
        expect(tariffBody.parse(body)).toEqual(whole);
      },
    ),
    { numRuns: 100 },
  );
});

test('rows may come in any order, and with semicolons and decimal commas', async () => {
  const [header, ...rows] = tariffTemplate().trimEnd().split('\r\n');
  const { body } = await readTariff(csvUpload([header, ...rows.toReversed()].join('\n')));
  const european = tariffTemplate()
    .replace('standard; economy', '"standard; economy"')
    .replaceAll(',', ';')
    .replaceAll(/(\d)\.(\d)/g, '$1,$2');
  expect((await readTariff(csvUpload(european))).body).toEqual(
    (await readTariff(csvUpload(tariffTemplate()))).body,
  );
  expect(tariffBody.parse(body).zones.map(({ code, rates: { length } }) => [code, length])).toEqual([
    ['islands', 1],
    ['domestic', 2],
  ]);
});

test('several values stand in one cell', () => {
  expect(listCell(['a', 'b;c', 'd "e"'])).toBe('a; "b;c"; "d ""e"""');
  fc.assert(
    fc.property(fc.array(words), (values) => {
      expect(readListCell(listCell(values))).toEqual(values);
    }),
  );
});
