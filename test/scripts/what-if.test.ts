import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addUp, emptyReport } from '../../domain/simulation/report';
import { distanceBetween } from '../../domain/sourcing/sight';
import type { OlistTables } from '../../scripts/replay/olist/tables';
import { leastSquares } from '../../scripts/what-if/least-squares';
import { realNetwork, spreadNetwork } from '../../scripts/what-if/network';
import { freightsOf, readPast } from '../../scripts/what-if/past-orders';
import { fitTariff, quoteOf } from '../../scripts/what-if/tariff';
import { tryOlist, tryTables } from '../../scripts/what-if/try-rules';
import { writeReport } from '../../scripts/what-if/write-report';
import { writeOlist } from './replay/olist-rows';

/** Places on one meridian, so that who is nearest can be seen. */
const places: Record<string, number> = { north: 0, middle: -10, south: -20 };
const pointAt = (lat: number) => ({ lat, lng: -45 });

interface Sold {
  from: string;
  to: string;
  products: string[];
}

/** Freight is 5.00, and 2.00 a kilogram, and a hundredth for each kilometre; a day for every 500 km, and two. */
function tablesOf(orders: readonly Sold[], weights: Record<string, number>): OlistTables {
  const kmOf = ({ from, to }: Sold) => distanceBetween(pointAt(places[from]!), pointAt(places[to]!))!;
  const freight = (order: Sold, product: string) =>
    ((500 + 200 * weights[product]! + kmOf(order)) / 100).toFixed(2);
  const day = (days: number) =>
    new Date(Date.UTC(2017, 5, 1) + days * 86_400_000).toISOString().slice(0, 19).replace('T', ' ');
  return {
    orders: orders.map((order, n) => ({
      ...{ order_id: `o${n}`, customer_id: `c${n}`, order_status: 'delivered' },
      ...{
        order_purchase_timestamp: day(n),
        order_approved_at: day(n),
        order_delivered_carrier_date: day(n),
      },
      ...{
        order_delivered_customer_date: day(n + 2 + kmOf(order) / 500),
        order_estimated_delivery_date: day(n + 9),
      },
    })),
    items: orders.flatMap((order, n) =>
      order.products.map((product, index) => ({
        ...{
          order_id: `o${n}`,
          order_item_id: String(index + 1),
          product_id: product,
          seller_id: `s-${order.from}`,
        },
        ...{ price: '10.00', freight_value: freight(order, product) },
      })),
    ),
    payments: [],
    customers: orders.map(({ to }, n) => ({
      ...{ customer_id: `c${n}`, customer_unique_id: `u${n}`, customer_zip_code_prefix: to },
      ...{ customer_city: to, customer_state: to.slice(0, 2).toUpperCase() },
    })),
    sellers: Object.keys(places).map((place) => ({
      ...{ seller_id: `s-${place}`, seller_zip_code_prefix: place, seller_city: place, seller_state: 'XX' },
    })),
    products: Object.entries(weights).map(([product_id, kg]) => ({
      ...{ product_id, product_category_name: product_id.slice(0, 1), product_weight_g: String(kg * 1000) },
      ...{ product_length_cm: '1', product_height_cm: '1', product_width_cm: '1' },
    })),
    geolocation: Object.entries(places).map(([zip_code_prefix, lat]) => ({
      ...{ zip_code_prefix, lat: String(lat), lng: '-45' },
    })),
    translations: [],
  };
}

const weights = { a1: 1, a2: 3, b1: 2 };
const sold: Sold[] = [
  { from: 'north', to: 'south', products: ['a1'] },
  { from: 'south', to: 'south', products: ['a2', 'a2'] },
  { from: 'north', to: 'middle', products: ['a1', 'a2'] },
  { from: 'middle', to: 'north', products: ['b1'] },
  { from: 'north', to: 'north', products: ['a1'] },
  { from: 'south', to: 'north', products: ['a2'] },
];
const tables = tablesOf(sold, weights);

test('the tariff is the line that the file follows', () => {
  const past = readPast(tables);
  const tariff = fitTariff(past, freightsOf(tables, past));
  expect(tariff.perParcel).toBeCloseTo(500, -1);
  expect(tariff.perKg).toBeCloseTo(200, 0);
  expect(tariff.perKm).toBeCloseTo(1, 2);
  expect(tariff.days).toBeCloseTo(2, 3);
  expect(tariff.daysPerKm).toBeCloseTo(1 / 500, 5);
  expect(tariff.explained.cost).toBeGreaterThan(0.999);
  expect(quoteOf(tariff, 1000)).toMatchObject({ base: 1500, perKg: 200, transitDays: 4 });
  expect(quoteOf(tariff, null).base).toBe(quoteOf(tariff, tariff.meanKm).base);
});

