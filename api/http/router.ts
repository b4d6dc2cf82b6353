import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { mayAct, mayDo, rolesOf } from '../access';
import { createAuthenticate, type Authenticate, type Principal } from '../authenticate';
import type { ApiDependencies } from '../dependencies';
import type { Answer, Call, Operation } from '../operation';
import { forbidden, invalidInput, Problem } from '../problem';
import { isSigned, principalOfSignature } from '../webhook';
import { executeOnce } from './idempotent';
import { parseJson, readText } from './read-body';
import { openUpload } from './upload';
import { validate } from './validate';

/** Serves the operations, and says 405 where a path is asked with another method. */
export function createRouter(deps: ApiDependencies, operations: readonly Operation[]): Router {
  const router = express.Router();
  const authenticate = createAuthenticate(deps.store.findKey, deps.settings.secret, deps.limits);
  for (const path of new Set(operations.map((operation) => operation.path))) {
    const here = operations.filter((operation) => operation.path === path);
    const route = router.route(expressPath(path));
    for (const operation of here) route[operation.method](serve(deps, authenticate, operation));
    route.all(refuseMethod(here));
  }
  return router;
}

/** /v1/orders/{id} as Express writes it. */
const expressPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');

function serve(deps: ApiDependencies, authenticate: Authenticate, operation: Operation): RequestHandler {
  return async (req, res) => {
    res.locals.operation = operation.id;
    const call = await readCall(deps, authenticate, operation, req, res);
    const key = operation.hasEffects ? idempotencyKey(req) : null;
    if (key === null) return await send(res, await operation.handle(call));
    const { answer, isReplay } = await executeOnce(
      deps.store,
      {
        principal: call.principal.id,
        key,
        operation: `${operation.id} ${req.path}`,
        body: call.body ?? null,
      },
      () => operation.handle({ ...call, requestKey: `${call.principal.id}:${key}` }),
    );
    if (isReplay) res.set('Idempotency-Replayed', 'true');
    await send(res, answer);
  };
}

type AnyCall = Call<unknown, unknown, unknown>;

async function readCall(
  deps: ApiDependencies,
  authenticate: Authenticate,
  operation: Operation,
  req: Request,
  res: Response,
): Promise<AnyCall> {
  const { signer, needsSignature = false, isBodyOptional = false } = operation;
  const bySignature = signer !== undefined && (needsSignature || isSigned(req.headers));
  const known = bySignature ? null : await principalOfKey(deps, authenticate, operation, req);
  const params = validate(operation.params, req.params, 'path');
  const query = validate(operation.query, req.query, 'query');
  const upload = operation.upload && openUpload(req, operation.upload);
  const text = operation.body ? await readText(req, res, isBodyOptional) : '';
  const principal = known ?? principalOfSignature(signer?.(params), req.headers, text, deps.now());
  const body = operation.body ? validate(operation.body, parseJson(text, isBodyOptional)) : undefined;
  return {
    params,
    query,
    body,
    principal,
    headers: req.headers,
    ...(upload && { upload }),
    requestKey: `${principal.id}:${randomUUID()}`,
  };
}

async function principalOfKey(
  { limits }: ApiDependencies,
  authenticate: Authenticate,
  operation: Operation,
  req: Request,
): Promise<Principal> {
  const principal = await authenticate(req.headers.authorization, req.ip);
  req.log?.setBindings({ key: principal.id });
  await limits.countRequest(principal.id);
  if (mayAct(principal, operation.id)) return principal;
  if (mayDo(principal.role, operation.id))
    throw forbidden(`This key does the work of the location "${principal.boundTo}" alone`);
  const roles = ['admin', ...rolesOf(operation.id)].join(', ');
  throw forbidden(`A key of the role ${principal.role} may not do this; needed: ${roles}`);
}

function idempotencyKey(req: Request): string | null {
  const key = req.get('Idempotency-Key');
  if (key === undefined) return null;
  if (/^[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?$/.test(key)) return key;
  throw invalidInput([
    { pointer: '/Idempotency-Key', detail: 'Must be 1 to 200 printable ASCII characters', in: 'header' },
  ]);
}

async function send(res: Response, answer: Answer): Promise<void> {
  res.status(answer.status).set(answer.headers ?? {});
  if (answer.file) {
    const { mediaType, name, body } = answer.file;
    res.type(mediaType).set('Content-Disposition', `inline; filename="${name}"`);
    if (!Buffer.isBuffer(body)) return pipeline(Readable.from(body), res);
    return void res.send(body);
  }
  if (answer.status === 204) return void res.send();
  res.type('application/json');
  // A stored answer is text already, sent again character by character.
  res.send(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
}

function refuseMethod(operations: readonly Operation[]): RequestHandler {
  const methods = operations.map((operation) => operation.method.toUpperCase());
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  return (req, res) => {
    if (req.method === 'OPTIONS') return void res.status(204).set('Allow', allow).end();
    throw new Problem({
      status: 405,
      kind: 'wrong-method',
      title: 'Not possible with this method',
      detail: `${req.method} is not served here, but ${allow}`,
      headers: { Allow: allow },
    });
  };
}
