import { expectProblem, send } from '../support/send';
import { setUp } from '../support/samples';
import { startTestApi, type TestApi } from '../support/server';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
});
afterAll(() => api.close());

const header =
  'carrier,service,methods,currency,validFrom,validUntil,zone,from,to,minDays,maxDays,upToKg,price,pricePerKg';
const row = (cells: Record<string, string>): string =>
  header
    .split(',')
    .map((column) => cells[column] ?? '')
    .join(',');
const head = { carrier: 'posta', service: 'pacco', currency: 'EUR', validFrom: '2026-01-01' };
const italy = { zone: 'italy', from: 'IT', to: 'IT', minDays: '1', maxDays: '2' };
const first = { ...head, ...italy, upToKg: '2', price: '4.90' };
const second = { zone: 'italy', upToKg: '30', price: '6.90', pricePerKg: '0.20' };
const fileOf = (...rows: Record<string, string>[]): string =>
  [header, ...rows.map(row)].join('\r\n') + '\r\n';

const put = (raw: string | Buffer, id = 'pacco') =>
  send(api, { method: 'PUT', path: `/v1/tariffs/${id}/file`, raw, headers: { 'Content-Type': 'text/csv' } });
const read = async (path: string) => (await send(api, { method: 'GET', path })).text();
const refusal = async (raw: string | Buffer) => {
  const { errors = [], detail } = await expectProblem(await put(raw), 422);
  expect(errors.length).toBeGreaterThan(0);
  expect(detail.length).toBeGreaterThan(20);
  return errors.map((error) => [error.pointer, error.detail]);
};

test('a tariff comes as a file, is handed out as one, and comes back changed', async () => {
  const answer = await put(fileOf(first, second));
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    ...{ id: 'pacco', ...head, methods: ['pacco'], updatedBy: 'admin:admin' },
    zones: [
      {
        ...{ code: 'italy', from: [{ country: 'IT' }], to: [{ country: 'IT' }] },
        transitDays: { min: 1, max: 2 },
        rates: [
          { upToGrams: 2000, base: 490, perKg: 0 },
          { upToGrams: 30_000, base: 690, perKg: 20 },
        ],
      },
    ],
  });
  const file = await read('/v1/tariffs/pacco/file');
  expect(file).toBe(fileOf({ ...first, methods: 'pacco' }, second));
  const changed = file.replace('6.90', '7.10') + row({ ...italy, zone: 'south', to: 'IT 80-89', price: '9' });
  expect((await put(`\ufeff${changed}`)).status).toBe(200);
  expect(JSON.parse(await read('/v1/tariffs/pacco'))).toMatchObject({
    zones: [
      { code: 'italy', rates: [{ base: 490 }, { base: 710 }] },
      {
        code: 'south',
        to: [{ country: 'IT', postalCodes: { from: '80', to: '89' } }],
        rates: [{ base: 900 }],
      },
    ],
  });
  const again = await read('/v1/tariffs/pacco/file');
  expect((await put(Buffer.from(`\ufeff${again}`, 'utf16le'))).status).toBe(200);
  expect(await read('/v1/tariffs/pacco/file')).toBe(again);
});

test('the template says what a file looks like, and is one', async () => {
  const template = await read('/v1/tariff-template');
  expect(template.split('\r\n')[0]).toBe(header);
  expect((await put(template, 'from-template')).status).toBe(200);
  expect(await read('/v1/tariffs/from-template/file')).toBe(template);
  await expectProblem(await send(api, { method: 'GET', path: '/v1/tariffs/nobody/file' }), 404);
});

