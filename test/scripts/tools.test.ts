import { createServer, type IncomingMessage, type Server } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ApiProblem } from '../../api/client';
import { inParallel } from '../../scripts/in-parallel';
import { createClients } from '../../scripts/patient-client';
import { describe as describeProgress, startProgressBar } from '../../scripts/progress-bar';
import { findRunningSystem, type RunningSystem } from '../../scripts/running-system';
import { textTable } from '../../scripts/text-table';

const home = mkdtempSync(path.join(tmpdir(), 'ordito-tools-'));
let server: Server;
let baseUrl: string;
let heard: IncomingMessage[] = [];
let answers: [status: number, body: object][] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    heard.push(request);
    request.resume();
    const [status, body] = request.url === '/readyz' ? [200, {}] : (answers.shift() ?? [200, { ok: true }]);
    if (status === 0) return void request.socket.destroy();
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  heard = [];
  answers = [];
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(home, { recursive: true });
});

const write = (name: string, value: object) => writeFileSync(path.join(home, name), JSON.stringify(value));
const env = { ORDITO_HOME: home };

describe('finding the running system', () => {
  test('tells what to do where nothing was started', async () => {
    await expect(findRunningSystem({}, env)).rejects.toThrow(/Nothing was started from .*npm start/);
  });

  test('takes the address and one key from the flags', async () => {
    const system = await findRunningSystem({ baseUrl: `${baseUrl}/`, key: 'all' }, env);
    expect(system).toMatchObject({ baseUrl, console: null, carrier: null });
    expect(new Set(Object.values(system.keys))).toEqual(new Set(['all']));
  });

  test('reads what npm start wrote down', async () => {
    write('places.json', { api: baseUrl, console: `${baseUrl}/`, mail: null, carrier: 'auto' });
    write('demo-keys.json', { admin: 'a', channel: 'c' });
    const system = await findRunningSystem({}, env);
    expect(system).toMatchObject({ baseUrl, carrier: 'auto', keys: { admin: 'a', channel: 'c' } });
  });

  test('tells that what was started does not answer any more', async () => {
    write('places.json', { api: 'http://127.0.0.1:9' });
    await expect(findRunningSystem({ key: 'x' }, env)).rejects.toThrow(/No system is ready at .*npm start/);
  });
});

describe('a patient client', () => {
  const clients = (patienceMs: number) =>
    createClients({ baseUrl, keys: { admin: 'a' } } as unknown as RunningSystem, patienceMs);

  test('asks again with the same key while the system is in trouble', async () => {
    answers = [
      [503, {}],
      [0, {}],
      [409, { type: 'urn:ordito:problem:under-way' }],
      [200, { id: 'x' }],
    ];
    const answer = await clients(10_000).admin.post('/v1/things', {}, { idempotencyKey: 'k1' });
    expect(answer).toEqual({ id: 'x' });
    expect(heard.map(({ headers }) => headers['idempotency-key'])).toEqual(['k1', 'k1', 'k1', 'k1']);
  });

  test('takes a refusal for an answer', async () => {
    answers = [[422, { detail: 'no' }]];
    await expect(clients(10_000).admin.get('/v1/things')).rejects.toBeInstanceOf(ApiProblem);
    expect(heard).toHaveLength(1);
  });

  test('does not ask for ever', async () => {
    answers = [
      [503, {}],
      [503, {}],
    ];
    await expect(clients(0).admin.get('/v1/things')).rejects.toMatchObject({ status: 503 });
    expect(heard).toHaveLength(1);
  });
});

describe('work side by side', () => {
  test('is never wider than told, and all of it is done', async () => {
    let [now, most] = [0, 0];
    const done: number[] = [];
    await inParallel(
      Array.from({ length: 20 }, (_, index) => index),
      3,
      async (item) => {
        most = Math.max(most, (now += 1));
        await new Promise((resolve) => setImmediate(resolve));
        now -= 1;
        done.push(item);
      },
    );
    expect([most, done.length]).toEqual([3, 20]);
  });

  test('stops when told, and throws the first failure when the rest has ended', async () => {
    const done: number[] = [];
    await inParallel(
      [1, 2, 3],
      1,
      async (item) => void done.push(item),
      () => done.length === 2,
    );
    expect(done).toEqual([1, 2]);
    const failing = inParallel([1, 2], 2, (item) =>
      item === 1 ? Promise.reject(new Error('one')) : Promise.resolve(),
    );
    await expect(failing).rejects.toThrow('one');
  });
});

describe('what people see', () => {
  test('progress tells how far, how fast and how long', () => {
    expect(describeProgress('Orders', 1204, 3510, 52.06, '')).toBe(
      `Orders ${'━'.repeat(9)}${'─'.repeat(19)} 1,204/3,510  52.1/s  45 s left`,
    );
    expect(describeProgress('Orders', 10, 2000, 0.5, '3 retries')).toContain('66 min 20 s left  3 retries');
    expect(describeProgress('Nothing', 0, 0, 0, '')).toContain('0/0');
  });

  test('progress is plain lines where there is no terminal', () => {
    const lines: string[] = [];
    const progress = startProgressBar('Orders', 2, { write: (text) => lines.push(text) });
    progress.tick();
    progress.say('said');
    progress.end();
    expect(lines[0]).toBe('said\n');
    expect(lines[1]).toMatch(/^Orders .* 1\/2/);
    expect(lines.every((line) => line.endsWith('\n') && !line.includes('\u001b'))).toBe(true);
  });

  test('a table stands in columns', () => {
    expect(
      textTable(
        ['State', 'n'],
        [
          ['delivered', '7'],
          ['x', '12'],
        ],
        [1],
      ),
    ).toBe('State       n\n─────────  ──\ndelivered   7\nx          12');
  });
});
