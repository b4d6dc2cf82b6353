import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { CommitSourcingInput, CommitSourcingResult } from '../../store/sourcing/sourcing-outcome';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import type { Task, Told } from './buyers-process';
import { decide } from './support/decide';
import { openWarehouse, type Warehouse } from './support/warehouse';

const orderCount = 240;
const pieces = 100;

let warehouse: Warehouse;
const children: ChildProcess[] = [];
beforeAll(async () => (warehouse = await openWarehouse()));
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await warehouse?.close();
});

/** A process of buyers; ends by itself when it is through, or killed after so many answers. */
async function runBuyers(task: Omit<Task, 'databaseUrl'>, killAfter = Infinity): Promise<Told[]> {
  const file = path.join(__dirname, 'buyers-process.ts');
  const child = spawn(process.execPath, ['--require', 'tsx/cjs', file], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  children.push(child);
  const told: Told[] = [];
  child.on('message', (message) => {
    told.push(message as Told);
    if (told.length === killAfter) child.kill('SIGKILL');
  });
  child.send({ ...task, databaseUrl: warehouse.databaseUrl } satisfies Task);
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect({ code, signal }).toEqual(
    killAfter === Infinity ? { code: 0, signal: null } : { code: null, signal: 'SIGKILL' },
  );
  return told;
}

/** Orders for one hot SKU; every third also wants something that there is plenty of. */
async function planOrders(): Promise<{ hot: string; inputs: CommitSourcingInput[] }> {
  const [hot, plenty] = [await warehouse.freshSku(), await warehouse.freshSku()];
  await warehouse.receive(hot, 'alpha', pieces);
  await warehouse.receive(plenty, 'beta', orderCount);
  const inputs: CommitSourcingInput[] = [];
  for (let index = 0; index < orderCount; index += 1) {
    const lines = index % 3 === 0 ? [hot, plenty] : [hot];
    const order = await warehouse.recordOrder({ lines: lines.map((sku) => ({ sku, quantity: 1 })) });
    inputs.push(decide(order, ['alpha', 'beta'].slice(0, lines.length)));
  }
  return { hot, inputs };
}

test('killed with -9 in the middle, everything sent twice: nothing is oversold, nothing that was told is lost', async () => {
  const { db, store } = warehouse;
  const { hot, inputs } = await planOrders();
  const told = await Promise.all([
    runBuyers({ inputs, isEndless: true }, 40),
    runBuyers({ inputs: [...inputs].reverse(), isEndless: false }),
  ]);
  const final = await Promise.all(
    inputs.flatMap((input) => [store.commitSourcing(input), store.commitSourcing(input)]),
  );
  const answerOf = (index: number): CommitSourcingResult => final[2 * index]!;

  inputs.forEach((_, index) => expect(final[2 * index + 1]).toEqual(answerOf(index)));
  for (const { index, answers } of told[0]!) expect(answers).toEqual([answerOf(index), answerOf(index)]);
  for (const { index, answers } of told[1]!)
    expect(answers).toEqual([answerOf(orderCount - 1 - index), answerOf(orderCount - 1 - index)]);
  expect(told[1]).toHaveLength(orderCount);

  const committed = inputs.filter((_, index) => answerOf(index).outcome === 'committed');
  expect(committed).toHaveLength(pieces);
  expect(await db('stock').where({ sku: hot }).first('on_hand', 'allocated')).toEqual({
    on_hand: pieces,
    allocated: pieces,
  });
  expect(await findStockDifferences(db)).toEqual([]);
  expect(await db('sourcing_decisions').orderBy('order_id').pluck('order_id')).toEqual(
    committed.map(({ orderId }) => orderId).sort(),
  );
  const lines = committed.flatMap(({ decision }) => decision.demand.map(({ lineId }) => lineId)).sort();
  expect(await db('allocations').where({ state: 'held' }).orderBy('line_id').pluck('line_id')).toEqual(lines);
  expect(await db('fulfillment_lines').orderBy('line_id').pluck('line_id')).toEqual(lines);
});
