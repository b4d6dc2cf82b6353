import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export interface Metrics {
  measure: RequestHandler;
  serve: RequestHandler;
}

/** Prometheus figures of this process and of its requests by operation. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'ordito_http_request_duration_seconds',
    help: 'Time from the first byte in to the last byte out',
    labelNames: ['operation', 'method', 'status'] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  return {
    measure(req, res, next) {
      const end = duration.startTimer();
      res.once('finish', () => {
        const operation = (res.locals.operation as string | undefined) ?? 'other';
        end({ operation, method: req.method, status: res.statusCode });
      });
      next();
    },
    async serve(_req, res) {
      res.type(registry.contentType).send(await registry.metrics());
    },
  };
}
