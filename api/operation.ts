import type { IncomingHttpHeaders } from 'node:http';
import type { z } from 'zod';
import type { Role } from '../domain/access';
import type { OperationId } from './access';
import type { Principal } from './authenticate';

/** What an operation is asked. */
export interface Call<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  headers: IncomingHttpHeaders;
  principal: Principal;
  /** Names the request: the caller's idempotency key, else a fresh one. Keys of effects derive from it. */
  requestKey: string;
  /** Of an operation that takes an upload. */
  upload?: Upload;
}

/** A body that is read as it comes, decompressed, whatever its size. */
export interface Upload {
  /** One of those that the operation takes. */
  mediaType: string;
  pieces: AsyncIterable<Buffer>;
}

/** What it answers: JSON, or a file. */
export interface Answer {
  status: number;
  body?: unknown;
  file?: { mediaType: string; name: string; body: Buffer | AsyncIterable<string> };
  headers?: Record<string, string>;
}

export interface Signer {
  /** The role that a signature gives. */
  role: Role;
  name: string;
  secret: string;
}

interface ResponseSpec {
  description: string;
  schema?: z.ZodType;
  /** Other media types than JSON. */
  files?: string[];
}

/** One operation of the API: contract, OpenAPI and router are all made from this. */
export interface Operation<Params = unknown, Query = unknown, Body = unknown> {
  id: OperationId;
  tag: string;
  summary: string;
  description?: string;
  method: 'get' | 'post' | 'put' | 'delete';
  /** With parameters as in OpenAPI: /v1/orders/{id}. */
  path: string;
  /**
   * Messages that prove themselves by a signature (Standard Webhooks): the name and secret of who may sign.
   * Without a signature a key is asked for, unless `needsSignature`.
   */
  signer?: (params: Params) => Signer | undefined;
  needsSignature?: boolean;
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  /** Media types of a body that is not JSON to be held whole: it is handed over as a stream. */
  upload?: string[];
  /** Left out, the body is taken to be {}. */
  isBodyOptional?: boolean;
  /** Has effects that must happen once: `Idempotency-Key` is heard. */
  hasEffects?: boolean;
  responses: Record<number, ResponseSpec>;
  handle(call: Call<Params, Query, Body>): Promise<Answer>;
}

/** Keeps the types of one operation together and forgets them towards the outside. */
export const defineOperation = <Params, Query, Body>(operation: Operation<Params, Query, Body>): Operation =>
  operation as Operation;
