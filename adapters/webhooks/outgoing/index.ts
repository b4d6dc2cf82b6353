import type { Pool, PoolClient } from 'pg';
import { Agent, request } from 'undici';
import { signWebhook } from '../../../domain/webhook-signature';
import { createTable, createWebhookTable, type NewWebhook, type WaitingWebhook } from './table';

export type { NewWebhook } from './table';

export interface OutgoingWebhooks {
  /** Creates the table where there is none and goes on with what an earlier process left. */
  start(): Promise<void>;
  /** Written in the caller's transaction: sent if, and only if, that commits. Call `wake` afterwards. */
  enqueue(client: PoolClient, webhooks: readonly NewWebhook[]): Promise<void>;
  /** Takes threads back, all or none, in the caller's transaction. False when something of them was sent. */
  withdraw(client: PoolClient, threads: readonly string[]): Promise<boolean>;
  /** Looks for what is due now. */
  wake(): void;
  /** Stops sending. What is under way is cut off and sent again by whoever starts next. */
  stop(): Promise<void>;
}

export interface OutgoingWebhooksOptions {
  pool: Pool;
  /** Schema of the table `webhooks`. A fixed word of the program, never input. */
  schema: string;
  /** Whose webhooks these are: several senders share the table, none sees another's. */
  sender: string;
  /** Standard Webhooks secret. */
  secret: string;
  timeoutMs?: number;
  /** Wait before the second attempt; it doubles with each further one, up to a minute. */
  retryMs?: number;
  attempts?: number;
  /** Hears what kept it from its table; it tries again by itself. */
  onError?: (error: unknown) => void;
  now?: () => Date;
}

/**
 * Sends signed webhooks from a table, at least once and in order within a thread. There is no polling: a timer
 * waits for the next one that is due, and whoever enqueues wakes it.
 */
export function createOutgoingWebhooks(options: OutgoingWebhooksOptions): OutgoingWebhooks {
  const { pool, schema, sender, secret, timeoutMs = 5000, retryMs = 250, attempts = 14 } = options;
  const now = options.now ?? (() => new Date());
  const table = createWebhookTable(pool, schema, sender);
  const agent = new Agent({ connections: 16, headersTimeout: timeoutMs, bodyTimeout: timeoutMs });
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isWoken = false;

  function wake(): void {
    if (isStopped) return;
    isWoken = true;
    clearTimeout(timer);
    running ??= run().finally(() => {
      running = undefined;
      if (isWoken) wake();
    });
  }

  async function run(): Promise<void> {
    isWoken = false;
    try {
      const due = await table.take(now());
      await Promise.all(due.map(deliver));
      const next = await table.nextDueAt();
      if (next && !isStopped) wakeIn(Math.max(0, next.getTime() - now().getTime()));
    } catch (error) {
      options.onError?.(error);
      wakeIn(1000); // Most likely the database is away; nothing is lost, it is all in there.
    }
  }

  function wakeIn(ms: number): void {
    if (isStopped) return;
    clearTimeout(timer);
    timer = setTimeout(wake, Math.min(ms, 2 ** 31 - 1));
  }

  async function deliver(webhook: WaitingWebhook): Promise<void> {
    if (await isTaken(webhook)) return table.markDelivered(webhook.id, now());
    if (webhook.attempts >= attempts) return table.giveUp(webhook.id, now());
    const waitMs = Math.min(60_000, retryMs * 2 ** (webhook.attempts - 1));
    return table.postpone(webhook.id, new Date(now().getTime() + waitMs));
  }

  async function isTaken({ id, url, payload }: WaitingWebhook): Promise<boolean> {
    const body = JSON.stringify(payload);
    try {
      const { statusCode, body: answer } = await request(url, {
        method: 'POST',
        dispatcher: agent,
        headers: { 'content-type': 'application/json', ...signWebhook(secret, id, now(), body) },
        body,
      });
      await answer.dump();
      return statusCode >= 200 && statusCode < 300;
    } catch {
      return false;
    }
  }

  return {
    async start() {
      await createTable(pool, schema);
      wake();
    },
    enqueue: (client, webhooks) => table.add(client, webhooks),
    withdraw: (client, threads) => table.withdraw(client, threads),
    wake,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await agent.destroy();
      await running;
    },
  };
}
