import type { Pool } from 'pg';
import { createOutgoingWebhooks, type NewWebhook } from '../../adapters/webhooks/outgoing';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { openPool, receive } from './sandbox-host';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
let database: TestDatabase;
let pool: Pool;
beforeEach(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url);
});
afterEach(async () => {
  await pool.end();
  await database.drop();
});

const create = (over: Partial<Parameters<typeof createOutgoingWebhooks>[0]> = {}) =>
  createOutgoingWebhooks({ pool, schema: 'sandbox', sender: 'test', secret, retryMs: 1, ...over });
const webhook = (url: string, id: string, thread: string, dueAt = new Date()): NewWebhook => ({
  id,
  thread,
  url,
  payload: { id },
  dueAt,
});
async function enqueue(sender: ReturnType<typeof create>, webhooks: NewWebhook[]): Promise<void> {
  const client = await pool.connect();
  await sender.enqueue(client, webhooks);
  client.release();
  sender.wake();
}
const idsOf = (heard: { body: string }[]) => heard.map(({ body }) => JSON.parse(body).id as string);

test('what one process left unsent, the next one sends', async () => {
  const deaf = await receive(() => 500);
  const first = create({ retryMs: 60_000 });
  await first.start();
  await enqueue(first, [webhook(deaf.url, 'a', 't'), webhook(deaf.url, 'b', 't')]);
  await deaf.until((heard) => heard.length >= 1);
  await first.stop();
  await deaf.stop();

  const receiver = await receive();
  await pool.query('update sandbox.webhooks set url = $1', [receiver.url]);
  // By the clock of the next process the minute is over, and so is any lease.
  const second = create({ now: () => new Date(Date.now() + 120_000) });
  await second.start();
  await receiver.until((heard) => heard.length >= 2);
  expect(idsOf(receiver.heard)).toEqual(['a', 'b']);
  await second.stop();
  await receiver.stop();
});

test('gives up after its attempts and goes on with what is behind', async () => {
  const receiver = await receive((count) => (count <= 3 ? 404 : 200));
  const sender = create({ attempts: 3 });
  await sender.start();
  await enqueue(sender, [webhook(receiver.url, 'poison', 't'), webhook(receiver.url, 'next', 't')]);
  await receiver.until((heard) => heard.length >= 4);
  expect(idsOf(receiver.heard)).toEqual(['poison', 'poison', 'poison', 'next']);
  await sender.stop();
  const { rows } = await pool.query(
    'select given_up_at is not null as gone from sandbox.webhooks order by position',
  );
  expect(rows[0]).toEqual({ gone: true });
  await receiver.stop();
});

test('a thread keeps its order whatever is due first, other threads do not wait for it', async () => {
  const receiver = await receive();
  const sender = create();
  await sender.start();
  const later = new Date(Date.now() + 300);
  await enqueue(sender, [
    webhook(receiver.url, 'a1', 'a', later),
    webhook(receiver.url, 'a2', 'a', new Date(0)),
    webhook(receiver.url, 'b1', 'b'),
  ]);
  await receiver.until((heard) => heard.length >= 3);
  expect(idsOf(receiver.heard)).toEqual(['b1', 'a1', 'a2']);
  await sender.stop();
  await receiver.stop();
});

test('an id is enqueued once, and senders do not see each other', async () => {
  const receiver = await receive();
  const [sender, other] = [create(), create({ sender: 'other' })];
  await Promise.all([sender.start(), other.start()]);
  await enqueue(sender, [webhook(receiver.url, 'a', 't')]);
  await enqueue(sender, [webhook(receiver.url, 'a', 't')]);
  await enqueue(other, [webhook(receiver.url, 'a', 't')]);
  await receiver.until((heard) => heard.length >= 2);
  await Promise.all([sender.stop(), other.stop()]);
  expect(idsOf(receiver.heard)).toEqual(['a', 'a']);
  await receiver.stop();
});

test('threads that nobody tried to send are taken back, and never some of several', async () => {
  const receiver = await receive();
  const sender = create();
  await sender.start();
  const tomorrow = new Date(Date.now() + 86_400_000);
  await enqueue(sender, [webhook(receiver.url, 'a', 'waiting', tomorrow)]);
  await enqueue(sender, [webhook(receiver.url, 'b', 'begun'), webhook(receiver.url, 'c', 'begun', tomorrow)]);
  await receiver.until((heard) => heard.length >= 1);
  const client = await pool.connect();
  expect(await sender.withdraw(client, ['waiting', 'begun'])).toBe(false);
  const before = await pool.query('select id from sandbox.webhooks order by id');
  expect(before.rows).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
  expect(await sender.withdraw(client, ['waiting'])).toBe(true);
  client.release();
  const { rows } = await pool.query('select id from sandbox.webhooks order by id');
  expect(rows).toEqual([{ id: 'b' }, { id: 'c' }]);
  await sender.stop();
  await receiver.stop();
});
