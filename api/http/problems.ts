import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { badRequest, notFound, Problem } from '../problem';

/** Writes every error as problem details (RFC 9457). What is our fault is logged and not shown. */
export const createErrorHandler = (log: Logger): ErrorRequestHandler =>
  function answerError(error, req, res, next) {
    if (res.headersSent) return next(error);
    const problem = problemOf(error);
    if (problem.status >= 500) (req.log ?? log).error({ err: error }, 'request failed');
    sendProblem(res, problem, `urn:ordito:request:${String(req.id)}`);
  };

function sendProblem(res: Response, problem: Problem, instance: string): void {
  res.status(problem.status).set(problem.headers);
  res.type('application/problem+json').send(JSON.stringify(problem.toBody(instance)));
}

export const answerUnknownRoute: RequestHandler = (req) => {
  throw notFound(`Nothing is served at ${req.method} ${req.path}; /docs shows what is`);
};

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { status, code } = error as { status?: number; code?: string | number };
  if (error instanceof URIError || status === 400)
    return badRequest('bad-request', 'The request cannot be read', 'The address is not properly encoded');
  if (isUnreachable(error, code))
    return new Problem({
      status: 503,
      kind: 'unavailable',
      title: 'A part of the system does not answer',
      detail: 'Nothing was decided: try again in a moment, with the same Idempotency-Key',
      headers: { 'Retry-After': '2' },
    });
  return new Problem({
    status: 500,
    kind: 'internal',
    title: 'Something went wrong here',
    detail: 'The fault is ours and was logged under the id of this request',
  });
}

const connectionErrors = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P03',
  '08006',
  '53300',
];
/** gRPC: deadline exceeded, resource exhausted, unavailable. */
const grpcErrors = [4, 8, 14];

function isUnreachable(error: unknown, code: string | number | undefined): boolean {
  if (typeof code === 'string' && connectionErrors.includes(code)) return true;
  if (typeof code === 'number' && grpcErrors.includes(code)) return true;
  const { name, message, cause } = error as { name?: string; message?: string; cause?: { code?: number } };
  if (grpcErrors.includes(cause?.code ?? -1)) return true;
  return name === 'KnexTimeoutError' || /Connection terminated/.test(message ?? '');
}
