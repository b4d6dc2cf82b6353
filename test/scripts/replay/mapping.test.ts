import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { locationBody, productBody } from '../../../api/contract/catalogue';
import { orderBody } from '../../../api/contract/orders';
import { checkOrderSums } from '../../../domain/order/totals';
import { takeFirst, type DataSet } from '../../../scripts/replay/data-set';
import { decimalOf, hundredthsOf } from '../../../scripts/replay/minor-units';
import { valueLines } from '../../../scripts/replay/northwind/line-values';
import { mapNorthwind } from '../../../scripts/replay/northwind/read';
import { feeSku } from '../../../scripts/replay/olist/catalogue';
import { mapOlist } from '../../../scripts/replay/olist/read';
import { readDataSet } from '../../../scripts/replay/recognise';
import { northwindTables } from './northwind-rows';
import { olistTables, writeOlist } from './olist-rows';

const find = (data: DataSet, reference: string) =>
  data.orders.find(({ input }) => input.externalReference === reference)!;
const sum = (amounts: number[]) => amounts.reduce((a, b) => a + b, 0);

/** What the API would say to every body of a data set. */
function refusals(data: DataSet): unknown[] {
  const bodies = [
    ...data.orders.map(({ input }) => orderBody.safeParse(input)),
    ...[...data.products.values()].map((product) => productBody.safeParse(product)),
    ...[...data.locations.values()].map((location) => locationBody.safeParse(location)),
  ];
  const unsound = data.orders.flatMap(({ input }) => checkOrderSums({ pricesIncludeTax: true, ...input }));
  return [...bodies.filter(({ success }) => !success), ...unsound];
}

