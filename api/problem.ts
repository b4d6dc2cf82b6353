import type { FieldProblem } from '../domain/commands';
import type { WorkRefusal } from '../domain/shipping/work-refusals';

/** A field at fault; `in` is set when it was not in the body. */
export interface FieldError extends FieldProblem {
  in?: 'query' | 'path' | 'header';
}

interface ProblemFields {
  status: number;
  /** Last part of the problem's type: names the kind of problem for programs. */
  kind: string;
  title: string;
  detail: string;
  errors?: FieldError[];
  allowed?: string[];
  /** Names why work is not done as asked. */
  code?: WorkRefusal;
  headers?: Record<string, string>;
}

/** An answer that says what is wrong and what to do next; thrown by services, written by the error handler. */
export class Problem extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(private readonly fields: ProblemFields) {
    super(fields.detail);
    this.name = 'Problem';
    this.status = fields.status;
    this.headers = fields.headers ?? {};
  }

  /** Fields at fault, each by its pointer. */
  get errors(): readonly FieldError[] {
    return this.fields.errors ?? [];
  }

  get code(): WorkRefusal | undefined {
    return this.fields.code;
  }

  /** Body of the answer (RFC 9457). */
  toBody(instance: string) {
    const { kind, title, status, detail, errors, allowed, code } = this.fields;
    return {
      type: `urn:ordito:problem:${kind}`,
      title,
      status,
      detail,
      instance,
      ...(errors && { errors }),
      ...(allowed && { allowed }),
      ...(code && { code }),
    };
  }
}

export const invalidInput = (errors: FieldError[]): Problem =>
  new Problem({
    status: 422,
    kind: 'invalid-input',
    title: 'What was sent cannot be taken in',
    detail: errors
      .map((error) => `${error.pointer || 'the whole'}: ${error.detail}`)
      .join('; ')
      .slice(0, 1000),
    errors,
  });

export const notFound = (detail: string): Problem =>
  new Problem({ status: 404, kind: 'not-found', title: 'There is no such thing', detail });

export const notAllowed = (detail: string, allowed: string[], code?: WorkRefusal): Problem =>
  new Problem({
    status: 409,
    kind: 'not-allowed',
    title: 'Not possible in this state',
    detail,
    allowed,
    code,
  });

export const conflict = (detail: string): Problem =>
  new Problem({ status: 409, kind: 'conflict', title: 'This contradicts what is there', detail });

/** `errors`: what there is of each line that is short. */
export const outOfStock = (errors: FieldError[]): Problem =>
  new Problem({
    status: 409,
    kind: 'out-of-stock',
    title: 'There is not enough stock',
    detail: errors
      .map((error) => error.detail)
      .join('; ')
      .slice(0, 1000),
    errors,
  });

export const unauthenticated = (detail: string): Problem =>
  new Problem({
    status: 401,
    kind: 'unauthenticated',
    title: 'Who is asking?',
    detail,
    headers: { 'WWW-Authenticate': 'Bearer realm="ordito"' },
  });

export const forbidden = (detail: string): Problem =>
  new Problem({ status: 403, kind: 'forbidden', title: 'This key may not do that', detail });

export const badRequest = (kind: string, title: string, detail: string, headers?: Record<string, string>) =>
  new Problem({ status: 400, kind, title, detail, headers });
