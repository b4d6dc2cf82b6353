import { Client, Connection } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { loadWorkflowBundle } from '../../runtime/workflow-bundle';
import { waitUntil } from '../../runtime/dev/wait-until';
import { deliveredSignal } from '../../workflows/messages';
import { openShop, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let shop: Shop;
let connection: Connection;

beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
  connection = await Connection.connect(system.config.temporal.connectionOptions);
});
afterAll(async () => {
  await connection?.close();
  await system?.stop();
});

const handleOf = ({ workflowId }: OrderView) => new Client({ connection }).workflow.getHandle(workflowId);

const eventsOf = async (view: OrderView) => (await handleOf(view).fetchHistory()).events ?? [];

/** What the order's history had done as activities of their own, in this order. */
const activitiesOf = async (view: OrderView): Promise<(string | null | undefined)[]> =>
  (await eventsOf(view)).flatMap(({ activityTaskScheduledEventAttributes: scheduled }) =>
    scheduled ? [scheduled.activityType?.name] : [],
  );

/** What it had done within its own tasks. */
const localStepsOf = async (view: OrderView): Promise<string[]> =>
  (await eventsOf(view)).flatMap(({ markerRecordedEventAttributes: marker }) => {
    const data = marker?.details?.data?.payloads?.[0];
    return data ? [defaultPayloadConverter.fromPayload<{ activity_type: string }>(data).activity_type] : [];
  });

async function ship(reference: string, token: string): Promise<OrderView> {
  await shop.stock(reference, { north: 1 });
  const tenders = [{ method: 'card', token }];
  const { id } = await shop.place({ reference, lines: [{ sku: reference, quantity: 1 }], tenders });
  const view = await shop.untilOrder(id, ({ status }) => status === 'confirmed');
  const [work] = view.fulfillments;
  await shop.pack(view, work.id);
  await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ship`);
  await shop.untilEvent(id, 'paymentCaptured');
  return shop.order(id);
}

async function deliver(reference: string, token: string): Promise<OrderView> {
  const view = await ship(reference, token);
  await shop.report(view, 'delivered');
  await shop.untilEvent(view.id, 'delivered');
  return shop.order(view.id);
}

const booksOf = async ({ id }: OrderView): Promise<OrderView[]> => {
  const answer = await fetch(`${system.config.sandbox.url}/payments/authorizations?orderId=${id}`);
  return ((await answer.json()) as { items: OrderView[] }).items;
};

test('what companies answer in a moment costs an order no activity', async () => {
  const view = await deliver('at-once-1', 'tok_ok');
  expect(view.paymentStatus).toBe('captured');
  expect(await activitiesOf(view)).toEqual([]);
  // The last is in the history a moment after what it did is in the database.
  expect(await waitUntil(async () => (await localStepsOf(view)).includes('recordDelivery'), 20_000)).toBe(
    true,
  );
  expect(await localStepsOf(view)).toEqual([
    'recordOrder',
    'authorizePayments',
    'confirmOrder',
    'bookShipment',
    'settleShipment',
    'recordDelivery',
  ]);
});

test('a step that fails at once is tried until it succeeds, and what it does happens once', async () => {
  const refused = await deliver('at-once-2', 'tok_unavailable_twice');
  expect(await activitiesOf(refused)).toEqual(['authorizePayments']);
  const late = await deliver('at-once-3', 'tok_capture_unavailable_twice');
  expect(await activitiesOf(late)).toEqual(['settleShipment']);
  for (const view of [refused, late]) {
    expect(view.paymentStatus).toBe('captured');
    const [books, ...more] = await booksOf(view);
    expect(more).toEqual([]);
    expect(books).toMatchObject({
      captured: view.total.amount,
      captures: [{ status: 'succeeded' }],
    });
  }
});

test('a provider that took effect and does not answer is waited for by an activity, and books once', async () => {
  const view = await deliver('at-once-4', 'tok_timeout_after_success');
  expect(await activitiesOf(view)).toContain('authorizePayments');
  const [books, ...more] = await booksOf(view);
  expect(more).toEqual([]);
  expect(books).toMatchObject({ captured: view.total.amount });
});

test('what our database does not do in time is left to an activity, and happens once', async () => {
  const view = await ship('at-once-5', 'tok_ok');
  // The step before is over: on a busy machine it may itself be an activity by now.
  const isIdle = async () => {
    const { raw } = await handleOf(view).describe();
    return !raw.pendingWorkflowTask && !raw.pendingActivities?.length;
  };
  expect(await waitUntil(isIdle, 20_000)).toBe(true);
  const lock = await system.db.transaction();
  try {
    await lock('orders').where({ id: view.id }).forUpdate().first('id');
    await handleOf(view).signal(deliveredSignal, { fulfillmentId: view.fulfillments[0].id });
    const isLeft = async () => (await activitiesOf(view)).includes('recordDelivery');
    await waitUntil(isLeft, 25_000, 200);
    expect(await activitiesOf(view)).toContain('recordDelivery');
  } finally {
    await lock.rollback();
  }
  await shop.untilEvent(view.id, 'delivered');
  expect(await system.db('order_events').where({ order_id: view.id, type: 'delivered' })).toHaveLength(1);
  const mails = await system.db('outbox').where({ order_id: view.id, kind: 'mail' }).select('payload');
  expect(mails.filter(({ payload }) => payload.template === 'delivered')).toHaveLength(1);
  const workflowBundle = await loadWorkflowBundle(system.config.home);
  await Worker.runReplayHistory({ workflowBundle }, await handleOf(view).fetchHistory(), view.workflowId);
});
