import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import pinoHttp from 'pino-http';

const soundId = /^[A-Za-z0-9._:-]{1,100}$/;

/**
 * Gives each request an id (or keeps the caller's X-Request-Id) and logs its end. Query, headers and bodies
 * may hold personal data and are left out.
 */
export const createRequestLog = (log: Logger): RequestHandler =>
  pinoHttp({
    logger: log,
    genReqId: (req, res) => {
      const given = req.headers['x-request-id'];
      const id = typeof given === 'string' && soundId.test(given) ? given : randomUUID();
      res.setHeader('X-Request-Id', id);
      return id;
    },
    quietReqLogger: true,
    quietResLogger: true,
    autoLogging: { ignore: (req) => /^\/(healthz|readyz|metrics)/.test(req.url ?? '') },
    serializers: { req: () => undefined, res: () => undefined },
    customProps: (req, res) => ({
      method: req.method,
      path: pathOf(req.url ?? ''),
      status: res.statusCode,
      operation: (res as Response).locals?.operation as string | undefined,
    }),
    customLogLevel: (_req, res, error) => (error || res.statusCode >= 500 ? 'error' : 'info'),
  });

/** The path without query. Whoever holds a signed link may use it, so that its signature is left out, too. */
const pathOf = (url: string): string => url.split('?')[0]!.replace(/^(\/[ods]\/[^./]+)\.[^/]*/, '$1.*');
