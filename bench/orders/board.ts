import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiConnection } from '../load/api-connection';
import { shopLocation } from '../shop/order-body';

export interface Work {
  id: string;
  orderId: string;
  lines: { lineId: string; quantity: number }[];
  packages: { trackingNumber: string | null }[];
}

/** The warehouse's list of new work, read for all at once, as a page on the wall is. */
export interface Board {
  workOf(orderId: string): Promise<Work>;
}

const lookEveryMs = 200;

export function createBoard(warehouse: ApiConnection): Board {
  const waiting = new Map<string, { resolve: (work: Work) => void; reject: (error: unknown) => void }>();
  let isLooking = false;

  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    try {
      while (waiting.size > 0) {
        await sleep(lookEveryMs);
        const path = `/v1/fulfillments?locationId=${shopLocation}&status=allocated&limit=200`;
        const { items } = await warehouse.get<{ items: Work[] }>(path);
        for (const work of items) {
          waiting.get(work.orderId)?.resolve(work);
          waiting.delete(work.orderId);
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
    workOf: (orderId) =>
      new Promise((resolve, reject) => {
        waiting.set(orderId, { resolve, reject });
        void look();
      }),
  };
}
