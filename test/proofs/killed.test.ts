import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, Worker, type WorkflowBundle } from '@temporalio/worker';
import { waitUntil } from '../../runtime/dev/wait-until';
import { installRuntime } from '../../runtime/worker';
import { bundleOptions } from '../../runtime/workflow-bundle';
import { connect, type Database } from '../../store/connect';
import { findCreditDifferences } from '../../store/payment/find-credit-differences';
import { findPaymentDifferences } from '../../store/payment/find-payment-differences';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import type { OrderView } from '../support/shop';
import type { Machine } from './support/blows';
import { startMachines, type Machines } from './support/machines';
import { planMorning, playMorning, stepsOf, stockUp, type PlannedOrder } from './support/morning';

/** 50 is the full size; the small one keeps the whole suite quick. */
const orderCount = Number(process.env.ORDITO_PROOF_ORDERS ?? 12);

let machines: Machines;
let workflowBundle: WorkflowBundle;
beforeAll(async () => {
  installRuntime({ logLevel: 'silent' } as Parameters<typeof installRuntime>[0]);
  workflowBundle = await bundleWorkflowCode(bundleOptions(require.resolve('../../workflows')));
  machines = await startMachines();
}, 120_000);
afterAll(() => machines?.stop(), 60_000);

interface Item {
  [name: string]: unknown;
}
async function ask(path: string): Promise<Item[]> {
  return ((await (await fetch(machines.sandboxUrl + path)).json()) as { items: Item[] }).items;
}

test.each<Machine>(['worker', 'api', 'postgres', 'temporal'])(
  'killed with -9 in the middle of running orders and started again, all reach their end: %s',
  async (machine) => {
    const orders = planMorning(machine.toUpperCase(), orderCount);
    await stockUp(machines, orders);
    const steps = stepsOf(orders);
    const killings: Promise<unknown>[] = [];
    let done = 0;
    const ended = await playMorning(machines, orders, () => {
      done += 1;
      // Early, while most are on their way in, and late, while most are on their way out.
      if (done === Math.floor(steps / 4) || done === Math.floor((steps * 2) / 3))
        killings.push(machines.kill(machine).catch((error: unknown) => error));
    });
    expect(await Promise.all(killings)).toEqual([undefined, undefined]);

    expect(ended.map(({ status }) => status)).toEqual(orders.map(() => 'completed'));
    for (const [index, view] of ended.entries()) await expectOneOfEverything(orders[index]!, view);
    await expectAgreement(orders, ended);
    await expectWorkflowsEnded(ended);
  },
  600_000,
);

/** One authorisation, one capture and one label a parcel, in our tables and in the companies' own books. */
async function expectOneOfEverything(planned: PlannedOrder, view: OrderView): Promise<void> {
  expect(view.lines[0].byState).toEqual({ delivered: planned.quantity });
  expect(view).toMatchObject({ paymentStatus: 'captured', waitingFor: [], total: { amount: planned.total } });
  expect(view.fulfillments).toHaveLength(planned.parts);
  const [books, ...more] = await ask(`/payments/authorizations?orderId=${view.id}`);
  expect(more).toEqual([]);
  expect(books).toMatchObject({
    ...{ status: 'authorized', amount: planned.total, captured: planned.total, refunded: 0, voided: 0 },
    captures: Array.from({ length: planned.parts }, () => ({ status: 'succeeded' })),
  });
  const bookings = await ask(`/carrier/bookings?reference=${view.number}`);
  expect(bookings).toMatchObject(
    Array.from({ length: planned.parts }, () => ({ status: 'booked', parcels: [{}] })),
  );
  const kinds = view.documents.map(({ kind }: OrderView) => kind).sort();
  const each = (kind: string) => Array.from({ length: planned.parts }, () => kind);
  expect(kinds).toEqual(['orderConfirmation', ...each('packingSlip'), ...each('shippingLabel')]);
}

/** Stock and money are what their ledgers come to, and everybody was told. */
async function expectAgreement(orders: readonly PlannedOrder[], ended: readonly OrderView[]): Promise<void> {
  const db = connect(machines.databaseUrl, 2);
  try {
    expect(await findStockDifferences(db)).toEqual([]);
    expect(await findPaymentDifferences(db)).toEqual([]);
    expect(await findCreditDifferences(db)).toEqual([]);
    await expectEmptyShelves(db, orders);
    await expectEverybodyTold(db, ended);
  } finally {
    await db.destroy();
  }
}

async function expectEmptyShelves(db: Database, orders: readonly PlannedOrder[]): Promise<void> {
  const skus = [...new Set(orders.map(({ sku }) => sku))];
  const left = await db('stock').whereIn('sku', skus).whereRaw('(on_hand, allocated) <> (0, 0)');
  expect(left).toEqual([]);
}

/** One mail of each kind was asked for, and all that had to leave has left. */
async function expectEverybodyTold(db: Database, views: readonly OrderView[]): Promise<void> {
  const ids = views.map(({ id }) => id);
  const waiting = async () => (await db('outbox').whereIn('order_id', ids).whereNull('delivered_at')).length;
  expect(await waitUntil(async () => (await waiting()) === 0, 60_000, 250)).toBe(true);
  for (const view of views) {
    const mails = await db('outbox').where({ order_id: view.id, kind: 'mail' }).select('payload');
    const each = (name: string) => view.fulfillments.map(() => name);
    expect(mails.map(({ payload }) => payload.template).sort()).toEqual([
      ...each('delivered'),
      'orderConfirmed',
      ...each('shipped'),
    ]);
  }
}

/** And another kill would not have stopped them: their histories replay. */
async function expectWorkflowsEnded(views: readonly OrderView[]): Promise<void> {
  const connection = await Connection.connect({ address: machines.temporalAddress });
  const { workflow } = new Client({ connection });
  const handles = views.map(({ workflowId }) => workflow.getHandle(workflowId));
  const ends = await Promise.all(handles.map((handle) => handle.result()));
  expect(ends).toEqual(views.map(() => ({ status: 'completed' })));
  for (const handle of handles)
    await Worker.runReplayHistory({ workflowBundle }, await handle.fetchHistory(), handle.workflowId);
  await connection.close();
}
