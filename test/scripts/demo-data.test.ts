import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hashApiKey } from '../../api/key-hash';
import { isValidGtin } from '../../domain/shipping/gs1';
import { loadDemoData } from '../../runtime/dev/seed/load-demo-data';
import { demoKeysFile, saveDemoKeys } from '../../runtime/dev/seed/demo-keys';
import { demoLocations } from '../../runtime/dev/seed/locations';
import { demoProducts } from '../../runtime/dev/seed/products';
import { demoTariffs } from '../../runtime/dev/seed/tariffs';
import { quotesFor } from '../../domain/tariffs/quotes-for';
import { tariffProblems } from '../../domain/tariffs/tariff-problems';
import { connect, type Database } from '../../store/connect';
import { findKey } from '../../store/keys/find-key';
import { saveKey } from '../../store/keys/save-key';
import { createTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let db: Database;
const home = mkdtempSync(path.join(tmpdir(), 'ordito-seed-'));

beforeAll(async () => {
  database = await createTestDatabase();
  db = connect(database.url, 4);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
  rmSync(home, { recursive: true });
});

const rowsOf = async <Row>(sql: string): Promise<Row[]> => (await db.raw<{ rows: Row[] }>(sql)).rows;

describe('the demo retailer', () => {
  test('is loaded once, and what people changed since stays', async () => {
    expect(await loadDemoData(db, new Date())).toBe('loaded');
    await db('products').where('sku', 'LUME-300').update({ title: 'Renamed by hand' });
    const before = await rowsOf('SELECT * FROM stock ORDER BY sku, location_id');
    expect(await loadDemoData(db, new Date())).toBe('loadedBefore');
    expect(await rowsOf('SELECT * FROM stock ORDER BY sku, location_id')).toEqual(before);
    expect(await db('products').where('sku', 'LUME-300').first('title')).toEqual({
      title: 'Renamed by hand',
    });
  });

  test('has tariffs for every location and country that could be let in by hand', () => {
    const locationIds = demoLocations.map(({ id }) => id);
    for (const tariff of demoTariffs)
      expect(tariffProblems(tariff, { carriers: ['sandbox'], locationIds })).toEqual([]);
    for (const { id, address } of demoLocations) {
      const from = { locationId: id, country: address.country, postalCode: address.postalCode };
      const asked = { weightGrams: 1500, day: '2026-03-02', lane: { from, to: { country: 'IT' } } };
      for (const method of ['standard', 'economy', 'express'])
        expect(quotesFor(demoTariffs, { method, ...asked })).toHaveLength(1);
    }
  });

  test('has a ledger that sums to the counters', async () => {
    const differences = await rowsOf(`
      SELECT s.sku, s.location_id FROM stock AS s
      LEFT JOIN (SELECT sku, location_id, sum(on_hand) AS on_hand, sum(incoming) AS incoming
                 FROM stock_ledger GROUP BY 1, 2) AS l USING (sku, location_id)
      WHERE s.on_hand <> coalesce(l.on_hand, 0) OR s.incoming <> coalesce(l.incoming, 0)`);
    expect(differences).toEqual([]);
  });

  test('has stock of every kind: plenty, low, sold out, and on its way', async () => {
    const totals = await rowsOf<{ sku: string; available: number; incoming: number }>(`
      SELECT sku, sum(greatest(0, on_hand - safety_stock))::int AS available, sum(incoming)::int AS incoming
      FROM stock GROUP BY sku`);
    const count = (is: (row: (typeof totals)[number]) => boolean) => totals.filter(is).length;
    expect(count((row) => row.available > 50)).toBeGreaterThan(30);
    expect(count((row) => row.available > 0 && row.available <= 5)).toBeGreaterThan(2);
    expect(count((row) => row.available === 0)).toBeGreaterThan(2);
    expect(count((row) => row.available === 0 && row.incoming > 0)).toBeGreaterThan(1);
  });

  test('is a network of warehouses, stores and suppliers in several countries', () => {
    const count = (type: string) => demoLocations.filter((location) => location.type === type).length;
    expect([count('warehouse'), count('store'), count('supplier')]).toEqual([2, 4, 2]);
    expect(new Set(demoLocations.map(({ address }) => address.country)).size).toBeGreaterThanOrEqual(3);
    expect(demoLocations.every(({ address }) => address.point !== undefined)).toBe(true);
  });

  test('sells around 60 SKUs, each with its own valid GTIN, weight, size and price', () => {
    expect(demoProducts.length).toBeGreaterThanOrEqual(55);
    expect(demoProducts.length).toBeLessThanOrEqual(65);
    expect(new Set(demoProducts.map(({ sku }) => sku)).size).toBe(demoProducts.length);
    expect(new Set(demoProducts.map(({ gtin }) => gtin)).size).toBe(demoProducts.length);
    for (const product of demoProducts) {
      expect(isValidGtin(product.gtin!)).toBe(true);
      expect(product.gtin).toMatch(/^29\d{11}$/);
      expect(product.weightGrams).toBeGreaterThan(0);
      expect(product.price!.amount).toBeGreaterThan(0);
      expect(Object.values(product.dimensionsMm!)).toHaveLength(3);
    }
  });
});

describe('the suppliers of the demo', () => {
  test('sell what is to be reordered, and nothing is short at first', async () => {
    const points = await rowsOf<{ sku: string; position: number; point: number; sellers: number }>(`
      SELECT r.sku, r.point, s.on_hand - s.unsellable - s.reserved - s.allocated + s.incoming AS position,
             (SELECT count(*)::int FROM supplier_items AS i WHERE i.sku = r.sku) AS sellers
      FROM reorder_points AS r JOIN stock AS s USING (sku, location_id)`);
    expect(points).toHaveLength(3);
    for (const { position, point, sellers } of points) {
      expect(sellers).toBeGreaterThan(0);
      expect(position).toBeGreaterThan(point);
    }
  });
});

describe('the demo keys', () => {
  const pepper = 'a pepper for the seed';
  const save = () => saveDemoKeys(home, pepper, (key) => saveKey(db, key));

  test('are one a role, open what is stored, and stay the same', async () => {
    const keys = await save();
    expect(Object.keys(keys)).toEqual(['admin', 'channel', 'carrier', 'warehouse', 'store', 'support']);
    for (const [role, key] of Object.entries(keys))
      expect(await findKey(db, hashApiKey(pepper, key))).toMatchObject({ role });
    expect(await save()).toEqual(keys);
    expect(JSON.parse(readFileSync(demoKeysFile(home), 'utf8'))).toEqual(keys);
    expect(statSync(demoKeysFile(home)).mode & 0o077).toBe(0);
  });
});
