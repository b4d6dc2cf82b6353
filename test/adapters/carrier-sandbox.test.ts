import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { createSandboxCarrier, type SandboxCarrier } from '../../adapters/carrier/sandbox';
import { createCarrierSandbox } from '../../adapters/carrier/sandbox/server';
import { parcelOf, trackingNumberOf } from '../../adapters/carrier/sandbox/server/tracking-number';
import { createOutgoingWebhooks } from '../../adapters/webhooks/outgoing';
import { verifyWebhook } from '../../domain/webhook-signature';
import type { BookingRequest } from '../../ports/carrier';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { openPool, receive, type Receiver, serveRouter } from './sandbox-host';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
let database: TestDatabase;
let pool: Pool;
let receiver: Receiver;
let running: Awaited<ReturnType<typeof start>> | undefined;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url);
});
beforeEach(async () => {
  receiver = await receive();
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await receiver.stop();
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** The carrier's process, and our adapter that calls it. */
async function start(
  over: { mode?: 'auto' | 'manual'; speedMs?: number; isDisorderly?: boolean; now?: () => Date } = {},
) {
  const webhooks = createOutgoingWebhooks({
    pool,
    schema: 'sandbox',
    sender: 'carrier',
    secret,
    retryMs: 5,
    now: over.now,
  });
  await webhooks.start();
  const sandbox = createCarrierSandbox({
    pool,
    publicUrl: 'http://parcels.example',
    mode: 'auto',
    speedMs: 1,
    webhooks,
    ...over,
  });
  await sandbox.start();
  const host = await serveRouter(sandbox.router);
  const carrier: SandboxCarrier = createSandboxCarrier({ baseUrl: host.url });
  const stop = async () => {
    await carrier.close();
    await webhooks.stop();
    await host.stop();
  };
  return { carrier, url: host.url, stop };
}

const address = (name: string, postalCode = '40124') => ({
  name,
  line1: 'Via Zamboni 33',
  postalCode,
  city: 'Bologna',
  country: 'IT',
});
const booking = (over: Partial<BookingRequest> = {}): BookingRequest => ({
  key: randomUUID(),
  direction: 'outbound',
  service: 'standard',
  orderNumber: `N-${randomUUID()}`,
  sender: address('Warehouse'),
  recipient: address('Ada Rossi'),
  parcels: [{ sscc: '380000000000000014', weightGrams: 1200 }],
  eventsUrl: `${receiver.url}/v1/carriers/sandbox/events`,
  ...over,
});
async function bookWith(carrier: SandboxCarrier, request: BookingRequest) {
  const result = await carrier.book(request);
  if (result.outcome !== 'booked') throw new Error(`Refused: ${result.code}`);
  return result.parcels;
}
const numbersOf = (parcels: { trackingNumber: string }[]) =>
  parcels.map(({ trackingNumber }) => trackingNumber);
const eventsOf = ({ heard }: Receiver) => heard.flatMap(({ body }) => JSON.parse(body).events);
const statusesOf = (from: Receiver, trackingNumber: string) =>
  eventsOf(from)
    .filter((event) => event.trackingNumber === trackingNumber)
    .map(({ status }) => status);
async function recordsOf(url: string, orderNumber: string) {
  const response = await fetch(`${url}/carrier/bookings?reference=${orderNumber}`);
  return ((await response.json()) as { items: Record<string, unknown>[] }).items;
}

describe('booking', () => {
  test('gives every parcel a tracking number of its own, the same for the same key', async () => {
    running = await start();
    const { carrier, url } = running;
    const sscc = ['380000000000000014', '380000000000000021'];
    const request = booking({ parcels: sscc.map((one) => ({ sscc: one, weightGrams: 500 })) });
    const [first, ...others] = await Promise.all(Array.from({ length: 6 }, () => bookWith(carrier, request)));
    for (const other of others) expect(other).toEqual(first);
    expect(first!.map((parcel) => parcel.sscc)).toEqual(sscc);
    expect(new Set(numbersOf(first!)).size).toBe(2);
    for (const { trackingNumber, trackingUrl } of first!) {
      expect(trackingNumber).toMatch(/^SBX\d{12}$/);
      expect(trackingUrl).toBe(`http://parcels.example/track/${trackingNumber}`);
    }
    expect(await recordsOf(url, request.orderNumber)).toHaveLength(1);
    await expect(carrier.book({ ...request, service: 'express' })).rejects.toMatchObject({
      name: 'UnexpectedAnswer',
      message: expect.stringContaining('HTTP 409'),
    });
  });

  test('is refused where the carrier does not go, for a return by where it starts', async () => {
    running = await start();
    const nowhere = address('Ada Rossi', '00000');
    const refused = { outcome: 'refused', code: 'unserviceable', message: expect.any(String) };
    const request = booking({ recipient: nowhere });
    expect(await running.carrier.book(request)).toEqual(refused);
    expect(await running.carrier.book(request)).toEqual(refused);
    expect(await running.carrier.book(booking({ direction: 'return', sender: nowhere }))).toEqual(refused);
  });

  test('can be cancelled until the parcel is handed over', async () => {
    running = await start({ mode: 'manual' });
    const { carrier, url } = running;
    const request = booking();
    const [parcel] = await bookWith(carrier, request);
    const call = { key: randomUUID(), bookingKey: request.key };
    expect(await carrier.cancel(call)).toEqual({ outcome: 'cancelled' });
    expect(await carrier.cancel(call)).toEqual({ outcome: 'cancelled' });
    expect(await recordsOf(url, request.orderNumber)).toMatchObject([{ status: 'cancelled' }]);
    const late = { key: randomUUID(), trackingNumbers: [parcel!.trackingNumber] };
    await expect(carrier.handOver(late)).rejects.toThrow('HTTP 409');

    const gone = booking();
    await carrier.handOver({ key: randomUUID(), trackingNumbers: numbersOf(await bookWith(carrier, gone)) });
    expect(await carrier.cancel({ key: randomUUID(), bookingKey: gone.key })).toEqual({
      outcome: 'nothingToCancel',
    });
  });

  test('that comes after its own cancellation is refused', async () => {
    running = await start();
    const request = booking();
    const call = { key: randomUUID(), bookingKey: request.key };
    expect(await running.carrier.cancel(call)).toEqual({ outcome: 'nothingToCancel' });
    expect(await running.carrier.book(request)).toMatchObject({ outcome: 'refused', code: 'cancelled' });
  });

  test('a carrier that is not there is unavailable', async () => {
    running = await start();
    const gone = await serveRouter(
      createCarrierSandbox({ pool, publicUrl: '', mode: 'manual', webhooks: {} as never }).router,
    );
    await gone.stop();
    const carrier = createSandboxCarrier({ baseUrl: gone.url, timeoutMs: 2000 });
    await expect(carrier.book(booking())).rejects.toMatchObject({ name: 'CarrierUnavailable' });
    await carrier.close();
  });
});

describe('the life of a parcel', () => {
  test('begins with the hand-over and is reported in order, signed', async () => {
    running = await start();
    const { carrier } = running;
    const numbers = numbersOf(await bookWith(carrier, booking()));
    await carrier.handOver({ key: 'h1', trackingNumbers: numbers });
    await carrier.handOver({ key: 'h1', trackingNumbers: numbers });
    await receiver.until((heard) => heard.length >= 3);
    expect(statusesOf(receiver, numbers[0]!)).toEqual(['inTransit', 'outForDelivery', 'delivered']);
    const events = eventsOf(receiver);
    expect(new Set(events.map(({ id }) => id)).size).toBe(3);
    expect(events[0]).toEqual({
      id: `${numbers[0]}-1`,
      trackingNumber: numbers[0],
      status: 'inTransit',
      occurredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      description: 'Received in the depot',
    });
    expect([...events].sort((a, b) => a.occurredAt.localeCompare(b.occurredAt))).toEqual(events);
    for (const { headers, body } of receiver.heard)
      expect(verifyWebhook(secret, headers, body, new Date()).outcome).toBe('valid');
  });

  test.each([
    ['Ada LOST', '40124', ['inTransit', 'lost']],
    ['Ada FAILED', '40124', ['inTransit', 'outForDelivery', 'failed']],
    ['Ada RETURNED', '40124', ['inTransit', 'outForDelivery', 'failed', 'returned']],
    ['Ada UNDERWAY', '40124', ['inTransit']],
    ['Ada Rossi', '00001', ['inTransit', 'lost']],
    ['Lost Boys', '40124', ['inTransit', 'outForDelivery', 'delivered']],
  ])('of %s at %s is its own', async (name, postalCode, statuses) => {
    running = await start();
    const parcels = await bookWith(running.carrier, booking({ recipient: address(name, postalCode) }));
    await running.carrier.handOver({ key: randomUUID(), trackingNumbers: numbersOf(parcels) });
    await receiver.until((heard) => heard.length >= statuses.length);
    expect(statusesOf(receiver, parcels[0]!.trackingNumber)).toEqual(statuses);
  });

  test('of a return begins by itself, and can be called off before the first scan', async () => {
    running = await start({ speedMs: 60_000 });
    const kept = booking({ direction: 'return' });
    await bookWith(running.carrier, kept);
    const call = { key: randomUUID(), bookingKey: kept.key };
    expect(await running.carrier.cancel(call)).toEqual({ outcome: 'cancelled' });
    await running.stop();

    running = await start();
    const sent = await bookWith(running.carrier, booking({ direction: 'return' }));
    await receiver.until((heard) => heard.length >= 3);
    expect(statusesOf(receiver, sent[0]!.trackingNumber)).toEqual([
      'inTransit',
      'outForDelivery',
      'delivered',
    ]);
  });

  test('is reported twice and backwards by a disorderly carrier, the same events nevertheless', async () => {
    running = await start({ isDisorderly: true });
    const three = ['1', '2', '3'].map((sscc) => ({ sscc, weightGrams: 1 }));
    const numbers = numbersOf(await bookWith(running.carrier, booking({ parcels: three })));
    await running.carrier.handOver({ key: 'h', trackingNumbers: numbers });
    await receiver.until((heard) => heard.length >= 12);
    const inOrder = ['inTransit', 'outForDelivery', 'delivered'];
    const reported = numbers.map((one) => statusesOf(receiver, one));
    expect(reported).toContainEqual(inOrder);
    expect(reported).toContainEqual([...inOrder].reverse());
    expect(reported).toContainEqual(inOrder.flatMap((status) => [status, status]));
    expect(new Set(eventsOf(receiver).map(({ id }) => id)).size).toBe(9);
  });

  test('goes on where it was after a restart', async () => {
    let now = new Date('2026-03-01T10:00:00Z');
    running = await start({ speedMs: 3_600_000, now: () => now });
    const numbers = numbersOf(await bookWith(running.carrier, booking()));
    await running.carrier.handOver({ key: 'h', trackingNumbers: numbers });
    await running.stop();
    // An hour later the first scan is due; two more hours later all are.
    now = new Date('2026-03-01T11:00:00Z');
    running = await start({ now: () => now });
    await receiver.until((heard) => heard.length >= 1);
    expect(statusesOf(receiver, numbers[0]!)).toEqual(['inTransit']);
    const page = await (await fetch(`${running.url}/track/${numbers[0]}`)).text();
    expect(page).toContain('Handed over to us');
    await running.stop();
    now = new Date('2026-03-01T13:00:00Z');
    running = await start({ now: () => now });
    await receiver.until((heard) => heard.length >= 3);
    expect(statusesOf(receiver, numbers[0]!)).toEqual(['inTransit', 'outForDelivery', 'delivered']);
  });

  test('is nobody’s but its player’s in mode manual', async () => {
    running = await start({ mode: 'manual' });
    const numbers = numbersOf(await bookWith(running.carrier, booking()));
    await running.carrier.handOver({ key: 'h', trackingNumbers: numbers });
    const { rows } = await pool.query('select id from sandbox.webhooks where thread = any($1)', [numbers]);
    expect(rows).toEqual([]);
  });
});

describe('what it does not know', () => {
  test('is a tracking number that nobody booked, or mistyped', async () => {
    running = await start();
    const [parcel] = await bookWith(running.carrier, booking());
    const { trackingNumber } = parcel!;
    const mistyped = trackingNumber.replace(/.$/, (last) => String((Number(last) + 1) % 10));
    for (const number of [mistyped, 'SBX000000000000', "x' or true --"]) {
      const call = { key: randomUUID(), trackingNumbers: [trackingNumber, number] };
      await expect(running.carrier.handOver(call)).rejects.toThrow('HTTP 404');
      expect((await fetch(`${running.url}/track/${encodeURIComponent(number)}`)).status).toBe(404);
    }
    expect(receiver.heard).toEqual([]);
  });

  test('a mistyped digit is noticed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99_999_999_999 }),
        fc.nat(11),
        fc.integer({ min: 1, max: 9 }),
        (n, at, by) => {
          const right = trackingNumberOf(n);
          expect(parcelOf(right)).toBe(n);
          const place = 3 + at;
          const wrong = `${right.slice(0, place)}${(Number(right[place]) + by) % 10}${right.slice(place + 1)}`;
          expect(parcelOf(wrong)).toBeNull();
        },
      ),
    );
  });
});