test('a straight line is found again, and what says nothing counts nothing', () => {
  const x = [1, 2, 5, 9].map((value) => [1, value, 0]);
  const { coefficients, explained } = leastSquares(
    x,
    x.map(([, value]) => 3 - 2 * value!),
  );
  expect(coefficients.map((each) => Math.round(each * 1e6) / 1e6)).toEqual([3, -2, 0]);
  expect(explained).toBeCloseTo(1, 9);
});

test('stock is spread over who sells most of the category, and nobody’s own products are taken away', () => {
  const past = readPast(tables);
  const plain = (network: ReturnType<typeof realNetwork>) =>
    Object.fromEntries([...network].map(([sku, sellers]) => [sku, Object.fromEntries(sellers)]));
  expect(plain(realNetwork(past))).toEqual({
    a1: { 's-north': 3 },
    a2: { 's-south': 3, 's-north': 1 },
    b1: { 's-middle': 1 },
  });
  expect(plain(spreadNetwork(past, 2))).toEqual({
    a1: { 's-north': 3, 's-south': 3 },
    a2: { 's-south': 4, 's-north': 4 },
    b1: { 's-middle': 1 },
  });
});

test('orders go to the nearest, or the first by priority, and every figure is the sum of the orders’ own', () => {
  const { networks, past } = tryTables(tables, 2);
  expect(past.orders).toHaveLength(6);
  const [, spread] = networks;
  for (const { network, played } of networks)
    for (const { report, comparisons } of played) {
      expect(report).toEqual(addUp(emptyReport, comparisons));
      const pieces = sold.reduce((sum, { products }) => sum + products.length, 0);
      expect([report.before.pieces, report.after.pieces]).toEqual([pieces, pieces]);
      expect(report.after.withoutQuote).toBe(0);
      expect(network.size).toBe(3);
    }
  const [nearest, priority, cheapest] = spread!.played;
  // North sold four pieces, South three: by priority North ships all of category a, at any distance.
  expect(priority!.report.locations['s-south']).toMatchObject({ after: { parcels: 0 } });
  expect(nearest!.report.after.km).toBeLessThan(priority!.report.after.km);
  for (const { report } of [nearest!, priority!])
    expect(cheapest!.report.after.cost.total).toBeLessThanOrEqual(report.after.cost.total);
  // What was really sold can be sold again: in the network as it was nothing is short.
  expect(networks[0]!.played.map(({ report }) => report.after.shortPieces)).toEqual([0, 0, 0]);
});

test('the command writes the same page for the same files', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ordito-what-if-'));
  try {
    writeOlist(folder, {
      ...tables,
      payments: [
        {
          order_id: 'o0',
          payment_sequential: '1',
          payment_type: 'boleto',
          payment_installments: '1',
          payment_value: '1',
        },
      ],
      translations: [{ product_category_name: 'a', product_category_name_english: 'apples' }],
    });
    const out = path.join(folder, 'report.md');
    const root = path.resolve(__dirname, '..', '..');
    execFileSync(
      process.execPath,
      ['--require', 'tsx/cjs', 'scripts/what-if/main.ts', folder, '--out', out, '--places', '2'],
      { cwd: root },
    );
    const page = readFileSync(out, 'utf8');
    expect(page).toBe(writeReport(tryTables(tables, 2)));
    expect(page).toContain('| orders with items | 6 |');
    expect(page).toMatch(
      /freight = 5\.\d\d BRL \+ 2\.\d\d BRL a kilogram \+ 1\.\d\d BRL a hundred kilometres/,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

// The files lie beside the repository on some machines only; where they do, the page in docs must be what they give.
const files = [path.resolve(__dirname, '../../../shared/data/olist')].filter((folder) => existsSync(folder));

test('the page in docs is what the engine makes of the files', () => {
  const page = readFileSync(path.resolve(__dirname, '../../docs/what-if-olist.md'), 'utf8');
  expect(page).toContain('npm run what-if');
  for (const folder of files) expect(writeReport(tryOlist(folder, 5))).toBe(page);
}, 120_000);
