import { createApiClient } from '../../api/client';
import type { Comparison } from '../../domain/simulation/comparison';
import { addUp, emptyReport } from '../../domain/simulation/report';
import { connect, type Database } from '../../store/connect';
import { openShop, type OrderView } from '../support/shop';
import { startMachines, type Machines } from './support/machines';

const orders = 2_000;

let machines: Machines;
let db: Database;
beforeAll(async () => {
  machines = await startMachines();
  db = connect(machines.databaseUrl, 2);
}, 120_000);
afterAll(async () => {
  await db?.destroy();
  await machines?.stop();
}, 60_000);

/** One order that was really placed, and many that were decided in the same way after it. */
async function placeMany(): Promise<void> {
  const shop = await openShop({ apiUrl: machines.baseUrl, keys: machines.keys, db });
  await shop.stock('PAST', { north: 5, south: 5 });
  const { id } = await shop.place({ reference: 'first', lines: [{ sku: 'PAST', quantity: 2 }] });
  await shop.untilOrder(id, (view) => view.fulfillments.length > 0);
  const copies = { id, copies: orders - 1 };
  await db.raw(
    `INSERT INTO orders (id, number, channel, external_reference, currency, total, content, search_text, placed_at)
     SELECT id || n, number || '-' || n, channel, external_reference || n, currency, total,
            jsonb_set(content, '{id}', to_jsonb(id || n)), search_text, placed_at
     FROM orders, generate_series(1, :copies) AS n WHERE id = :id`,
    copies,
  );
  await db.raw(
    `INSERT INTO sourcing_decisions (order_id, round, at, decision, outcome)
     SELECT order_id || n, round, at + n * interval '1 ms', decision, outcome
     FROM sourcing_decisions, generate_series(1, :copies) AS n WHERE order_id = :id`,
    copies,
  );
}

test('a worker that is killed with -9 in the middle of a simulation leaves none out and tries none twice', async () => {
  await placeMany();
  const support = createApiClient({ baseUrl: machines.baseUrl, key: machines.keys.support });
  const read = (id: string) => support.get<OrderView>(`/v1/rules/simulations/${id}`);
  const { id } = await support.post<OrderView>('/v1/rules/simulations', {
    rules: 'locationPriority',
    to: new Date(Date.now() + 3_600_000).toISOString(),
  });
  const untilDone = async (count: number): Promise<OrderView> => {
    for (;;) {
      const simulation = await read(id);
      if (simulation.done >= count || simulation.state === 'done') return simulation;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  for (const share of [0.05, 0.4]) {
    expect(await untilDone(orders * share)).toMatchObject({ state: 'running' });
    await machines.kill('worker');
  }
  const { report, ...simulation } = await untilDone(orders + 1);
  expect(simulation).toMatchObject({ state: 'done', done: orders, total: orders });

  const rows = await db('rule_simulation_orders').where({ simulation_id: id }).orderBy('position');
  expect(rows.map(({ position }) => position)).toEqual(
    Array.from({ length: orders }, (_, index) => index + 1),
  );
  expect(new Set(rows.map((row) => row.order_id)).size).toBe(orders);
  const tried = rows.map(({ is_changed, days_later, before, after }): Comparison => ({
    ...{ isChanged: is_changed, daysLater: days_later, before, after },
  }));
  const { locations: _, ...sums } = addUp(emptyReport, tried);
  expect(report).toMatchObject(sums);
}, 300_000);
