import express, { type RequestHandler, type Response, type Router } from 'express';
import type { Pool } from 'pg';
import type { z } from 'zod';
import { authorizationBody, movementBody, voidBody } from '../contract';
import { createAnnounce, type Outbox } from './announce';
import { authorize } from './authorize';
import type { Keyed } from './keyed';
import { listAuthorizations } from './list';
import { move } from './move';
import { createTables } from './tables';
import { hangs, type Operation } from './tokens';
import { voidRest } from './void';

export interface PaymentSandboxOptions {
  pool: Pool;
  /** Sends the webhooks; without it, none are written. */
  webhooks?: Outbox;
  webhookUrl?: string;
  now?: () => Date;
}

/**
 * The provider as an outside company would run it. Everything it knows is in its own tables, so it may be killed
 * at any moment. Mount the router after `start`.
 */
export function createPaymentSandbox(options: PaymentSandboxOptions): {
  router: Router;
  start(): Promise<void>;
} {
  const { pool, webhooks = null, webhookUrl = null, now = () => new Date() } = options;
  const { announce, wake } = createAnnounce(webhooks, webhookUrl);
  const books = { pool, announce };
  const router = express.Router();
  router.use(express.json({ limit: '100kb' }));
  router.post(
    '/payments/authorizations',
    keyed('authorize', authorizationBody, (key, body) => authorize(books, key, body, now())),
  );
  router.post(
    '/payments/captures',
    keyed('capture', movementBody, (key, body) => move(books, 'capture', key, body, now())),
  );
  router.post(
    '/payments/refunds',
    keyed('refund', movementBody, (key, body) => move(books, 'refund', key, body, now())),
  );
  router.post(
    '/payments/voids',
    keyed('void', voidBody, (key, body) => voidRest(books, key, body, now())),
  );
  router.get('/payments/authorizations', async (request, response) => {
    const orderId = String(request.query.orderId ?? '');
    response.json({ items: await listAuthorizations(pool, orderId) });
  });
  return { router, start: () => createTables(pool) };

  /** One POST: reads key and body, plays the token's failures, and turns the result into HTTP. */
  function keyed<Body extends z.ZodType>(
    operation: Operation | 'void',
    schema: Body,
    run: (key: string, body: z.output<Body>) => Promise<Keyed<{ status: string }>>,
  ): RequestHandler {
    return async (request, response) => {
      const key = request.get('idempotency-key');
      const body = schema.safeParse(request.body);
      if (!key) return problem(response, 400, 'Idempotency-Key is missing');
      if (!body.success) return problem(response, 422, body.error.message);
      const result = await run(key, body.data);
      wake();
      // The effect is there, and its caller never hears of it: the connection stays open until he hangs up.
      if (operation !== 'void' && result.outcome === 'new' && hangs(result.token, operation)) return;
      answer(response, result);
    };
  }
}

function answer(response: Response, result: Keyed<{ status: string }>): void {
  if (result.outcome === 'keyReused') return problem(response, 409, 'This key was used for another request');
  if (result.outcome === 'unavailable') return problem(response, 503, 'Try again later');
  if (result.outcome === 'unknownAuthorization')
    return problem(response, 404, 'There is no such authorisation');
  if (result.outcome === 'replayed') response.set('Idempotent-Replayed', 'true');
  response.status(httpStatusOf(result.answer.status)).json(result.answer);
}

function httpStatusOf(status: string): number {
  if (status === 'declined') return 402;
  return status === 'voided' || status === 'nothingToVoid' ? 200 : 201;
}

function problem(response: Response, status: number, title: string): void {
  response.status(status).json({ title, status });
}
