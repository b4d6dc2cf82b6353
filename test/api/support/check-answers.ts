import { isDeepStrictEqual } from 'node:util';
import type { RequestHandler } from 'express';
import { problemOut } from '../../../api/contract/problem';
import type { Operation } from '../../../api/operation';

/** Compares every answer with the contract; what does not fit, or is not told there, is a violation. */
export function checkAnswers(operations: readonly Operation[], violations: string[]): RequestHandler {
  return (req, res, next) => {
    const send = res.send.bind(res);
    res.send = (body: unknown) => {
      const operation = operations.find(({ id }) => id === res.locals.operation);
      const found = operation && violation(operation, res.statusCode, body);
      if (found) violations.push(`${req.method} ${req.originalUrl} ${res.statusCode}: ${found}`);
      return send(body);
    };
    next();
  };
}

function violation(operation: Operation, status: number, body: unknown): string | null {
  const told = operation.responses[status];
  if (told?.files) return Buffer.isBuffer(body) ? null : 'not a file';
  if (told && status === 204) return body === undefined ? null : 'a body where none is told';
  const schema = status >= 400 ? problemOut : told?.schema;
  if (!schema) return 'this status is not in the contract';
  const answered: unknown = JSON.parse(String(body));
  const checked = schema.safeParse(answered);
  if (!checked.success) return checked.error.message;
  return isDeepStrictEqual(checked.data, answered) ? null : `more than the contract tells: ${String(body)}`;
}
