import { at, authorized } from './support/ladder';
import { openWorld, type World } from './support/world';

let world: World;
beforeAll(async () => (world = await openWorld()));
afterAll(() => world?.close());

test('a refund that a notice settled before its step was repeated is told with its amount', async () => {
  const { store, db } = world.warehouse;
  const { order } = await authorized(world, { tenders: [{ method: 'bankTransfer' }] });
  const orderId = order.id;
  await store.receiveTransfer({
    ...{ orderId, amount: 1000, currency: 'EUR', reference: 'B-1', actor: 'test', at },
    orderUrl: 'http://localhost/o',
  });
  const ask = { orderId, reason: 'customerRequest', at };
  await world.activities.cancelOrder({ ...ask, actor: 'user', decision: 'cancelled' });
  // The step asked for the refund and died; the provider's notice told what came of it.
  const subject = `${orderId}:cancel`;
  const refunds = await store.planGivingBack({ orderId, subject, due: 1000, refundTo: 'tenders' });
  const answers = refunds.map(({ key }) => ({ key, outcome: 'done' as const, reference: 'ref_N' }));
  await store.settleMovements({ answers, step: { orderId, at } });

  await world.activities.giveMoneyBack({ ...ask, isDeclined: false });
  const event = await db('order_events').where({ order_id: orderId, type: 'moneyGivenBack' }).first('data');
  expect(event.data).toEqual({ refunded: 1000 });
  const mail = await db('outbox')
    .where({ key: `mail:cancelled:${orderId}` })
    .first('payload');
  expect(mail.payload.data.moneyReturned).toEqual({ amount: 1000, currency: 'EUR' });
  expect(await db('payments').where({ order_id: orderId }).first('captured', 'refunded')).toEqual({
    captured: 1000,
    refunded: 1000,
  });
});
