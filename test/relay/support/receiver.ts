import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verifyWebhook } from '../../../domain/webhook-signature';

export interface Heard {
  id: string;
  type: string;
  data: {
    channel: string;
    sequence: number;
    isLast: boolean;
    items: { sku: string; available: number }[];
  };
}

/** A channel that keeps what it was told, by the rule: nothing older than what it has. */
export interface Receiver {
  url: string;
  heard: Heard[];
  /** What it holds for true. */
  figures: Map<string, number>;
  /** While set: answered with this status, after having heard or instead of hearing. */
  trouble: { status: number; hears: boolean } | null;
  close(): Promise<void>;
}

/** Refuses what is not signed with the secret. */
export async function startReceiver(secret: string): Promise<Receiver> {
  const server = createServer((req, res) => {
    const pieces: Buffer[] = [];
    req.on('data', (piece: Buffer) => pieces.push(piece));
    req.on('end', () => {
      const body = Buffer.concat(pieces).toString();
      if (verifyWebhook(secret, req.headers, body, new Date()).outcome !== 'valid')
        return void res.writeHead(401).end();
      if (receiver.trouble?.hears !== false) hear(JSON.parse(body) as Heard);
      res.writeHead(receiver.trouble?.status ?? 204).end();
    });
  });
  const hear = (event: Heard): void => {
    receiver.heard.push(event);
    for (const { sku, available } of event.data.items) receiver.figures.set(sku, available);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/stock`,
    heard: [],
    figures: new Map(),
    trouble: null,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return receiver;
}
