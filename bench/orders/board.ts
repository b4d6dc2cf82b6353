import type { ApiConnection } from '../load/api-connection';
import { askForAll } from '../load/ask-for-all';
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
  const path = `/v1/fulfillments?locationId=${shopLocation}&status=allocated&limit=200`;
  const { waitFor } = askForAll(lookEveryMs, async () => {
    const { items } = await warehouse.get<{ items: Work[] }>(path);
    return items.map((work): [string, Work] => [work.orderId, work]);
  });
  return { workOf: waitFor };
}
