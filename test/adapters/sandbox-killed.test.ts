import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { Client } from 'pg';
import { createSandboxCarrier } from '../../adapters/carrier/sandbox';
import { createSandboxPayments } from '../../adapters/payment/sandbox';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { receive, type Receiver } from './sandbox-host';

const address = { name: 'A', line1: 'B 1', postalCode: '40124', city: 'C', country: 'IT' };
let database: TestDatabase;
let child: ChildProcess | undefined;
let receiver: Receiver | undefined;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await receiver?.stop();
  await database.drop();
});

async function startProcess(speedMs: number): Promise<{ baseUrl: string }> {
  const settings = {
    ORDITO_SECRET: 'a secret of this test and of nobody else',
    DATABASE_URL: database.url,
    PUBLIC_URL: 'http://127.0.0.1:9',
    SANDBOX_PORT: '0',
    CARRIER_MODE: 'auto',
    CARRIER_SPEED_MS: `${speedMs}`,
    LOG_LEVEL: 'silent',
  };
  const file = path.join(__dirname, 'sandbox-process.ts');
  const started = spawn(process.execPath, ['--require', 'tsx/cjs', file, JSON.stringify(settings)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child = started;
  const port = await new Promise<number>((done, fail) => {
    started.once('message', (message) => done((message as { port: number }).port));
    started.once('exit', (code) => fail(new Error(`The sandbox ended with ${code}`)));
  });
  return { baseUrl: `http://127.0.0.1:${port}` };
}
const kill = () =>
  new Promise<void>((done) => {
    child!.once('exit', () => done());
    child!.kill('SIGKILL');
  });

test('killed with -9 in the middle, it forgets nothing: no money moves twice, every parcel arrives', async () => {
  // Takes 25 of the 60 scans, and the rest only after the restart: it is always killed in the middle.
  let hasRestarted = false;
  const hearing = await receive((count) => (count <= 25 || hasRestarted ? 204 : 503));
  receiver = hearing;
  const first = await startProcess(150);
  let payments = createSandboxPayments(first);
  let carrier = createSandboxCarrier(first);
  const amount = { amount: 1000, currency: 'EUR' };
  const order = { orderId: 'ord_1', orderNumber: '1001', method: 'card' as const, instalments: null };
  const asked = { ...order, key: 'k1', amount, token: null };
  const made = await payments.authorize(asked);
  if (made.outcome !== 'authorized') throw new Error('Not authorised');
  const movement = { key: 'k2', authorization: made.reference, amount };
  const captured = await payments.capture(movement);
  const parcels = Array.from({ length: 20 }, (_, index) => ({ sscc: `${index}`, weightGrams: 1 }));
  const request = {
    key: 'b1',
    direction: 'outbound' as const,
    service: 'standard',
    orderNumber: '1001',
    sender: address,
    recipient: address,
    parcels,
    eventsUrl: hearing.url,
  };
  const booked = await carrier.book(request);
  if (booked.outcome !== 'booked') throw new Error('Not booked');
  const trackingNumbers = booked.parcels.map(({ trackingNumber }) => trackingNumber);
  await carrier.handOver({ key: 'h1', trackingNumbers });
  await hearing.until((heard) => heard.length >= 25);
  await kill();
  await Promise.all([payments.close(), carrier.close()]);
  const heardBefore = hearing.heard.length;
  // Whatever it was just sending stays leased to the dead process for a while; take that as over.
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(
    'update sandbox.webhooks set leased_until = null, due_at = now() where delivered_at is null',
  );
  await client.end();

  hasRestarted = true;
  const second = await startProcess(150);
  payments = createSandboxPayments(second);
  carrier = createSandboxCarrier(second);
  expect(await payments.authorize(asked)).toEqual(made);
  expect(await payments.capture(movement)).toEqual(captured);
  expect(await payments.capture({ ...movement, key: 'k3' })).toMatchObject({ outcome: 'declined' });
  expect(await carrier.book(request)).toEqual(booked);
  const arrived = () =>
    hearing.heard
      .filter((_, index) => index < 25 || index >= heardBefore)
      .flatMap(({ body }) => JSON.parse(body).events as { status: string; trackingNumber: string }[])
      .filter(({ status }) => status === 'delivered')
      .map(({ trackingNumber }) => trackingNumber);
  await hearing.until(() => new Set(arrived()).size === 20);
  expect(new Set(arrived())).toEqual(new Set(trackingNumbers));
  await Promise.all([payments.close(), carrier.close()]);
  await kill();
});
