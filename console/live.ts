import type { Response } from 'express';
import type { Logger } from 'pino';
import type { ConsoleReads, OrderChange } from './dependencies';

type Reads = Pick<ConsoleReads, 'readChanges' | 'readLastEventId'>;

const everyMs = 400;
const afterTroubleMs = 3_000;
const atMost = 5_000;
/** A transaction that got its ids before another and commits after it does so within this time. */
const overlapMs = 2_000;
const heartbeatMs = 20_000;

export interface Subscriber {
  /** Which changes this one may hear of, and wants to. */
  hears(change: OrderChange): boolean;
  /** Asked at every heartbeat: somebody whose key was revoked hears no more. */
  isStillWelcome(): Promise<boolean>;
}

/** Tells browsers which orders have changed. */
export interface Live {
  /** Keeps an answer open as a stream of events until the browser leaves or `close` is called. */
  subscribe(res: Response, subscriber: Subscriber): void;
  /** Ends all streams, and waits for the read that is under way, so that the process can stop. */
  close(): Promise<void>;
}

/** One poller for all subscribers of this process; it runs only while there are any. */
export function createLive(reads: Reads, log: Logger): Live {
  const subscribers = new Map<Response, Subscriber & { heart: NodeJS.Timeout }>();
  let timer: NodeJS.Timeout | undefined;
  let feed: Feed | null = null;
  let reading: Promise<void> = Promise.resolve();
  let isClosed = false;

  async function poll(): Promise<void> {
    let pause = everyMs;
    try {
      feed ??= createFeed(reads, await reads.readLastEventId());
      tell(await feed.read(performance.now()));
    } catch (error) {
      log.warn({ err: error }, 'changes of orders could not be read');
      pause = afterTroubleMs;
    }
    if (subscribers.size > 0 && !isClosed) pollAfter(pause);
    else [timer, feed] = [undefined, null];
  }

  const pollAfter = (pause: number): void => {
    timer = setTimeout(() => {
      reading = poll();
    }, pause);
  };

  function tell(changes: OrderChange[]): void {
    if (changes.length === 0) return;
    for (const [res, subscriber] of subscribers) {
      const ids = new Set(
        changes.filter((change) => subscriber.hears(change)).map((change) => change.orderId),
      );
      if (ids.size > 0) res.write(`event: orders\ndata: ${JSON.stringify([...ids])}\n\n`);
    }
  }

  function leave(res: Response): void {
    clearInterval(subscribers.get(res)?.heart);
    subscribers.delete(res);
  }

  async function beat(res: Response, subscriber: Subscriber): Promise<void> {
    // Somebody who cannot be asked about now is asked about at the next beat.
    const isWelcome = await subscriber.isStillWelcome().catch(() => true);
    if (!subscribers.has(res)) return;
    if (isWelcome) res.write(': still here\n\n');
    else res.end();
  }

  return {
    subscribe(res, subscriber) {
      if (isClosed) return void res.status(503).end();
      res.status(200).set({
        'Content-Type': 'text/event-stream',
        'Cache-Control': 'no-cache, no-transform',
        'X-Accel-Buffering': 'no',
      });
      res.write('retry: 2000\n\n');
      const heart = setInterval(() => void beat(res, subscriber), heartbeatMs);
      subscribers.set(res, { ...subscriber, heart });
      res.once('close', () => leave(res));
      if (!timer) pollAfter(0);
    },

    async close() {
      isClosed = true;
      clearTimeout(timer);
      for (const res of subscribers.keys()) {
        leave(res);
        res.end();
      }
      await reading;
    },
  };
}

interface Feed {
  read(nowMs: number): Promise<OrderChange[]>;
}

/** Reads on from a little before the newest row seen, and gives each row once. */
export function createFeed(reads: Pick<Reads, 'readChanges'>, start: number): Feed {
  let settled = start;
  const seen = new Map<number, number>();
  return {
    async read(nowMs) {
      const rows = await reads.readChanges({ after: settled, limit: atMost });
      const fresh = rows.filter((row) => !seen.has(row.id));
      for (const row of fresh) seen.set(row.id, nowMs);
      for (const [id, seenAt] of seen) {
        if (nowMs - seenAt < overlapMs && seen.size < atMost) continue;
        settled = Math.max(settled, id);
      }
      for (const id of seen.keys()) if (id <= settled) seen.delete(id);
      return fresh;
    },
  };
}
