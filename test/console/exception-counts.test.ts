import { createApiClient } from '../../api/client';
import type { Database } from '../../store/connect';
import { recordPlaced } from '../api/support/fake-orders';
import { orderInput, setUp } from '../api/support/samples';
import { keyOf } from '../api/support/server';
import { startTestConsole, type TestConsole } from './support/console-server';

let console: TestConsole;
let db: Database;

beforeAll(async () => {
  console = await startTestConsole();
  ({ db } = console.api);
  await setUp(console.api);
  console.api.orders.onStart = (order) => recordPlaced(db, order, 'confirmed');
});
afterAll(() => console.close());

async function onHold(externalReference: string): Promise<string> {
  const channel = createApiClient({ baseUrl: console.api.url, key: keyOf('channel') });
  const { id } = await channel.post<{ id: string }>('/v1/orders', orderInput({ externalReference }), {
    wait: 10,
  });
  await db('orders').where({ id }).update({ status: 'onHold' });
  return id;
}

async function hold(order_id: string, key: string, released_at: Date | null): Promise<void> {
  const why = { type: 'fraud', reason: 'look at it', owner: 'Olga', actor: 'test', placed_at: new Date() };
  await db('order_holds').insert({ ...why, order_id, key, released_at, then_what: 'tellOperations' });
}

const finding = (notice_id: string, resolved_at: Date | null) =>
  db('payment_notices').insert({
    ...{ provider: 'sandbox', type: 'payment.refunded', payload: '{}', outcome: 'finding' },
    ...{ finding: 'Somebody refunded', notice_id, resolved_at },
  });

const proposal = (sku: string, is_open: boolean) =>
  db('reorder_proposals').insert({
    ...{ sku, location_id: 'warehouse', quantity: 3, is_open, owner: 'Olga', reasons: {}, at: new Date() },
  });

/** Each list by its title, with what stands beside it. */
async function counts(): Promise<Record<string, number>> {
  const { text } = await (await console.as('support')).get('/exceptions');
  const titles = text.matchAll(/<h2>([^<]+) <span class="count">(\d+)<\/span><\/h2>/g);
  return Object.fromEntries([...titles].map(([, title, count]) => [title, Number(count)]));
}

it('counts beside each list of exceptions what is in it, and nothing that is over', async () => {
  const none = {
    ...{ Overdue: 0, 'On hold': 0, 'Money to look at': 0, 'Short of stock': 0, 'Not delivered': 0 },
  };
  expect(await counts()).toEqual(none);
  const first = await onHold('one');
  await hold(first, 'a', null);
  await hold(first, 'b', null);
  await hold(await onHold('two'), 'a', null);
  await hold(await onHold('three'), 'a', new Date());
  await finding('open', null);
  await finding('over', new Date());
  await proposal('SHIRT', true);
  await proposal('CAP', false);
  expect(await counts()).toEqual({ ...none, 'On hold': 3, 'Money to look at': 1, 'Short of stock': 1 });
});
