import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Router } from 'express';
import { Pool } from 'pg';

export interface Host {
  url: string;
  stop(): Promise<void>;
}

/** Serves on a free port of this machine; `stop` cuts every connection, as the end of a process does. */
export async function serve(listener: RequestListener): Promise<Host> {
  const server: Server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

export const serveRouter = (router: Router): Promise<Host> => serve(express().use(router));

/** A pool that does not mind when its database is dropped or its server stops. */
export function openPool(url: string, max = 10): Pool {
  const pool = new Pool({ connectionString: url, max });
  pool.on('error', () => undefined);
  return pool;
}

/** A receiver of webhooks that keeps what it hears, and answers as it is told. */
export interface Receiver extends Host {
  heard: { headers: Record<string, string | string[] | undefined>; body: string }[];
  /** Resolves once what was heard satisfies the condition; looked at whenever something comes in. */
  until(isEnough: (heard: Receiver['heard']) => boolean): Promise<void>;
}

export async function receive(statusOf: (count: number) => number = () => 204): Promise<Receiver> {
  const heard: Receiver['heard'] = [];
  const watchers = new Set<() => void>();
  const host = await serve((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.statusCode = statusOf(heard.length);
      response.end();
      for (const look of watchers) look();
    });
  });
  const until: Receiver['until'] = (isEnough) =>
    new Promise((done) => {
      const look = () => {
        if (!isEnough(heard)) return;
        watchers.delete(look);
        done();
      };
      watchers.add(look);
      look();
    });
  return { ...host, heard, until };
}