describe('decimals of the files', () => {
  test.each([
    ['32.3800011', 3238],
    ['9.80000019', 980],
    ['0.0299999993', 3],
    ['0.150000006', 15],
    ['16.5', 1650],
    ['14', 1400],
    ['0.005', 1],
    ['0.00499999', 0],
    ['0.995', 100],
  ])('%s is %d hundredths, half up', (text, hundredths) => {
    expect(hundredthsOf(text)).toBe(hundredths);
  });

  test.each(['', '1,5', '-3', '1e3', 'abc', '1.2.3'])('"%s" is refused', (text) => {
    expect(() => hundredthsOf(text)).toThrow('Not a decimal');
  });

  test('noise behind the second decimal never matters', () => {
    const noisy = fc.tuple(fc.nat(10_000_000), fc.nat(4)).map(([cents, noise]) => ({ cents, noise }));
    fc.assert(
      fc.property(noisy, ({ cents, noise }) => {
        const text = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}0${noise}`;
        expect(hundredthsOf(text)).toBe(cents);
      }),
    );
  });

  test('are written with thousands', () => {
    expect([126_579_304, 5, -1250].map(decimalOf)).toEqual(['1,265,793.04', '0.05', '-12.50']);
  });
});

describe('Olist', () => {
  const data = mapOlist(olistTables());

  test('gives bodies that the API takes, sums included', () => {
    expect(refusals(data)).toEqual([]);
  });

  test('makes every payment a tender of its own kind', () => {
    const { input, giftCards } = find(data, 'delivered-two-sellers');
    expect(input.tenders).toEqual([
      { method: 'card', amount: { amount: 10_094, currency: 'BRL' }, token: 'tok_ok' },
      { method: 'giftCard', amount: { amount: 4000, currency: 'BRL' }, token: giftCards[0]!.code },
    ]);
    expect(giftCards).toEqual([{ code: expect.any(String), amount: 4000 }]);
    expect(find(data, 'delivered-two-of-one').input.tenders[0]).toMatchObject({ instalments: 8 });
    expect(find(data, 'processing').transfers).toMatchObject([{ tender: 0, amount: 1200 }]);
    expect(find(data, 'same-product-elsewhere').input.tenders[0]!.method).toBe('card');
  });

  test('joins pieces of one offer to a line', () => {
    const { input, file } = find(data, 'delivered-two-of-one');
    expect(input.lines).toMatchObject([{ sku: 'p1', quantity: 2, unitPrice: { amount: 2199 } }]);
    expect(input.shipping.price.amount).toBe(2370);
    expect(file).toEqual({
      goods: 4398,
      freight: 2370,
      adjustment: 0,
      payments: [{ kind: 'credit_card', amount: 6768 }],
    });
  });

  test('ships every line from its own seller', () => {
    const { demand } = find(data, 'delivered-two-sellers');
    expect(demand.map(({ locationId }) => locationId)).toEqual(['olist-s1', 'olist-s2']);
    const skus = ['vouchers-and-nothing', 'same-product-elsewhere'].map(
      (reference) => find(data, reference).input.lines[0]!.sku,
    );
    expect(new Set(skus).size).toBe(2);
    expect(skus.every((sku) => data.products.has(sku))).toBe(true);
  });

  test('accounts for every cent that payments add or lack, and names it', () => {
    const fee = find(data, 'with-interest').input.lines[1];
    expect(fee).toMatchObject({ sku: feeSku, unitPrice: { amount: 2512 }, title: 'Interest on instalments' });
    expect(find(data, 'a-cent-less').input.lines[0]!.discount).toEqual({ amount: 1, currency: 'BRL' });
    expect(find(data, 'a-cent-more').input.lines[1]).toMatchObject({ sku: feeSku, unitPrice: { amount: 1 } });
    const named = data.remarks.filter(({ amount }) => amount !== undefined);
    expect(named.map(({ reference, amount }) => [reference, amount])).toEqual([
      ['with-interest', 2512],
      ['a-cent-less', -1],
      ['a-cent-more', 1],
    ]);
  });

  test('leaves out a payment of nothing, and says so', () => {
    const { input, file } = find(data, 'vouchers-and-nothing');
    expect(input.tenders.map(({ amount }) => amount.amount)).toEqual([2000, 1500]);
    expect(file.payments).toHaveLength(2);
    expect(data.remarks).toContainEqual({
      reference: 'vouchers-and-nothing',
      what: 'a voucher of 0.00 is left out',
    });
  });

  test('takes each order where its row says', () => {
    const goals = data.orders.map(({ input, goal }) => [input.externalReference, goal]);
    expect(Object.fromEntries(goals)).toMatchObject({
      'delivered-two-of-one': 'delivered',
      'vouchers-and-nothing': 'shipped',
      processing: 'picking',
      invoiced: 'confirmed',
      'cancelled-paid': 'cancelled',
      unavailable: 'cancelled',
    });
    expect(find(data, 'cancelled-paid').transfers).toHaveLength(1);
    expect(find(data, 'cancelled-unpaid').transfers).toEqual([]);
  });

  test("keeps the row's dates, and names those that it lacks", () => {
    const { input, handedOverAt, deliveredAt } = find(data, 'delivered-two-of-one');
    expect(input.placedAt).toBe('2017-11-20T12:02:11.000Z');
    expect([handedOverAt, deliveredAt]).toEqual(['2017-11-23T11:00:00.000Z', '2017-11-28T21:30:00.000Z']);
    expect(
      data.remarks.filter(({ what }) => what.startsWith('no date')).map((each) => each.reference),
    ).toEqual(['a-cent-more']);
  });

  test('lists what cannot be played with its reason and its money', () => {
    expect(data.unplayable).toEqual([
      { reference: 'no-items', rowStatus: 'unavailable', reason: 'no items' },
      {
        reference: 'unknown-payment',
        rowStatus: 'canceled',
        reason: 'unknown means of payment "not_defined"',
      },
    ]);
    expect(data.unplayedPayments).toEqual([
      { kind: 'credit_card', amount: 7700 },
      { kind: 'not_defined', amount: 1200 },
    ]);
  });

  test('knows sizes and points where the file does', () => {
    expect(data.products.get('p1')).toEqual({
      title: 'Health beauty p1',
      category: 'health_beauty',
      weightGrams: 250,
      dimensionsMm: { length: 300, width: 200, height: 100 },
    });
    expect(data.products.get('p3')).not.toHaveProperty('weightGrams');
    expect(data.locations.get('olist-s1')!.address.point).toEqual({ lat: -23.55, lng: -46.63 });
    expect(data.locations.get('olist-s2')!.address).not.toHaveProperty('point');
  });

  test('is the same every time, and the first orders need only their own', () => {
    expect(mapOlist(olistTables())).toEqual(data);
    const first = takeFirst(data, 1);
    expect([first.orders.length, first.products.size, first.locations.size]).toEqual([1, 1, 1]);
    expect(first.remarks).toEqual([]);
  });
});

describe('Northwind', () => {
  const data = mapNorthwind(northwindTables());

  test('gives bodies that the API takes, sums included', () => {
    expect(refusals(data)).toEqual([]);
  });

  test('takes a fraction of a line off, in whole cents', () => {
    const { input } = find(data, '10248');
    expect(input.lines).toMatchObject([
      { quantity: 12, unitPrice: { amount: 1400 } },
      { quantity: 10, unitPrice: { amount: 980 }, discount: { amount: 1470 } },
    ]);
    expect(input.total.amount).toBe(12 * 1400 + 8330 + 3238);
    expect(input.shipping.method).toBe('Federal Shipping');
  });

  test('stops where nothing was shipped, and delivers the rest', () => {
    expect(data.orders.map(({ goal }) => goal)).toEqual(['delivered', 'confirmed', 'delivered']);
  });

  test('writes countries as ISO knows them', () => {
    const countries = data.orders.map(({ input }) => input.shippingAddress!.country);
    expect(countries).toEqual(['FR', 'GB', 'IE']);
    expect(data.locations.get('northwind-2')!.address.country).toBe('US');
    expect(find(data, '10250').input.shippingAddress!.postalCode).toBe('none');
  });

  test('carries the rounding on, so that the book comes to its exact sum', () => {
    const detail = (unit_price: string, quantity: number, discount: string) => ({
      order_id: 'x',
      product_id: '1',
      unit_price,
      quantity: String(quantity),
      discount,
    });
    const line = fc
      .tuple(
        fc.integer({ min: 1, max: 30_000 }),
        fc.integer({ min: 1, max: 130 }),
        fc.integer({ min: 0, max: 25 }),
      )
      .map(([cents, quantity, percent]) =>
        detail(decimalOf(cents).replace(',', ''), quantity, decimalOf(percent)),
      );
    fc.assert(
      fc.property(fc.array(fc.array(line, { minLength: 1, maxLength: 6 }), { maxLength: 30 }), (orders) => {
        const { values, exactTotal } = valueLines(orders);
        const netOf = (at: number) =>
          values[at]!.map(({ unitPrice, quantity, discount }) => unitPrice * quantity - discount);
        expect(sum(orders.flatMap((_, at) => netOf(at)))).toBe(Math.floor((exactTotal + 50) / 100));
        orders.forEach((lines, at) =>
          netOf(at).forEach((net, index) => {
            const { unitPrice, quantity } = values[at]![index]!;
            const exact = unitPrice * quantity * (100 - hundredthsOf(lines[index]!.discount));
            expect(Math.abs(net * 100 - exact)).toBeLessThan(100);
          }),
        );
      }),
    );
  });
});

describe('a folder', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ordito-olist-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is recognised by its files', () => {
    writeOlist(folder, olistTables());
    expect(readDataSet(folder)).toEqual(mapOlist(olistTables()));
  });

  test('of neither layout, or none, is told in one sentence', () => {
    expect(() => readDataSet(__dirname)).toThrow('has no layout that is known here');
    expect(() => readDataSet(path.join(folder, 'nowhere'))).toThrow('There is no folder');
  });
});

// The public files lie beside the repository on some machines only; where they do, all of them must map.
const shared = path.resolve(__dirname, '../../../../shared/data');
const known = [
  { name: 'olist', orders: 3510, unplayable: 539, differing: 20, goods: 51_228_514, freight: 8_046_142 },
  { name: 'northwind', orders: 830, unplayable: 0, differing: 0, goods: 126_579_304, freight: 6_494_269 },
].filter(({ name }) => existsSync(path.join(shared, name)));

test('the public data sets map whole, to the cent', () => {
  for (const { name, orders, unplayable, differing, goods, freight } of known) {
    const data = readDataSet(path.join(shared, name));
    expect(refusals(data)).toEqual([]);
    expect([data.orders.length, data.unplayable.length]).toEqual([orders, unplayable]);
    expect(data.remarks.filter(({ amount }) => amount !== undefined)).toHaveLength(differing);
    expect(sum(data.orders.map(({ file }) => file.goods))).toBe(goods);
    expect(sum(data.orders.map(({ file }) => file.freight))).toBe(freight);
    expect(data.knownGoods.every(({ amount }) => amount === goods)).toBe(true);
    const paid = sum(data.orders.flatMap(({ file }) => file.payments.map(({ amount }) => amount)));
    expect(sum(data.orders.map(({ input }) => input.total.amount))).toBe(paid);
  }
});
