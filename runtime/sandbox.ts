import type { Server } from 'node:http';
import express, { type ErrorRequestHandler } from 'express';
import { createCarrierSandbox } from '../adapters/carrier/sandbox/server';
import { createPaymentSandbox } from '../adapters/payment/sandbox/server';
import { createOutgoingWebhooks } from '../adapters/webhooks/outgoing';
import { webhookSecretFor } from '../domain/webhook-signature';
import { createLog } from './compose';
import type { Config } from './config';
import { listen, type RunningServer } from './http-server';
import { createPreparingPool } from './preparing-pool';

/**
 * The outside companies of the sandbox, in one HTTP server: a payment provider and a carrier. They sign with the
 * secrets that this installation's API expects.
 */
export async function startSandbox(config: Config): Promise<RunningServer> {
  const log = createLog(config, 'sandbox');
  const onError = (error: unknown) => log.warn({ err: error }, 'the sandbox met a problem');
  const pool = createPreparingPool({
    connectionString: config.databaseUrl,
    application_name: 'ordito-sandbox',
  });
  pool.on('error', onError); // An idle connection that breaks is replaced with the next query.
  const outbox = (company: string) =>
    createOutgoingWebhooks({
      pool,
      schema: 'sandbox',
      sender: company,
      secret: webhookSecretFor(config.secret, `${company}:sandbox`),
      onError,
    });
  const paymentWebhooks = outbox('payment');
  const carrierWebhooks = outbox('carrier');
  const { publicUrl } = config.api;
  const { carrierMode: mode, carrierSpeedMs: speedMs } = config.sandbox;
  const companies = [
    createPaymentSandbox({
      pool,
      webhooks: paymentWebhooks,
      webhookUrl: `${publicUrl}/v1/webhooks/payments/sandbox`,
    }),
    createCarrierSandbox({ pool, publicUrl, mode, speedMs, webhooks: carrierWebhooks }),
  ];
  const parts = [...companies, paymentWebhooks, carrierWebhooks];
  for (const part of parts) await part.start();

  const app = express().disable('x-powered-by').disable('etag');
  app.get('/healthz', (_, response) => void response.json({ status: 'ok' }));
  for (const { router } of companies) app.use(router);
  app.use(answerErrors(onError));
  const server = await listen(app, config.sandbox.port, config.sandbox.host);
  const stop = async () => {
    await close(server);
    await Promise.all([paymentWebhooks.stop(), carrierWebhooks.stop()]);
    await pool.end();
  };
  return { port: (server.address() as { port: number }).port, stop };
}

/** A body that is no JSON is the caller's fault; anything else is ours, and is worth trying again. */
const answerErrors =
  (onError: (error: unknown) => void): ErrorRequestHandler =>
  (error: { status?: number }, _request, response, next) => {
    const status = error.status ?? 500;
    if (status >= 500) onError(error);
    if (response.headersSent) return next(error);
    response.status(status).json({ title: status >= 500 ? 'Try again later' : 'Bad request', status });
  };

/** Lets running calls end for a second; those that a token keeps hanging are cut off. */
async function close(server: Server): Promise<void> {
  const cutOff = setTimeout(() => server.closeAllConnections(), 1000);
  await new Promise<void>((done) => {
    server.close(() => done());
    server.closeIdleConnections();
  });
  clearTimeout(cutOff);
}
