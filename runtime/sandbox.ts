import { createServer, type Server } from 'node:http';
import express, { type ErrorRequestHandler } from 'express';
import { Pool } from 'pg';
import { createCarrierSandbox } from '../adapters/carrier/sandbox/server';
import { createPaymentSandbox } from '../adapters/payment/sandbox/server';
import { createOutgoingWebhooks } from '../adapters/webhooks/outgoing';

export interface SandboxOptions {
  databaseUrl: string;
  host?: string;
  /** 0 takes a free one. */
  port: number;
  /** Where people reach this server: tracking links start with it. */
  publicUrl: string;
  payment: {
    /** Standard Webhooks secret. */
    secret: string;
    /** Where payments are reported whose authorisation names no URL; nowhere when missing. */
    webhookUrl?: string;
  };
  carrier: { secret: string; mode: 'auto' | 'manual'; speedMs?: number; isDisorderly?: boolean };
  /** Hears what went wrong inside; the sandbox goes on. */
  onError?: (error: unknown) => void;
}

/** The outside companies of the sandbox, in one HTTP server: a payment provider and a carrier. */
export async function startSandbox(
  options: SandboxOptions,
): Promise<{ port: number; stop(): Promise<void> }> {
  const { payment, carrier, onError = () => undefined } = options;
  const pool = new Pool({ connectionString: options.databaseUrl, application_name: 'ordito-sandbox' });
  pool.on('error', onError); // An idle connection that breaks is replaced with the next query.
  const outbox = (sender: string, secret: string) =>
    createOutgoingWebhooks({ pool, schema: 'sandbox', sender, secret, onError });
  const paymentWebhooks = outbox('payment', payment.secret);
  const carrierWebhooks = outbox('carrier', carrier.secret);
  const companies = [
    createPaymentSandbox({ pool, webhooks: paymentWebhooks, webhookUrl: payment.webhookUrl }),
    createCarrierSandbox({ ...carrier, pool, publicUrl: options.publicUrl, webhooks: carrierWebhooks }),
  ];
  const parts = [...companies, paymentWebhooks, carrierWebhooks];
  for (const part of parts) await part.start();

  const app = express().disable('x-powered-by').disable('etag');
  app.get('/healthz', (_, response) => void response.json({ status: 'ok' }));
  for (const { router } of companies) app.use(router);
  app.use(answerErrors(onError));
  const server = await listen(createServer(app), options.port, options.host ?? '127.0.0.1');
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

function listen(server: Server, port: number, host: string): Promise<Server> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => done(server));
  });
}

/** Lets running calls end for a second; those that a token keeps hanging are cut off. */
async function close(server: Server): Promise<void> {
  const cutOff = setTimeout(() => server.closeAllConnections(), 1000);
  await new Promise<void>((done) => {
    server.close(() => done());
    server.closeIdleConnections();
  });
  clearTimeout(cutOff);
}