test('what is wrong is told by row and column, and nothing is taken', async () => {
  const before = await read('/v1/tariffs/pacco');
  const cases: [string | Buffer, ...[string, RegExp][]][] = [
    ['', ['/file', /no column "carrier": begin with a line "carrier,/]],
    [`${header}\r\n`, ['/file', /It has no rows: write a row for each rate/]],
    [
      fileOf(first).replace('pricePerKg', 'perKilo'),
      ['/file/1', /Row 1: There is no column "perKilo", but carrier/],
    ],
    [fileOf(first).replace('price,', 'cost,'), ['/file', /There is no column "price": begin with/]],
    [fileOf(first).replace('pricePerKg', 'price'), ['/file/1/price', /It is there twice: take one out/]],
    [
      fileOf(first, second).replace(',0.20\r\n', ''),
      ['/file/3', /13 of 14 cells and no end: the file seems to be cut/],
    ],
    [
      fileOf(first, second).replace(',0.20', ''),
      ['/file/3', /13 of 14 cells: put cells that contain the separator/],
    ],
    [fileOf(first).replace('4.90', '4,90'), ['/file/2', /15 of 14 cells/]],
    [`${fileOf(first)}"posta`, ['/file', /a quote that opens is not closed. Send the whole/]],
    [`${fileOf(first)}po"sta,`, ['/file', /The quotes on line 3/]],
    [
      Buffer.from(fileOf(first, { ...second, zone: 'perù' }), 'latin1'),
      ['/file', /Line 3 is not UTF-8: save the file as/],
    ],
    [Buffer.from(fileOf(first), 'utf16le'), ['/file', /Line 1 is not UTF-8/]],
    [Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41]), ['/file', /It is not UTF-16/]],
    [
      fileOf({ ...first, price: '-4.90' }, { ...second, price: 'dear', pricePerKg: '1.234' }),
      ['/file/2/price', /"-4.90" is below nothing: write 0 or more/],
      ['/file/3/price', /Write an amount such as 12.30, not "dear"/],
      ['/file/3/pricePerKg', /Write an amount such as 12.30, not "1.234"/],
    ],
    [
      fileOf(first, { ...second, zone: 'too', from: 'IT', to: 'AT; IT', minDays: '1' }),
      ['/file/3/zone', /Has ways in common with the zone "italy", and neither is more specific/],
    ],
    [
      fileOf({ ...first, to: 'IT 30-39' }, { ...italy, zone: 'too', to: 'IT 38-45', price: '1' }),
      ['/file/3/zone', /Has ways in common with the zone "italy"/],
    ],
    [fileOf({ ...first, to: 'AT; IT 40-39' }), ['/file/2/to', /"IT 40-39": Ends before it begins, at 40/]],
    [fileOf({ ...first, to: 'Italia' }), ['/file/2/to', /"Italia": Must be two capital letters/]],
    [
      fileOf({ ...first, to: '', from: 'location:moon' }),
      ['/file/2/to', /Say it in one row of the zone "italy"/],
    ],
    [
      fileOf({ ...first, from: 'location:moon' }),
      ['/file/2/from', /"location:moon": No location has the id "moon"/],
    ],
    [
      fileOf(first, { ...second, upToKg: '2' }),
      ['/file/3/upToKg', /Rates go from light to heavy: must be above 2000 g/],
    ],
    [
      fileOf(first, { ...second, upToKg: 'heavy' }),
      ['/file/3/upToKg', /Write kilograms such as 2.5, not "heavy"/],
    ],
    [
      fileOf({ ...first, upToKg: '' }, { ...second, upToKg: '' }),
      ['/file/2/upToKg', /Only the last rate may be without/],
    ],
    [fileOf({ ...first, minDays: '3' }), ['/file/2/maxDays', /Is below the least, 3 days/]],
    [fileOf({ ...first, minDays: 'soon' }), ['/file/2/minDays', /Write working days such as 2, not "soon"/]],
    [
      fileOf(first, { ...second, to: 'AT' }),
      ['/file/3/to', /Says "AT", and row 2 "IT": write the same, or nothing/],
    ],
    [fileOf(first, { ...second, zone: '' }), ['/file/3/zone', /Name the zone whose rate this is/]],
    [fileOf({ ...first, service: '', carrier: 'nobody' }), ['/file/2/service', /Fill it in: once is enough/]],
    [fileOf({ ...first, carrier: 'nobody' }), ['/file/2/carrier', /There is no carrier "nobody"/]],
    [fileOf({ ...first, validFrom: '01/01/2026' }), ['/file/2/validFrom', /Must be a day such as/]],
    [fileOf({ ...first, validUntil: '2025-01-01' }), ['/file/2/validUntil', /Ends before it begins/]],
    [fileOf({ ...first, currency: 'euros' }), ['/file/2/currency', /three capital letters/]],
  ];
  for (const [raw, ...expected] of cases) {
    const found = await refusal(raw);
    expect([raw.toString(), found]).toEqual([
      raw.toString(),
      expected.map(([pointer, detail]) => [pointer, expect.stringMatching(detail)]),
    ]);
  }
  expect(await read('/v1/tariffs/pacco')).toBe(before);
});

test('another kind of body is refused as such', async () => {
  const sent = { method: 'PUT', path: '/v1/tariffs/pacco/file', raw: '{}' };
  await expectProblem(await send(api, sent), 415);
});
