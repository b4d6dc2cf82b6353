import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../store/connect';

/** Tells when an order's workflow has written down that something happened. One reader for all who wait. */
export interface Milestones {
  reached(orderId: string, type: string): Promise<void>;
}

const lookEveryMs = 100;

export function watchMilestones(db: Database): Milestones {
  const waiting = new Map<
    string,
    { orderId: string; resolve: () => void; reject: (error: unknown) => void }
  >();
  let isLooking = false;

  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    try {
      while (waiting.size > 0) {
        await sleep(lookEveryMs);
        const orders = [...new Set([...waiting.values()].map(({ orderId }) => orderId))];
        const rows = await db('order_events').whereIn('order_id', orders).select('order_id', 'type');
        for (const { order_id, type } of rows) {
          const key = `${order_id} ${type}`;
          waiting.get(key)?.resolve();
          waiting.delete(key);
        }
      }
    } catch (error) {
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    } finally {
      isLooking = false;
    }
  }

  return {
    reached: (orderId, type) =>
      new Promise((resolve, reject) => {
        waiting.set(`${orderId} ${type}`, { orderId, resolve, reject });
        void look();
      }),
  };
}
