import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { orderWorkflowId } from '../../domain/ids';
import { pickFreePorts } from '../../runtime/dev/ports';
import { createProcesses, type Processes } from '../../runtime/dev/processes';
import { startTemporal } from '../../runtime/dev/temporal-server';
import { findPaymentDifferences } from '../../store/payment/find-payment-differences';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { openShop, type Shop } from '../support/shop';
import { stories } from '../support/stories';
import { startSystem, type TestSystem } from '../support/system';

/** So few events make a history long: an order goes on in a new run again and again. */
const longHistory = 12;

let home: string;
let processes: Processes;
let connection: Connection;
let system: TestSystem;
let shop: Shop;

beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'ordito-continued-'));
  processes = createProcesses({ home, say: () => undefined });
  const [port] = await pickFreePorts(1);
  const { address } = await startTemporal({
    ...{ cli: process.env.TEST_TEMPORAL_CLI!, port: port!, env: process.env, processes },
    dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': longHistory },
  });
  connection = await Connection.connect({ address });
  system = await startSystem({ TEMPORAL_ADDRESS: address });
  shop = await openShop(system);
}, 60_000);
afterAll(async () => {
  await system?.stop();
  await connection?.close();
  await processes.stopAll();
  rmSync(home, { recursive: true, force: true });
});

/** The runs of an order, each a history of its own. */
async function runsOf(workflowId: string): Promise<string[]> {
  const { workflow } = new Client({ connection });
  const runs: string[] = [];
  for await (const run of workflow.list({ query: `WorkflowId = '${workflowId}'` }))
    runs.push(run.status.name);
  return runs;
}

describe('an order that goes on in new runs comes to the same end', () => {
  test.each(Object.keys(stories))('%s', async (name) => {
    const reference = `continued-${name}`;
    await stories[name]!(shop, reference);
    const { channel } = await system.db('orders').where({ external_reference: reference }).first('channel');
    const runs = await runsOf(orderWorkflowId(channel, reference));
    if (!['declined', 'cancelled'].includes(name)) expect(runs).toContain('CONTINUED_AS_NEW');
    expect(runs.filter((status) => status === 'FAILED')).toEqual([]);
    expect(await findStockDifferences(system.db)).toEqual([]);
    expect(await findPaymentDifferences(system.db)).toEqual([]);
  });

  test('and answers whoever asks to cancel while it goes over', async () => {
    for (let run = 1; run <= 6; run += 1) {
      const sku = `GOING-OVER-${run}`;
      await shop.stock(sku, { north: 1 });
      const { id } = await shop.place({
        reference: `continued-cancel-${run}`,
        lines: [{ sku, quantity: 1 }],
      });
      const view = await shop.order(id);
      // Packing books the carrier: enough events for a new run, at the moment at which somebody cancels.
      const packing = shop.pack(view, view.fulfillments[0].id).catch(() => 'too late');
      const cancelling = shop.as.support.post(`/v1/orders/${id}/cancel`, { reason: 'customerRequest' });
      await Promise.all([packing, cancelling]);
      await shop.untilOrder(id, (each) => each.status === 'cancelled' && each.waitingFor.length === 0);
    }
    expect(await findStockDifferences(system.db)).toEqual([]);
  });
});
