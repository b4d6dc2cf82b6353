import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { Pool } from 'pg';
import type { z } from 'zod';
import { bookingBody, cancellationBody, handoverBody } from '../contract';
import { book, type Carrier, type Keyed } from './book';
import { cancel } from './cancel';
import { handOver } from './hand-over';
import { listBookings, track } from './look-up';
import type { Outbox } from './scans';
import { createTables } from './tables';
import { renderTrackingPage } from './tracking-page';

export interface CarrierSandboxOptions {
  pool: Pool;
  /** Where this server is reached by people: tracking links start with it. No slash at the end. */
  publicUrl: string;
  /** `auto` plays the life of each parcel by itself; `manual` books, and somebody else plays the carrier. */
  mode: 'auto' | 'manual';
  /** Sends the events of mode `auto`. */
  webhooks: Outbox;
  /** From one scan of a parcel to the next, in milliseconds. */
  speedMs?: number;
  /** Reports some parcels' scans twice and some backwards. */
  isDisorderly?: boolean;
  now?: () => Date;
}

/**
 * The carrier as an outside company would run it. Everything it knows and every scan it will report is in its
 * tables, so it may be killed at any moment. Mount the router after `start`.
 */
export function createCarrierSandbox(options: CarrierSandboxOptions): {
  router: Router;
  start(): Promise<void>;
} {
  const { pool, publicUrl, mode, webhooks, speedMs = 2000, isDisorderly = false } = options;
  const now = options.now ?? (() => new Date());
  const journeys = mode === 'auto' ? { outbox: webhooks, speedMs, isDisorderly } : null;
  const carrier: Carrier = { pool, publicUrl, journeys };
  const router = express.Router();
  router.use(express.json({ limit: '1mb' }));
  router.post(
    '/carrier/bookings',
    keyed(bookingBody, (key, body) => book(carrier, key, body, now())),
  );
  router.post(
    '/carrier/cancellations',
    keyed(cancellationBody, (_, { bookingKey }) => cancel(carrier, bookingKey, now())),
  );
  router.post(
    '/carrier/handovers',
    keyed(handoverBody, (_, { trackingNumbers }) => handOver(carrier, trackingNumbers, now())),
  );
  router.get('/carrier/bookings', async (request, response) => {
    response.json({ items: await listBookings(carrier, String(request.query.reference ?? '')) });
  });
  router.get('/track/:trackingNumber', async (request: Request<{ trackingNumber: string }>, response) => {
    const tracked = await track(carrier, request.params.trackingNumber, now());
    if (!tracked) return problem(response, 404, 'We know no parcel of this number');
    response.type('html').send(renderTrackingPage(tracked));
  });
  return { router, start: () => createTables(pool) };

  /** One POST: reads key and body, and turns the result into HTTP. */
  function keyed<Body extends z.ZodType>(
    schema: Body,
    run: (key: string, body: z.output<Body>) => Promise<Keyed<{ status: string }>>,
  ): RequestHandler {
    return async (request, response) => {
      const key = request.get('idempotency-key');
      const body = schema.safeParse(request.body);
      if (!key) return problem(response, 400, 'Idempotency-Key is missing');
      if (!body.success) return problem(response, 400, body.error.message);
      const result = await run(key, body.data);
      if (journeys && result.outcome === 'new') webhooks.wake();
      answer(response, result);
    };
  }
}

const httpStatuses: Record<string, number> = { booked: 201, refused: 422 };

function answer(response: Response, result: Keyed<{ status: string }>): void {
  if (result.outcome === 'keyReused') return problem(response, 409, 'This key was used for another request');
  if (result.outcome === 'cancelledParcels') return problem(response, 409, 'The booking was cancelled');
  if (result.outcome === 'unknownParcels')
    return problem(response, 404, `We know no parcel ${result.trackingNumbers.join(', ')}`);
  if (result.outcome === 'replayed') response.set('Idempotent-Replayed', 'true');
  response.status(httpStatuses[result.answer.status] ?? 200).json(result.answer);
}

function problem(response: Response, status: number, title: string): void {
  response.status(status).json({ title, status });
}
