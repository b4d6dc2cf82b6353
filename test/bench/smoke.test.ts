import { measureAvailability } from '../../bench/benches/availability';
import { measureHotStock } from '../../bench/benches/hot-stock';
import { measureSourcing } from '../../bench/benches/sourcing';
import type { BenchResult } from '../../bench/report/result';
import { asMarkdown, asText } from '../../bench/report/table';
import { connect, type Database } from '../../store/connect';
import { readSellable } from '../../store/stock/read-sellable';
import { createTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  db = connect(database.url, 8);
});
afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

const figure = ({ figures }: BenchResult, what: string): number =>
  figures.find((each) => each.what === what)!.value;

// How fast a loaded machine is proves nothing; that every figure is measured, and that nothing is oversold, does.
test('the benchmarks of stock, availability and sourcing run', async () => {
  const results = [
    await measureSourcing({ rounds: 1, decisions: 40, large: 2 }),
    await measureAvailability(db, { skus: 30, locations: 5, rounds: 1, reads: 40, clients: 4 }, (sku) =>
      readSellable(db, [sku]),
    ),
    await measureHotStock(db, { rounds: 1, units: 40, unitsAlone: 20, clients: 8 }),
  ];
  for (const result of results) {
    expect(result.figures.filter(({ value }) => !Number.isFinite(value))).toEqual([]);
    expect(asText(result)).toContain(result.title);
    expect(asMarkdown(result)).not.toContain('unknown');
  }
  expect(figure(results[2]!, 'oversold pieces')).toBe(0);
  expect(figure(results[2]!, 'lost pieces')).toBe(0);
});
