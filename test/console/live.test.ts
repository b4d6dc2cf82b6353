import { get, type IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import type { Response } from 'express';
import { createApiClient } from '../../api/client';
import { hashApiKey } from '../../api/key-hash';
import { createFeed, createLive } from '../../console/live';
import { recordStep } from '../../store/story/record-step';
import { recordPlaced } from '../api/support/fake-orders';
import { orderInput, setUp } from '../api/support/samples';
import { keyOf, testSecret } from '../api/support/server';
import { startTestConsole, type TestConsole } from './support/console-server';
import type { TestVisitor } from './support/visitor';

let console: TestConsole;
beforeAll(async () => {
  console = await startTestConsole();
  await setUp(console.api);
});
afterAll(() => console.close());

const place = async (reference: string): Promise<string> => {
  console.api.orders.onStart = (order) => recordPlaced(console.api.db, order, 'confirmed');
  const channel = createApiClient({ baseUrl: console.api.url, key: keyOf('channel') });
  const receipt = await channel.post<{ id: string }>(
    '/v1/orders',
    orderInput({ externalReference: reference }),
    {
      wait: 10,
    },
  );
  return receipt.id;
};
const change = (orderId: string, key: string) =>
  recordStep(console.api.db, {
    orderId,
    at: new Date().toISOString(),
    events: [{ key, type: 'workReleased', actor: 'system' }],
  });

/** A stream of events, as a browser hears it. */
async function listen(visitor: TestVisitor, path: string) {
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const stream = await new Promise<IncomingMessage>((resolve, reject) => {
    get(console.url + path, { headers: { Cookie: cookie }, agent: false }, resolve).once('error', reject);
  });
  let text = '';
  const waiting: (() => void)[] = [];
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    for (const look of waiting) look();
  });
  const ended = new Promise<void>((resolve) => stream.once('close', resolve));
  const hears = (words: string) =>
    new Promise<void>((resolve) => {
      const look = () => text.includes(words) && resolve();
      waiting.push(look);
      look();
    });
  return { status: stream.statusCode, hears, said: () => text, ended, leave: () => stream.destroy() };
}

it('tells which orders changed, each to those who may see it', async () => {
  const [mine, other] = [await place('L-1'), await place('L-2')];
  const support = await console.as('support');
  const all = await listen(support, '/live');
  const one = await listen(support, `/live/orders/${mine}`);
  await console.api.deps.store.saveKey({
    id: 'till',
    role: 'channel',
    name: 'till',
    keyHash: hashApiKey(testSecret, 'till-key'),
    boundTo: 'till',
  });
  const till = await listen(await console.signedIn('till-key'), '/live');
  // The first poll finds where the stories end; only what comes behind that is news.
  await all.hears('retry');
  await Promise.all([untilHeard(all, other), untilHeard(all, mine), untilHeard(one, mine)]);
  expect(one.said()).not.toContain(other);
  expect(till.said()).not.toContain('ord_');
  for (const stream of [all, one, till]) stream.leave();
});

/** Changes the order until the stream, whose start nobody can see from outside, has told of it. */
async function untilHeard(stream: Awaited<ReturnType<typeof listen>>, orderId: string): Promise<void> {
  let isHeard = false;
  const heard = stream.hears(orderId).then(() => (isHeard = true));
  for (let times = 1; !isHeard && times < 50; times += 1) {
    await change(orderId, `change ${orderId} ${times} ${Math.random()}`);
    await Promise.race([heard, new Promise((resolve) => setTimeout(resolve, 200))]);
  }
  await heard;
}

it('is for people who are signed in and may see orders or their work', async () => {
  expect((await listen(console.visitor(), '/live')).status).toBe(401);
  expect((await listen(await console.as('carrier'), '/live')).status).toBe(403);
});

it('ends all streams when the process stops', async () => {
  const stopping = await startTestConsole();
  const cookies = (await stopping.as('support')).cookies;
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const stream = await new Promise<IncomingMessage>((resolve) => {
    get(`${stopping.url}/live`, { headers: { Cookie: cookie }, agent: false }, resolve);
  });
  const ended = new Promise<void>((resolve) => stream.resume().once('end', resolve));
  await stopping.pages.closeLive();
  await ended;
  await stopping.close();
});

it('waits for the read that is under way when the process stops, and reads no more', async () => {
  const told: string[] = [];
  let answer = (_: number): void => undefined;
  let closeLive = (): Promise<void> => Promise.resolve();
  const begun = new Promise<void>((resolve) => {
    const reads = {
      readLastEventId: () => (resolve(), new Promise<number>((found) => (answer = found))),
      readChanges: () => Promise.resolve((told.push('read'), [])),
    };
    const live = createLive(reads, { warn: () => told.push('trouble') } as never);
    closeLive = () => live.close();
    live.subscribe(openAnswer(told), { hears: () => true, isStillWelcome: () => Promise.resolve(true) });
  });
  await begun;
  const closed = closeLive().then(() => told.push('closed'));
  answer(1);
  await closed;
  expect(told).toEqual(['ended', 'read', 'closed']);
});

/** As much of an answer of Express as a stream of events needs. */
function openAnswer(told: string[]): Response {
  const answer: object = Object.assign(new PassThrough(), {
    status: () => answer,
    set: () => answer,
    end: () => told.push('ended'),
  });
  return answer as Response;
}

describe('the feed of changes', () => {
  const row = (id: number) => ({ id, orderId: `ord_${id}`, channel: 'web' });

  it('gives each row once, also one that was committed behind a later one', async () => {
    let committed = [row(11), row(13)];
    const asked: number[] = [];
    const feed = createFeed(
      {
        readChanges: ({ after }) => {
          asked.push(after);
          return Promise.resolve(committed.filter(({ id }) => id > after).sort((a, b) => a.id - b.id));
        },
      },
      10,
    );
    const ids = async (nowMs: number) => (await feed.read(nowMs)).map(({ id }) => id);
    expect(await ids(0)).toEqual([11, 13]);
    committed = [...committed, row(12), row(14)];
    expect(await ids(400)).toEqual([12, 14]);
    expect(await ids(800)).toEqual([]);
    expect(await ids(5_000)).toEqual([]);
    expect(await ids(5_400)).toEqual([]);
    // What is settled is not read again and again.
    expect(asked.at(-1)).toBe(14);
  });
});
