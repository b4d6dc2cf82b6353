import type { Server } from 'node:http';
import type { Express } from 'express';

export interface RunningServer {
  port: number;
  stop(): Promise<void>;
}

/** Longer than load balancers keep a connection that idles, a minute mostly: who closes first loses no request. */
const keptIdleMs = 65_000;

export function listen(app: Express, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, host, (error?: Error) => (error ? reject(error) : resolve(server)));
    server.keepAliveTimeout = keptIdleMs;
  });
}

/** Stops taking requests and ends those under way; does not wait for connections that idle. */
export async function closeServer(server: Server): Promise<void> {
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearInterval(idle);
}
