import { setTimeout as sleep } from 'node:timers/promises';
import type { Product } from '../../../domain/catalogue/product';
import type { OrderView } from '../../../store/read/order-view';
import type { Clients } from '../../patient-client';

export type Part = OrderView['fulfillments'][number];

/** As long as anything may take here; the sandbox provider's slowest failure is well below. */
export const patienceMs = 90_000;

export interface StageOptions {
  clients: Clients;
  catalogue: ReadonlyMap<string, Product>;
  carrierPlays: boolean;
  reference: string;
  /** Where mails can be read; null where they really leave. */
  mailUrl: string | null;
  /** From one scan of a parcel to the next, so that somebody who watches sees it move. */
  betweenScansMs: number;
}

/** What all hands of one story share. */
export interface StoryAtHand extends StageOptions {
  /** Names the story's next step: sent again, it is the same. */
  once(): { idempotencyKey: string };
  /** How many steps there were. */
  steps(): number;
  read(order: OrderView): Promise<OrderView>;
  /** Reads the order until it is so; throws with where it is when it never gets there. */
  until(order: OrderView, what: string, isSo: (now: OrderView) => boolean): Promise<OrderView>;
}

export function takeInHand(options: StageOptions): StoryAtHand {
  const { clients, reference } = options;
  let steps = 0;
  const read = ({ id }: OrderView) => clients.channel.get<OrderView>(`/v1/orders/${id}`);
  return {
    ...options,
    once: () => ({ idempotencyKey: `${reference}:${(steps += 1)}` }),
    steps: () => steps,
    read,
    until: async (order, what, isSo) => {
      const end = Date.now() + patienceMs;
      for (let pauseMs = 150; ; pauseMs = Math.min(1000, pauseMs * 1.3)) {
        const now = await read(order);
        if (isSo(now)) return now;
        if (Date.now() > end) throw new Error(`Waited in vain for ${what}; ${reference} is ${now.status}`);
        await sleep(pauseMs);
      }
    },
  };
}
